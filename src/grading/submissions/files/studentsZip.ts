import { UnreadableNotebook } from "../../../sources";
import { ARCHIVE, type FoundFile, LEFT_OUT, NOTEBOOK, ZIP } from "./FoundFile";
import { type Member, membersOf } from "./zip";

/** What a student puts into a zip is a folder of work. */
const MOST_ENTRIES = 2_000;
/** All notebooks of a student's zip together, in MiB. */
const LARGEST_TOGETHER = 256;

/**
 * The notebooks in a zip that a student handed in. A zip in it is not opened.
 *
 * @param zip its bytes, and when it came: the times that a student's zip gives are the student's own
 */
export async function studentsZip(
  zip: FoundFile,
): Promise<{ files: FoundFile[]; warnings: string[] }> {
  try {
    const members = wanted(await membersOf(await zip.read(), MOST_ENTRIES));
    const notebooks = members.filter(({ name }) => NOTEBOOK.test(name));
    const packed = members.filter(({ name }) => ZIP.test(name) || ARCHIVE.test(name));
    const bytes = notebooks.reduce((sum, { size }) => sum + size, 0);
    if (bytes > LARGEST_TOGETHER * 2 ** 20)
      throw new UnreadableNotebook(
        `The notebooks in this zip have more than ${LARGEST_TOGETHER} MiB together.`,
      );
    const files = notebooks.map(({ name }): FoundFile => ({
      shown: `${zip.shown}/${name}`,
      called: `${withoutZip(zip.called)}/${name}`,
      // Read again, so that a class of zips is not all in memory.
      read: async () => again(await zip.read(), name),
      changed: zip.changed,
    }));
    const nothing = notebooks.length === 0 ? [`${zip.shown} holds no notebook.`] : [];
    const inside = packed.map(
      ({ name }) => `${zip.shown} holds another archive, ${name}, which is not read: unpack it.`,
    );
    return { files, warnings: [...nothing, ...inside] };
  } catch (error) {
    if (!(error instanceof UnreadableNotebook)) throw error;
    return { files: [{ ...zip, read: () => Promise.reject(error) }], warnings: [] };
  }
}

/** Without what Jupyter and macOS leave behind. */
export function wanted(members: readonly Member[]): Member[] {
  return members.filter(({ name }) => {
    const parts = name.split("/");
    return (
      !parts.slice(0, -1).some((part) => LEFT_OUT.test(part)) && !parts.at(-1)!.startsWith(".")
    );
  });
}

export function withoutZip(name: string): string {
  return name.replace(ZIP, "");
}

async function again(bytes: Buffer, name: string): Promise<Buffer> {
  const member = (await membersOf(bytes, MOST_ENTRIES)).find((one) => one.name === name);
  return member!.read();
}
