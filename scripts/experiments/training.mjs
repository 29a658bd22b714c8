// What experiments that train have in common, whatever they compare.
import convbook from "../../dist/index.js";
import { rounded } from "./records.mjs";

const { engine, evaluate, useBackend } = convbook;

/** One thread of WebAssembly adds up in one order: other machines get the same numbers. */
export async function useOneThread() {
  engine.configure({ threads: 1 });
  await useBackend("wasm");
}

/**
 * How a model reads the digits of other writers, and those that it has learnt from.
 *
 * @param {any} model
 * @param {any} test
 * @param {any} train
 */
export async function judge(model, test, train) {
  const [judged, fitted] = [await evaluate(model, test), await evaluate(model, train)];
  return {
    loss: rounded(judged.loss),
    accuracy: rounded(judged.accuracy),
    trainAccuracy: rounded(fitted.accuracy),
    trainLoss: rounded(fitted.loss),
  };
}
