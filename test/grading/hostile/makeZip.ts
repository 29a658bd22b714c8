import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** A file of a zip. */
export interface ZipMember {
  name: string;
  text?: string | Buffer;
  /** UNIX's: 0o120777 is a link. */
  mode?: number;
  at?: Date;
}

/** A zip as a program would make it. */
export async function makeZip(members: readonly (ZipMember | string)[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const member of members) {
    const {
      name,
      text = "",
      mode,
      at,
    } = typeof member === "string" ? { name: member } : (member as ZipMember);
    zip.addBuffer(Buffer.from(text), name, { mode: mode ?? 0o100644, mtime: at ?? new Date(0) });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** With a name that no program writes in place of another of the same length, everywhere. */
export function renamed(zip: Buffer, from: string, to: string): Buffer {
  if (Buffer.byteLength(from) !== Buffer.byteLength(to))
    throw new Error(`${from} and ${to} differ`);
  return Buffer.from(
    zip.toString("latin1").replaceAll(from, Buffer.from(to).toString("latin1")),
    "latin1",
  );
}

/** With other bytes in every entry of the zip's directory, from an offset in the entry on. */
export function changed(zip: Buffer, offset: number, bytes: readonly number[]): Buffer {
  const copy = Buffer.from(zip);
  const ENTRY = Buffer.from([0x50, 0x4b, 1, 2]);
  for (let at = copy.indexOf(ENTRY); at !== -1; at = copy.indexOf(ENTRY, at + 1))
    copy.set(bytes, at + offset);
  return copy;
}
