import { greatest, type Tensor } from "../../tensor";
import { colourAt, type Rgb } from "../colours";
import { colourOf, fittingScale } from "../scale";
import { isInColour } from "./Scene";

/** What full red, green and blue look like on their sheets: somewhat lighter than pure, so that they are seen. */
const SHEETS: readonly Rgb[] = [
  [255, 80, 70],
  [70, 200, 90],
  [90, 140, 255],
];

/**
 * How the pixels of an input are coloured: as in a photograph, black for 0 and bright for the largest value, in
 * grey, or each channel of a coloured one in its own colour. Values below 0 ask for the scale of signed numbers.
 *
 * @param input [h, w, c]
 */
export function inputColours(input: Tensor): (value: number, channel: number) => Rgb {
  if (input.data.some((value) => value < 0)) {
    const scale = fittingScale("slidingWindow", input.data, { colours: "signed" });
    return (value) => colourOf(scale, value);
  }
  const most = greatest(input.data) || 1;
  if (!isInColour(input)) return (value) => colourAt("grey", value / most);
  return (value, channel) => {
    const [red, green, blue] = SHEETS[channel].map((full) => Math.round((full * value) / most));
    return [red, green, blue];
  };
}
