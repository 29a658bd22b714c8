import { lstatSync, readFileSync } from "node:fs";
import { UnreadableNotebook } from "../../../sources";
import { LARGEST } from "./FoundFile";

/**
 * The bytes of a file that was handed in. A link is not followed: it may lead to the notebook of somebody else,
 * or to a file that has no end.
 *
 * @throws UnreadableNotebook which says why it cannot be read
 */
export function readSubmission(file: string): Buffer {
  let found;
  try {
    found = lstatSync(file);
  } catch (error) {
    throw cannotBeRead(error);
  }
  if (found.isSymbolicLink())
    throw new UnreadableNotebook("This is a link to another file, and links are not followed.");
  if (!found.isFile()) throw new UnreadableNotebook("This is a folder or a device, not a file.");
  if (found.size > LARGEST * 2 ** 20)
    throw new UnreadableNotebook(
      `The file has ${Math.ceil(found.size / 2 ** 20)} MiB, and ${LARGEST} is the most: ` +
        "clear the outputs and save it again.",
    );
  try {
    return readFileSync(file);
  } catch (error) {
    throw cannotBeRead(error);
  }
}

function cannotBeRead(error: unknown): UnreadableNotebook {
  const { code } = error as NodeJS.ErrnoException;
  // A name that is not in UTF-8 is not found again under the name that was read.
  const why = code === "ENOENT" ? "its name cannot be read either: rename it" : code;
  return new UnreadableNotebook(`The file cannot be read (${why}).`);
}
