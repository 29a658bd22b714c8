import type * as TensorFlow from "@tensorflow/tfjs";
import { type BackendName, random, randomNormal, toLayersModel, useBackend, zoo } from "convbook";
import { Learner } from "./Learner";
import { medians, type Task } from "./measure";
import { printTable } from "./table";

const BATCH = 64;
/** Seconds that each backend gets. */
const BUDGET = 5 * Number(process.env.BENCH_SECONDS ?? 0.3);

const backends: BackendName[] = ["wasm", "tensorflow", "cpu"];

/** What tfjs is to reach on wasm, with our gradients, against its other backends. */
const aims: Partial<Record<BackendName, number>> = { tensorflow: 0.7, cpu: 10 };

const images = randomNormal([BATCH, 32, 32, 1], random(1));
const classes = Array.from({ length: BATCH }, (_, m) => m % 10);

/** Times training steps of LeNet-5 on every backend of tfjs and on the engine alone, and prints images a second and the ratios to wasm. */
export async function benchTraining(): Promise<void> {
  const tasks = new Map<BackendName | "engine, no tfjs", Task>();
  for (const name of backends) {
    const step = await trainingStep(name).catch((error: Error) => console.log(error.message));
    if (step) tasks.set(name, step);
  }
  const learner = new Learner(zoo.lenet5());
  tasks.set("engine, no tfjs", { run: () => learner.step(images, classes) });
  const times = await medians(tasks, BUDGET);
  const rows = [...times].map(([name, time]) => {
    const ratio = time / times.get("wasm")!;
    const aim = name in aims ? aims[name as BackendName] : undefined;
    const verdict = aim ? `${aim} ${ratio >= aim ? "reached" : "missed"}` : "";
    return [name, (BATCH / time).toFixed(0), ratio.toPrecision(3), verdict];
  });
  console.log(`\nTraining LeNet-5: batches of ${BATCH}, Adam, median`);
  printTable(["backend", "images/s", "wasm: times as fast", "aim"], rows);
}

/** One step on a batch that waits in the backend's memory: forward, backward, and the update of the weights. */
async function trainingStep(name: BackendName): Promise<Task> {
  await useBackend(name);
  const tf = require("@tensorflow/tfjs") as typeof TensorFlow;
  const model = toLayersModel(zoo.lenet5(), { seed: 1 });
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy" });
  const x = tf.tensor4d(Float32Array.from(images.data), [BATCH, 32, 32, 1]);
  const y = tf.oneHot(tf.tensor1d(classes, "int32"), 10); // [64, 10]
  return { enter: () => tf.setBackend(name), run: () => model.trainOnBatch(x, y) };
}
