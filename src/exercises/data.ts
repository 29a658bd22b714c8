import { Network, networkFromData, networkToData, sameNetwork } from "../network";
import { isClose, Tensor } from "../tensor";

/** Deeper than any answer: what goes on from here contains itself. */
const DEEPEST = 64;

/**
 * A copy of data that shares nothing with it, tensors included: what crosses the boundary to an answer.
 *
 * @throws Error when it is nested without end
 */
export function copyData(data: unknown): unknown {
  return copied(data, 0);
}

function copied(data: unknown, depth: number): unknown {
  if (depth > DEEPEST)
    throw new Error(
      `What is returned is nested more than ${DEEPEST} deep. Does it contain itself?`,
    );
  if (data instanceof Tensor) return data.clone();
  if (data instanceof Network) return networkFromData(networkToData(data));
  if (Array.isArray(data)) return data.map((part) => copied(part, depth + 1));
  if (ArrayBuffer.isView(data)) return structuredClone(data);
  if (isRecord(data)) return mapRecord(data, (part) => copied(part, depth + 1));
  return data;
}

/**
 * Whether two values are the same: numbers to rounding in float32 (NaN equals NaN), whole numbers
 * exactly, networks but for their names.
 */
export function sameData(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number")
    return Number.isInteger(a) && Number.isInteger(b) ? a === b : isClose(a, b);
  if (a instanceof Tensor && b instanceof Tensor)
    return sameSeries(a.shape, b.shape) && sameSeries(a.data, b.data);
  if (a instanceof Network && b instanceof Network) return sameNetwork(a, b);
  if (isSeries(a) && isSeries(b)) return sameSeries(a, b);
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => key in b && sameData(a[key], b[key]))
    );
  }
  return Object.is(a, b);
}

/** How many values data has, tensors' and keys among them; counting ends once there are more than `most`. */
export function countValues(data: unknown, most: number): number {
  if (data instanceof Tensor) return data.size;
  if (data instanceof Network) return data.layers.length;
  if (ArrayBuffer.isView(data)) return data.byteLength; // at least as many
  const parts = Array.isArray(data) ? data : isRecord(data) ? Object.values(data) : [];
  let count = Math.max(1, parts.length);
  for (const part of parts) {
    if (count > most) break;
    if (typeof part === "object") count += countValues(part, most - count);
  }
  return count;
}

/** A list of numbers and nothing else. */
export function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "number");
}

type Series = ArrayLike<unknown>;

function isSeries(value: unknown): value is Series {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function sameSeries(a: Series, b: Series): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!sameData(a[i], b[i])) return false;
  return true;
}

/** An object that holds parts under names: no list, tensor or network. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Tensor || value instanceof Network) return false;
  return !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function mapRecord(
  record: Record<string, unknown>,
  f: (value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]));
}
