import { join, resolve } from "node:path";
import { requireOneOf, requireOptions, type Tensor } from "../tensor";
import { type ImageOptions, readImage } from "./loadImage";

/** The photographs that come with the course. */
export const photographNames = ["astronaut", "camera", "chelsea", "coffee"] as const;
export type PhotographName = (typeof photographNames)[number];

/** Beside the compiled library, wherever it is installed. */
const folder = resolve(__dirname, "../../assets/photographs");

/**
 * One of the course's photographs: `chelsea` the cat (300 x 451), `coffee` (400 x 600), `astronaut`
 * (512 x 512), all in colour, and `camera` (512 x 512) in grey.
 *
 * @returns [1, h, w, c], 0 to 1
 *
 * @example
 * const cat = await photograph("chelsea", { size: 64, grey: true });
 * cat.shape // → [1, 43, 64, 1]
 */
export async function photograph(
  name: PhotographName,
  options: ImageOptions = {},
): Promise<Tensor> {
  requireOptions<ImageOptions>("photograph", options, { size: true, grey: "flag" });
  requireOneOf("photograph", "name", name, photographNames);
  return readImage("photograph", join(folder, `${name}.png`), options);
}
