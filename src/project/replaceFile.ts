import { mkdirSync, rmSync } from "node:fs";
import { open, rename } from "node:fs/promises";

/** A file or folder of the instructor's that cannot be written. Nothing that follows could be kept. */
export class NotWritten extends Error {
  override readonly name = "NotWritten";

  constructor(
    place: string,
    /** What stands in the way: `"the disk is full"`. */
    readonly reason: string,
  ) {
    super(
      `${place} cannot be written: ${reason.replace(/(?<!\?)$/, ".")} Make room, or name another folder with --out. ` +
        "What is finished is kept, and the same command goes on from there.",
    );
  }
}

/** Files that are being written, beside their place. */
const drafts = new Set<string>();
let count = 0;
process.on("exit", () => drafts.forEach((draft) => rmSync(draft, { force: true })));

/**
 * Replaces a file in one step, when the new one is whole and safely on disk. (The package write-file-atomic
 * does not look how much was written, and puts a file there that a full disk has cut off.)
 */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const draft = `${file}.${process.pid}-${++count}`;
  drafts.add(draft);
  try {
    const handle = await open(draft, "w");
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw notWritten(file, error);
  } finally {
    drafts.delete(draft);
  }
}

/** Makes a folder, and those above it, where it is not there yet. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw notWritten(folder, error);
  }
}

const REASONS: Record<string, string> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is used up",
  EFBIG: "the file would be larger than this system allows",
  EROFS: "the disk is read-only",
  ENOENT: "no folder can be made there; is the disk read-only?", // what mkdir says then
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EEXIST: "there is a file of that name, where a folder should be",
  ENOTDIR: "what should be a folder above it is a file",
  EISDIR: "there is a folder of that name",
};

function notWritten(place: string, error: unknown): NotWritten {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return new NotWritten(place, REASONS[code] ?? message);
}
