import { ArgumentError, requireInteger, requireOptions, Tensor } from "../../tensor";
import { imageGrid, type ImageGridOptions, type SvgFigure } from "../../plots";

/** An image taken for something else. */
export interface Mistake {
  /** The index in the set. */
  index: number;
  /** [1, h, w, c] */
  image: Tensor;
  /** What it is. */
  label: number;
  /** What it was taken for. */
  predicted: number;
  /** How sure the model was of that, 0 to 1. */
  probability: number;
}

export interface MistakeGridOptions extends Omit<ImageGridOptions, "captions"> {
  /** The names of the classes; their numbers when left out. */
  classes?: readonly string[] | undefined;
}

/**
 * Images that a model took for something else, each with what it is, what it was taken for, and how sure the model
 * was.
 *
 * @param mistakes at least one; `(await evaluate(model, test)).mistakes` are the worst
 *
 * @example
 * const mistake = { index: 7, image: zeros([1, 28, 28, 1]), label: 0, predicted: 1, probability: 0.9 };
 * mistakeGrid([mistake], { classes: ["cat", "dog"] }).text
 * // → "1 image of 28 × 28, values from 0 to 0: cat, taken for dog (90%)"
 */
export function mistakeGrid(
  mistakes: readonly Mistake[],
  given: MistakeGridOptions = {},
): SvgFigure {
  requireOptions<MistakeGridOptions>("mistakeGrid", given, {
    classes: true,
    colours: true,
    range: true,
    boxes: true,
    title: true,
    columns: true,
    size: true,
  });
  const { classes, ...options } = given;
  const isMistake = (entry: Mistake | undefined) => entry?.image instanceof Tensor;
  if (!Array.isArray(mistakes) || mistakes.length === 0 || !mistakes.every(isMistake)) {
    const expected = "at least one mistake, as evaluate(model, test) finds them";
    throw new ArgumentError({
      call: "mistakeGrid",
      argument: "mistakes",
      expected,
      received: mistakes,
    });
  }
  const nameOf = (label: number): string =>
    classes?.[requireInteger("mistakeGrid", "label", label, 0)] ?? String(label);
  const captions = mistakes.map(({ label, predicted, probability }) => {
    const sure = `${Math.floor(100 * probability)}%`;
    return `${nameOf(label)}, taken for ${nameOf(predicted)} (${sure})`;
  });
  return imageGrid(
    mistakes.map(({ image }) => image.reshape(image.shape.slice(1))),
    { ...options, captions },
  );
}
