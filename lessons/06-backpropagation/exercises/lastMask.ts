import { flipFilter, type Tensor } from "convbook";
import * as solution from "../solution";

/** The mask of a window that takes the last of several equal maxima. */
export function lastMask(x: Tensor): Tensor {
  return flipFilter(solution.createMaskFromWindow(flipFilter(x)));
}
