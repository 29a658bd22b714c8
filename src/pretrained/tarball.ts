import { createReadStream } from "node:fs";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

/** No tarball that we read unpacks to more: one that claims to is no longer unpacked. */
const MOST_BYTES = 400_000_000;

/**
 * Some members of a tarball. Its hash is known, so it is no stranger's; sizes are bounded all the same.
 *
 * @param wanted whether a member of this name is read
 */
export async function readTarball(
  path: string,
  wanted: (name: string) => boolean,
): Promise<Map<string, Uint8Array>> {
  const { extract } = await import("tar-stream"); // loaded when first needed
  const members = new Map<string, Uint8Array>();
  const unpack = extract();
  const read = async (): Promise<void> => {
    let unpacked = 0;
    for await (const entry of unpack) {
      const { name, size = 0, type } = entry.header;
      unpacked += size;
      if (unpacked > MOST_BYTES) throw new Error(`it unpacks to more than ${MOST_BYTES} bytes`);
      if (type === "file" && wanted(name)) members.set(name, await buffer(entry));
      else entry.resume();
    }
  };
  const reading = read();
  const unpacking = pipeline(createReadStream(path), createGunzip(), unpack);
  // What ends the reading early ends the unpacking too, with an error that says less.
  await Promise.allSettled([reading, unpacking]);
  await reading;
  await unpacking;
  return members;
}
