import { describeValue, expectThat, Tensor } from "convbook";

/** Lets an answer through that is an object with these parts; what is missing is named. */
export function expectParts<T extends object>(
  actual: unknown,
  of: string,
  parts: readonly (keyof T & string)[],
): asserts actual is T {
  const wanted = `{ ${parts.join(", ")} }`;
  const isObject = typeof actual === "object" && actual !== null && !(actual instanceof Tensor);
  expectThat(
    isObject && !Array.isArray(actual),
    `${of} must return ${wanted}, got ${describeValue(actual)}.`,
  );
  const missing = parts.filter((part) => !(part in (actual as object)));
  expectThat(
    missing.length === 0,
    `${of} must return ${wanted}; ${missing.join(" and ")} is missing.`,
  );
}
