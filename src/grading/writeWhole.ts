import { mkdirSync } from "node:fs";

/** A file or folder of the instructor's that cannot be written. Nothing that follows could be kept. */
export class NotWritten extends Error {
  override readonly name = "NotWritten";
}

/** Replaces a file in one step, when the new one is safely on disk. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const writeFileAtomic = require("write-file-atomic") as typeof import("write-file-atomic");
  try {
    await writeFileAtomic(file, text);
  } catch (error) {
    throw notWritten(file, error);
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
  EROFS: "the disk is read-only",
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EEXIST: "there is a file of that name, where a folder should be",
  ENOTDIR: "what should be a folder above it is a file",
  EISDIR: "there is a folder of that name",
};

function notWritten(place: string, error: unknown): NotWritten {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return new NotWritten(
    `${place} cannot be written: ${REASONS[code] ?? message}. Make room or name another folder with --out; ` +
      "what is finished is kept, and the same command goes on from there.",
  );
}
