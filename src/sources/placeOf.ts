import type { Origin, Place } from "./types";

/** Where a place of an extracted module comes from; undefined where it was not taken from a piece. */
export function placeOf(origins: readonly Origin[], offset: number): Place | undefined {
  const origin = origins.find(
    (found) => offset >= found.offset && offset <= found.offset + found.length,
  );
  if (!origin) return undefined;
  const { piece, offset: first } = origin.place;
  return { piece, offset: first + offset - origin.offset };
}
