import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Metadata, OutputInfo, ResizeOptions, SharpOptions } from "sharp";
import { ArgumentError, requireInteger, requireOptions, Tensor } from "../tensor";
import { greyscale } from "./greyscale";
import { isCutOff } from "./isCutOff";

export interface ImageOptions {
  /**
   * A number: the longer side in pixels; the picture keeps its proportions. `[height, width]`: exactly so,
   * the middle of the picture where the proportions differ. As it is when left out.
   */
  size?: number | readonly [height: number, width: number] | undefined;
  /** `true` for one channel, `false` for three. As the picture is when left out. */
  grey?: boolean | undefined;
}

/**
 * Reads a picture from a file: JPEG, PNG, WebP, GIF, AVIF, TIFF or SVG. It is turned as the camera was held
 * (EXIF orientation), and what is transparent becomes white. Pictures of 16 bits keep their depth; those of
 * floating-point numbers (TIFF) keep their values, whatever these are.
 *
 * @param path a relative path starts at the notebook's folder
 * @returns [1, h, w, c], 0 to 1 (but for floating-point pictures), c = 3 for colours (red, green, blue) and 1 for a grey picture
 * @throws ArgumentError when there is no such file, it is not a picture, or it is larger than is read
 *
 * @example
 * const file = require.resolve("convbook/assets/photographs/coffee.png");
 * (await loadImage(file, { size: 150 })).shape // → [1, 100, 150, 3]
 */
export async function loadImage(path: string, options: ImageOptions = {}): Promise<Tensor> {
  requireOptions<ImageOptions>("loadImage", options, { size: true, grey: "flag" });
  return readImage("loadImage", path, options);
}

/** @internal As `loadImage`, on behalf of another function. */
export async function readImage(
  call: string,
  path: string,
  options: ImageOptions,
): Promise<Tensor> {
  const file = requireFile(call, path);
  const box = requireBox(call, options.size);
  const open = await pictureReader(call);
  try {
    const seen = await open(file, { limitInputPixels: false }).metadata(); // reads the head alone
    requireFewPixels(call, file, seen, box);
    const picture = open(file, LIMITS).autoOrient().flatten({ background: "white" });
    if (box) picture.resize(box);
    const isGrey = (seen.channels ?? 3) < 3;
    requireUnsigned(call, file, seen);
    const { depth, most } = depthOf(seen);
    // Floats of three channels are scRGB to sharp, which would make bytes of them.
    if (depth === "float" && !isGrey) picture.toColourspace("scrgb");
    if (depth !== "float") picture.toColourspace(spaceOf(isGrey && options.grey !== false, depth));
    const read = await picture.raw({ depth }).toBuffer({ resolveWithObject: true });
    const pixels = toTensor(read, depth, most);
    // Numbers are not converted; a grey picture of them comes three times.
    if (depth === "float" && isGrey && options.grey !== false)
      return pixels.slice([0, 0, 0, 0], [-1, -1, -1, 1]);
    return options.grey && pixels.shape[3] > 1 ? greyscale(pixels) : pixels;
  } catch (error) {
    if (error instanceof ArgumentError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const saysSo = /premature|truncat|unexpected end|not enough data|out of order/i.test(reason);
    const remedy =
      saysSo || isCutOff(file) ? "The file seems to be cut off; fetch it once more." : undefined;
    throw new ArgumentError({
      call,
      argument: "path",
      expected: "the path of a picture (JPEG, PNG, WebP, GIF, AVIF, TIFF, SVG)",
      received: path,
      receivedAs: `${file}, which cannot be read as one: ${reason}`,
      remedy,
    });
  }
}

async function pictureReader(call: string): Promise<typeof import("sharp")> {
  try {
    return (await import("sharp")).default;
  } catch (error) {
    throw new Error(
      `${call}(): pictures cannot be read here, since sharp does not load. In the notebook, \`npm ci\` in the folder of convbook helps. The grader keeps native code out: an answer cannot read pictures there, but takes them as arguments.`,
      { cause: error },
    );
  }
}

type Depth = "uchar" | "ushort" | "float";

/** How many bits a picture has for a value, and which of them is white. */
function depthOf({ depth }: Metadata): { depth: Depth; most: number } {
  switch (depth) {
    case "ushort":
      return { depth: "ushort", most: 65535 };
    case "float":
    case "double":
    case "complex":
    case "dpcomplex":
      return { depth: "float", most: 1 };
    default:
      return { depth: "uchar", most: 255 };
  }
}

/** Which number is white is known of unsigned integers of 8 and 16 bits alone; of floats none has to be. */
function requireUnsigned(call: string, file: string, { depth }: Metadata): void {
  if (!["char", "short", "int", "uint"].includes(String(depth))) return;
  throw new ArgumentError({
    call,
    argument: "path",
    expected: "a picture of unsigned integers of 8 or 16 bits, or of floating-point numbers",
    received: file,
    receivedAs: `${file}, whose values are of type ${depth}`,
    remedy: "What is white is not known of them: save them as floating-point numbers.",
  });
}

function spaceOf(grey: boolean, depth: Depth): string {
  if (depth === "ushort") return grey ? "grey16" : "rgb16";
  return grey ? "b-w" : "srgb";
}

/** The bytes of each value as the machine has them. */
function toTensor(
  { data, info }: { data: Buffer; info: OutputInfo },
  depth: Depth,
  most: number,
): Tensor {
  const numbers = { uchar: Uint8Array, ushort: Uint16Array, float: Float32Array }[depth];
  const bytes = Uint8Array.from(data); // begins where such numbers may begin
  const values = Float32Array.from(new numbers(bytes.buffer), (value) => value / most);
  return new Tensor(values, [1, info.height, info.width, info.channels]); // [1, h, w, c]
}

/** 268 million: what is read whole. Reduced on the way, four times as much. */
const MOST_PIXELS = 0x3fff ** 2;
const LIMITS: SharpOptions = { limitInputPixels: 4 * MOST_PIXELS };

function requireFewPixels(
  call: string,
  file: string,
  { width, height }: Metadata,
  box: ResizeOptions | null,
): void {
  const wanted = (box?.width ?? 0) * (box?.height ?? 0);
  const isReduced = box !== null && wanted <= MOST_PIXELS;
  const most = isReduced ? 4 * MOST_PIXELS : MOST_PIXELS;
  if (width * height <= most && wanted <= MOST_PIXELS) return;
  throw new ArgumentError({
    call,
    argument: wanted > MOST_PIXELS ? "size" : "path",
    expected: `a picture of at most ${most} pixels`,
    received: file,
    receivedAs: `${wanted > MOST_PIXELS ? `${box?.width} × ${box?.height}` : `${width} × ${height}`}`,
    remedy: isReduced
      ? "Reduce it with another program first."
      : `Ask for a smaller one: ${call}(path, { size: 1000 }).`,
  });
}

function requireFile(call: string, path: unknown): string {
  if (typeof path !== "string" || path === "") {
    const expected = "the path of a picture";
    throw new ArgumentError({ call, argument: "path", expected, received: path });
  }
  const found = existsSync(path) ? statSync(path) : undefined;
  if (found?.isFile()) return resolve(path);
  const expected = found ? "the path of a file, not a folder" : "the path of a file that exists";
  const remedy = /^(https?|data|file):/.test(path)
    ? "Pictures are read from files: save it beside the notebook first."
    : `A relative path starts at the notebook's folder: this one means ${resolve(path)}.`;
  throw new ArgumentError({ call, argument: "path", expected, received: path, remedy });
}

function requireBox(call: string, size: ImageOptions["size"]): ResizeOptions | null {
  if (size === undefined) return null;
  if (Array.isArray(size) && size.length === 2) {
    const height = requireInteger(call, "size[0]", size[0], 1);
    const width = requireInteger(call, "size[1]", size[1], 1);
    return { height, width, fit: "cover" };
  }
  if (typeof size !== "number") {
    const expected = "the longer side in pixels, or [height, width]";
    throw new ArgumentError({ call, argument: "size", expected, received: size });
  }
  const longest = requireInteger(call, "size", size, 1);
  return { height: longest, width: longest, fit: "inside" };
}
