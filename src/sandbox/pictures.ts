import { type ImageOptions, photograph, type PhotographName, photographNames } from "../data";
import type { Tensor } from "../tensor";
import { pictureKey } from "./pictureKey";

/** Values of all pictures of one answer together: five of the largest photographs in colour. */
const MOST_VALUES = 4_000_000;
/** No axis of a picture that is asked for is longer. */
const LONGEST_AXIS = 1024;
/** So many different pictures one answer is given. */
const MOST_PICTURES = 16;

/** `photograph("coffee")`, `(0, convbook_1.photograph)("coffee", { size: [96, 96], grey: true })` */
const CALL = /\bphotograph\)?\(\s?["'](\w{1,20})["']\s?(?:,\s?\{([^{}]{0,80})\}\s?)?\)/g;

/**
 * The photographs of the course that an answer's code asks for in so many words. What decodes pictures is native code,
 * which stays outside the walls, so that an answer is given them with its code: it asks for nothing, and what it can get
 * in this way are the four pictures that everybody has.
 *
 * @param code JavaScript
 * @returns by `pictureKey`; empty where pictures cannot be decoded here
 */
export async function picturesFor(code: string): Promise<[key: string, picture: Tensor][]> {
  const pictures = new Map<string, Tensor>();
  let left = MOST_VALUES;
  for (const [, name, written] of code.matchAll(CALL)) {
    const options = optionsIn(written ?? "");
    const key = options && pictureKey(name, options);
    if (key === undefined || pictures.has(key) || pictures.size === MOST_PICTURES) continue;
    const picture = await decoded(name, options!);
    if (!picture || picture.size > left) continue;
    left -= picture.size;
    pictures.set(key, picture);
  }
  return [...pictures];
}

async function decoded(name: string, options: ImageOptions): Promise<Tensor | undefined> {
  if (!(photographNames as readonly string[]).includes(name)) return undefined;
  return photograph(name as PhotographName, options).catch(() => undefined);
}

/** Of `size: [96, 96], grey: true`; undefined where anything in it is not a literal. */
function optionsIn(written: string): ImageOptions | undefined {
  const found: { size?: number | [number, number]; grey?: boolean } = {};
  const rest = written
    .replace(/\bsize: ?(?:(\d{1,4})|\[ ?(\d{1,4}), ?(\d{1,4}) ?\])/, (_, longer, height, width) => {
      found.size = longer === undefined ? [Number(height), Number(width)] : Number(longer);
      return "";
    })
    .replace(/\bgrey: ?(true|false)\b/, (_, grey) => {
      found.grey = grey === "true";
      return "";
    });
  const isLarge = [found.size ?? 1].flat().some((axis) => axis < 1 || axis > LONGEST_AXIS);
  return isLarge || /[^\s,]/.test(rest) ? undefined : found;
}
