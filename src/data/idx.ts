import { existsSync, readFileSync } from "node:fs";
import { ArgumentError } from "../tensor";

/** What an IDX file holds: bytes in row-major order, and the length of each axis. */
export interface IdxFile {
  shape: number[];
  data: Uint8Array;
}

/**
 * Reads a file in the format that MNIST comes in: two zero bytes, the type of the entries (8: bytes), the
 * number of axes, the length of each as a big-endian 32-bit integer, and then the entries.
 *
 * @param call the public function on whose behalf this is called, for the error message
 * @param axes how many axes are expected: 3 for images, 1 for labels
 * @see http://yann.lecun.com/exdb/mnist, The IDX file format
 */
export function readIdx(call: string, path: string, axes: number): IdxFile {
  if (!existsSync(path)) {
    throw new Error(`${call}(): there is no file ${path}. Run "npm install" in convbook's folder.`);
  }
  const bytes = readFileSync(path);
  const header = 4 + 4 * axes;
  const magic = 0x0800 + axes;
  if (bytes.length < header || bytes.readUInt32BE(0) !== magic) {
    const begin = bytes.subarray(0, 4).toString("hex");
    const expected = magic.toString(16).padStart(8, "0");
    throw new Error(
      `${call}(): ${path} must begin with the bytes ${expected}, as an IDX file with ${axes} axes does, but it begins with ${begin || "none"}.`,
    );
  }
  const shape = Array.from({ length: axes }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  const size = shape.reduce((product, n) => product * n, 1);
  if (bytes.length - header !== size) {
    const held = bytes.length - header;
    throw new ArgumentError({
      call,
      argument: "path",
      expected: `of a file with ${size} entries for its shape [${shape.join(", ")}]`,
      received: path,
      receivedAs: `${path}, which holds ${held}`,
      remedy:
        held < size
          ? "The file seems to be cut off; fetch it once more."
          : "What follows them does not belong there; fetch the file once more.",
    });
  }
  return { shape, data: bytes.subarray(header) };
}
