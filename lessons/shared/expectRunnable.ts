import { AnswerError, cost, type Layer, type Network, sizeOf, type WindowAxis } from "convbook";

/** So many times the work of ours is another way to write the same. */
const MOST = 20;

/**
 * Passes when running `actual` takes no more than 20 times what `expected` takes, in weights, multiply-adds or
 * steps. A learner's network is run where a whole class is graded: one that pads to the size of a wall and
 * crops again must not be.
 *
 * @param but how the message begins: `"unit():"`
 */
export function expectRunnable(actual: Network, expected: Network, but: string, hint = ""): void {
  const [got, want] = [actual, expected].map(work);
  const tooMuch = got.findIndex((amount, kind) => !(amount <= MOST * want[kind]));
  if (tooMuch === -1) return;
  const what = [
    "it has far more weights than it needs",
    "it takes far more multiply-adds than it needs",
    "on the way there it makes far larger maps, or far more of them, than it needs",
  ][tooMuch];
  throw new AnswerError(`${but} ${what}.${hint}`, {
    actual: got[tooMuch],
    expected: want[tooMuch],
  });
}

/** Weights, multiply-adds and other steps of one image, auxiliary heads included. */
function work(network: Network): [number, number, number] {
  const { params, macs } = cost(network, { convention: "keras", auxiliary: true });
  return [params, macs, network.layers.reduce((sum, layer) => sum + steps(layer), 0)];
}

/** The values that a layer reads and makes, those of pooling and normalisation as often as a window is wide. */
function steps(layer: Layer): number {
  const read = layer.inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return read + underWindow(layer) + sizeOf(layer.shape) * readsOfValue(layer);
}

function readsOfValue({ operation }: Layer): number {
  if (operation.kind === "pool")
    return operation.window.height.kernel * operation.window.width.kernel;
  return operation.kind === "localResponseNorm" ? operation.size : 1;
}

/** All that a window moves over, and how far it reaches and steps: padding is no value, and yet has a place. */
function underWindow({ operation, inputs, shape }: Layer): number {
  if (!("window" in operation)) return 0;
  const along = ({ before, input, after, stride, dilation }: WindowAxis): number =>
    before + input + after + stride + dilation;
  const channels = Math.max(...[inputs[0].shape, shape].map((maps) => maps[2]));
  return along(operation.window.height) * along(operation.window.width) * channels;
}
