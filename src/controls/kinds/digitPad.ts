import { ArgumentError, requireOptions, Tensor } from "../../tensor";
import type { Control } from "../Control";
import { imageOf, type PixelState } from "../pixels";

export interface DigitPadOptions {
  /** The digit that stands on the pad at first: 28 x 28 numbers from 0 to 1. The pad is empty when left out. */
  start?: Tensor | undefined;
}

const SIDE = 28;

/**
 * A pad to draw a digit on, for `interact`. Its value is what a network that has learnt MNIST reads: bright strokes
 * on black, `[1, 28, 28, 1]`, 0 to 1.
 *
 * @throws ArgumentError when `start` is no image of 28 x 28 pixels
 *
 * @example
 * const pad = digitPad();
 * pad.read(pad.start).shape // → [1, 28, 28, 1]
 * @example
 * digitPad({ start: zeros([32, 32]) }) // throws start must be one grey image of 28 x 28 pixels
 */
export function digitPad(options: DigitPadOptions = {}): Control<Tensor> {
  requireOptions<DigitPadOptions>("digitPad", options, { start: true });
  return {
    part: { kind: "digitPad" },
    start: options.start === undefined ? EMPTY : stateOf(options.start),
    read: (state) => imageOf("digitPad", state, 1),
  };
}

const EMPTY: PixelState = { height: SIDE, width: SIDE, bytes: new Uint8Array(SIDE * SIDE) };

/** The image as the page gets it. */
function stateOf(start: unknown): PixelState {
  const image = start instanceof Tensor && SHAPES.has(start.shape.join()) ? start : undefined;
  if (!image?.data.every((value) => value >= 0 && value <= 1))
    throw new ArgumentError({
      call: "digitPad",
      argument: "start",
      expected: `one grey image of ${SIDE} x ${SIDE} pixels, 0 to 1`,
      received: image ? `values from ${image.min()} to ${image.max()}` : start,
    });
  return { ...EMPTY, bytes: Uint8Array.from(image.data, (value) => Math.round(255 * value)) };
}

const SHAPES = new Set(["28,28", "28,28,1", "1,28,28", "1,28,28,1"]);
