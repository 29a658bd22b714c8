import type { Tensor } from "../../tensor";
import type { Control } from "../Control";
import { imageOf, type PixelState } from "../pixels";

const SIDE = 28;

/**
 * A pad to draw a digit on, for `interact`. Its value is what a network that has learnt MNIST reads: bright strokes
 * on black, `[1, 28, 28, 1]`, 0 to 1. It is empty at first.
 *
 * @example
 * const pad = digitPad();
 * pad.read(pad.start).shape // → [1, 28, 28, 1]
 */
export function digitPad(): Control<Tensor> {
  const start: PixelState = { height: SIDE, width: SIDE, bytes: new Uint8Array(SIDE * SIDE) };
  return {
    part: { kind: "digitPad" },
    start,
    read: (state) => imageOf("digitPad", state, 1),
  };
}
