import { ArgumentError, requireImages, requireInteger, type Tensor } from "../tensor";

/** Lets through a number of groups that divides the channels of images. */
export function requireGroups(call: string, x: Tensor, groups: number, argument = "x"): number {
  requireImages(call, argument, x);
  const channels = x.shape[3];
  if (channels % requireInteger(call, "groups", groups, 1) !== 0) {
    const expected = `a divisor of the ${channels} channels`;
    throw new ArgumentError({ call, argument: "groups", expected, received: groups });
  }
  return groups;
}
