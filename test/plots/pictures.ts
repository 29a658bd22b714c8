import assert from "node:assert/strict";
import type { Figure, SvgFigure } from "convbook";
import { decode } from "fast-png";

/** The PNG images that an SVG contains, decoded. */
export function imagesIn(figure: SvgFigure) {
  const addresses = figure.svg.match(/data:image\/png;base64,[^"]+/g) ?? [];
  return addresses.map((address) => decode(Buffer.from(address.split(",")[1], "base64")));
}

/** The letters of an SVG, one entry for each text element. */
export function lettersIn({ svg }: { svg: string }): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);
}

/** The values of one attribute of all elements of a kind. */
export function attributesIn(svg: string, element: string, attribute: string): string[] {
  const pattern = new RegExp(`<${element} [^>]*?\\b${attribute}="([^"]*)"`, "g");
  return [...svg.matchAll(pattern)].map((match) => match[1]);
}

/** The width of an SVG, in pixels of its own. */
export function widthOf({ svg }: { svg: string }): number {
  return Number(attributesIn(svg, "svg", "viewBox")[0].split(" ")[2]);
}

/** Refuses what would not survive the way into a notebook, which is JSON. */
export function assertIsJson(figure: Figure): void {
  assert.deepEqual(JSON.parse(JSON.stringify(figure)), withoutUndefined(figure));
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  assert.equal(Object.getPrototypeOf(value), Object.prototype, "a plain object");
  const kept = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutUndefined(entry)]));
}
