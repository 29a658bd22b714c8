import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/**
 * Whether a PNG or WebP file is shorter than it was: libpng and libwebp say of such a file only that they cannot read
 * it. A PNG ends with a chunk IEND, and the first bytes of a WebP (a RIFF file) tell how many follow.
 *
 * @see PNG (Third Edition), W3C, 5.6 Chunk ordering; RFC 9649, WebP Image Format, 2.4
 */
export function isCutOff(path: string): boolean {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const { size } = fstatSync(file);
    const head = part(file, 0, 12);
    if (head.subarray(0, 8).equals(PNG)) return part(file, size - 12, 12).indexOf("IEND") !== 4;
    if (head.length === 12 && head.toString("latin1", 0, 4) === "RIFF")
      return head.toString("latin1", 8, 12) === "WEBP" && size < 8 + head.readUInt32LE(4);
    return false;
  } catch {
    return false; // what cannot be opened is reported by who reads it
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function part(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, Math.max(0, from)));
}
