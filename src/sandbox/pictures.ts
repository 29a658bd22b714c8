import { type ImageOptions, photograph, type PhotographName, photographNames } from "../data";
import type { Tensor } from "../tensor";
import { decode } from "./decode";
import { encode } from "./encode";
import { pictureKey } from "./pictureKey";

/** Values of all pictures of one answer together: five of the largest photographs in colour. */
const MOST_VALUES = 4_000_000;
/** No axis of a picture that is asked for is longer. */
const LONGEST_AXIS = 1024;
/** This many different pictures one answer is given. */
const MOST_PICTURES = 16;
/** This often it is given one: a process that takes the place of another asks again. */
const MOST_REQUESTS = 200;

/**
 * The photographs of the course that one answer has asked for. What decodes pictures is native code, which stays outside
 * the walls, so that an answer's process asks for them by their names. What it can get in this way are the four pictures
 * that everybody has, in sizes within limits; the request says nothing else, and who has been taken over may ask too.
 */
export class Pictures {
  private readonly encoded = new Map<string, Uint8Array>();
  private left = MOST_VALUES;
  private requests = 0;

  /**
   * What a process is sent for its request.
   *
   * @param request a list of the name and the options, from a process that is not trusted
   * @throws WireError when the bytes are no value
   */
  async answerTo(request: Uint8Array): Promise<Uint8Array> {
    const wanted = wantedIn(decode(request));
    if (!wanted || ++this.requests > MOST_REQUESTS) return NONE;
    const key = pictureKey(wanted.name, wanted.options)!;
    const known = this.encoded.get(key);
    if (known) return known;
    if (this.encoded.size === MOST_PICTURES) return NONE;
    const picture = await decoded(wanted);
    if (!picture || picture.size > this.left) return NONE;
    this.left -= picture.size;
    const bytes = encode(picture);
    this.encoded.set(key, bytes);
    return bytes;
  }
}

const NONE = encode(undefined);

interface Wanted {
  name: PhotographName;
  options: ImageOptions;
}

async function decoded({ name, options }: Wanted): Promise<Tensor | undefined> {
  return photograph(name, options).catch(() => undefined);
}

/** Undefined where something else is asked for than a photograph in a size within the limits. */
function wantedIn(request: unknown): Wanted | undefined {
  if (!Array.isArray(request) || request.length !== 2) return undefined;
  const [name, options] = request as unknown[];
  if (!(photographNames as readonly unknown[]).includes(name)) return undefined;
  if (pictureKey(name, options) === undefined) return undefined;
  const { size, grey } = options as { size?: unknown; grey?: unknown };
  const axes = Array.isArray(size) ? (size as unknown[]) : [size ?? 1];
  const isSize = axes.every(
    (axis) => Number.isInteger(axis) && (axis as number) >= 1 && (axis as number) <= LONGEST_AXIS,
  );
  const isFit = isSize && (!Array.isArray(size) || axes.length === 2);
  if (!isFit || !(grey === undefined || typeof grey === "boolean")) return undefined;
  return { name: name as PhotographName, options: options as ImageOptions };
}
