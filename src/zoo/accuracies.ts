import { cost } from "../network";
import { ArgumentError } from "../tensor";
import { all } from "./all";
import type { Line } from "./family";

/** What a network costs beside what it is worth. */
export interface Accuracy {
  readonly name: string;
  readonly line: Line;
  /** Counted as papers do, for one image. */
  readonly macs: number;
  readonly params: number;
  /** Percent of the 50,000 validation images of ImageNet, one crop. */
  readonly top1: number;
  /** Who published the accuracy. */
  readonly source: string;
}

/**
 * The networks of the zoo that somebody published an accuracy on ImageNet for, each with its cost. Where
 * several did, the first of its page counts: mostly the paper. Training recipes differ between sources, and
 * account for as much as five points; compare within a source when it matters.
 *
 * @param source only figures of sources whose name begins so: `"torchvision IMAGENET1K_V1"`
 *
 * @example
 * zoo.accuracies("torchvision IMAGENET1K_V1").find((row) => row.name === "ResNet-18").top1 // → 69.758
 */
export function accuracies(source = ""): Accuracy[] {
  requireSource(source);
  return all().flatMap(({ name, family, published = [], build }) => {
    const figure = published.find((one) => one.top1 !== undefined && one.source.startsWith(source));
    if (figure?.top1 === undefined) return [];
    const { macs, params } = cost(build());
    return [{ name, line: family.line, macs, params, top1: figure.top1, source: figure.source }];
  });
}

/** A source that nobody is would give an empty list, which looks like an answer. */
function requireSource(source: unknown): void {
  const sources = [
    ...new Set(
      all().flatMap(({ published = [] }) =>
        published.filter(({ top1 }) => top1 !== undefined).map((one) => one.source),
      ),
    ),
  ];
  if (typeof source === "string" && sources.some((one) => one.startsWith(source))) return;
  throw new ArgumentError({
    call: "zoo.accuracies",
    argument: "source",
    expected: "how the name of a source begins",
    received: source,
    remedy: `There are ${sources.map((one) => JSON.stringify(one)).join(", ")}.`,
  });
}
