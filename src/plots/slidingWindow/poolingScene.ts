import { type Pool2dOptions, pool2dShape } from "../../arithmetic";
import { cellFormat } from "../cellFormat";
import { matrixOf, type Numbers, requireAllFinite } from "../values";
import { poolingOf } from "./arithmetic";
import { outputOf, positionsOf, requireReadable, type Scene, titleOf } from "./Scene";
import { greatest } from "../../tensor";

export type PoolingOptions = Omit<Pool2dOptions, "countPadding">;

/** A pooling window at every position over an input. What lies in the padding does not count. */
export function poolingScene(call: string, numbers: Numbers, options: PoolingOptions): Scene {
  const matrix = matrixOf(call, "input", numbers); // [h, w]
  requireAllFinite(call, "input", matrix);
  const [h, w] = matrix.shape;
  const { window } = pool2dShape(call, matrix.reshape([1, h, w, 1]), options);
  const input = matrix.reshape([h, w, 1]);
  requireReadable(call, input, window);

  const { mode } = options;
  const positions = positionsOf(input, window).map(({ row, column, taps }) => {
    const values = taps.flatMap(({ value }) => value ?? []);
    const result =
      mode === "max"
        ? greatest(values)
        : values.reduce((sum, value) => sum + value, 0) / values.length;
    return { row, column, values, result };
  });
  const texts = {
    input: cellFormat(input.data).text,
    output: cellFormat(positions.map(({ result }) => result)).text,
  };
  const steps = positions.map(({ row, column, values, result }) => {
    return { row, column, result, arithmetic: poolingOf(mode, values, result, texts) };
  });
  const name = mode === "max" ? "Max" : "Average";
  const size = `${window.height.kernel} × ${window.width.kernel}`;
  const title = titleOf(`${name} pooling with a ${size} window over a`, input, window);
  return { input, output: outputOf(window, steps), window, steps, title };
}
