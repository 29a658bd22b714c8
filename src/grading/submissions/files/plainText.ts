import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/**
 * The text of a file that lies where students may have put something: undefined where there is none, and where it is a
 * link, a pipe or a device, which may have no end, or is larger than it has to be.
 *
 * @param most in bytes
 */
export function plainText(file: string, most: number): string | undefined {
  let opened: number;
  try {
    opened = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    const found = fstatSync(opened);
    return found.isFile() && found.size <= most ? readFileSync(opened, "utf8") : undefined;
  } finally {
    closeSync(opened);
  }
}
