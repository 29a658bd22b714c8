import { buffer } from "node:stream/consumers";
import type { Entry, ZipFile } from "yauzl";
import { UnreadableNotebook } from "../../../sources";
import { LARGEST } from "./FoundFile";

/** A zip of the disk, by its path, or one that was read. */
export type ZipSource = string | Buffer;

/** A file in a zip. */
export interface Member {
  /** With forward slashes, without what leads out of the zip. */
  name: string;
  /** In bytes, as the zip says it; more do not come out. */
  size: number;
  /** ISO 8601, as the zip says it; undefined where it says no time. */
  changed: string | undefined;
  /** @throws UnreadableNotebook which says why it is not read */
  read(): Promise<Buffer>;
}

const MIB = 2 ** 20;
/** Of the mode that UNIX gives a file, in the upper half of a zip's attributes. */
const KIND = 0o170000;
const LINK = 0o120000;

/**
 * The files in a zip, which may be a stranger's: nothing of it is written to the disk under any name, nothing larger
 * than a notebook is inflated, and what is a link, encrypted or would lead out of the zip is found and not read.
 *
 * @param most entries, folders among them
 * @throws UnreadableNotebook of a zip that is none, is spoilt, or has more entries
 */
export async function membersOf(source: ZipSource, most: number): Promise<Member[]> {
  try {
    const zip = await open(source);
    try {
      return await listed(zip, source, most);
    } finally {
      zip.close();
    }
  } catch (error) {
    if (error instanceof UnreadableNotebook) throw error;
    throw new UnreadableNotebook(`This zip cannot be read: ${withoutStop(error)}.`);
  }
}

async function listed(zip: ZipFile, source: ZipSource, most: number): Promise<Member[]> {
  const members = new Map<string, Member>();
  const tooMany = new UnreadableNotebook(`This zip has more than ${most} entries.`);
  if (zip.entryCount > most) throw tooMany;
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    if (++count > most) throw tooMany;
    const called = nameOf(entry);
    if (called.endsWith("/")) continue;
    const { name, isInside } = insideOf(called);
    // A second of one name would be read by some programs, and the first by others.
    const isTwice = members.has(name);
    const problem = isTwice ? "The zip holds two files of this name" : problemOf(entry, isInside);
    members.set(name, {
      name,
      size: entry.uncompressedSize,
      changed: timeOf(entry),
      read: () => read(source, entry, problem),
    });
  }
  return [...members.values()];
}

async function read(source: ZipSource, entry: Entry, problem?: string): Promise<Buffer> {
  if (problem !== undefined) throw new UnreadableNotebook(`${problem}: it was not read.`);
  const zip = await open(source);
  try {
    // More bytes than the entry says are an error of the library's.
    return await buffer(await zip.openReadStreamPromise(entry));
  } catch (error) {
    throw new UnreadableNotebook(
      `It cannot be read out of its zip: ${withoutStop(error)}. Was it cut off?`,
    );
  } finally {
    zip.close();
  }
}

function withoutStop(error: unknown): string {
  return (error as Error).message.replace(/\.$/, "");
}

function problemOf(entry: Entry, isInside: boolean): string | undefined {
  const size = Math.ceil(entry.uncompressedSize / MIB);
  if (!isInside) return "Its name leads out of the zip";
  if (((entry.externalFileAttributes >>> 16) & KIND) === LINK)
    return "This is a link to another file";
  if (entry.isEncrypted()) return "It is encrypted";
  if (!entry.canDecodeFileData()) return "It is packed in a way that is not known here";
  if (entry.uncompressedSize > LARGEST * MIB)
    return `The file has ${size} MiB, and ${LARGEST} is the most`;
  return undefined;
}

function timeOf(entry: Entry): string | undefined {
  const at = entry.getLastModDate();
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

function nameOf(entry: Entry): string {
  const { getFileNameLowLevel } = require("yauzl") as typeof import("yauzl");
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

/** A name without what is empty, and up to what leads out: its first part says whose it is. */
function insideOf(called: string): { name: string; isInside: boolean } {
  const { validateFileName } = require("yauzl") as typeof import("yauzl");
  const parts = called.split("/").filter((part) => part !== "" && part !== ".");
  const out = parts.indexOf("..");
  if (out === -1) return { name: parts.join("/"), isInside: validateFileName(called) === null };
  return { name: [...parts.slice(0, out), parts.at(-1)].join("/"), isInside: false };
}

/** The entries' names are taken as bytes: the library would stop at the first that leads out. */
function open(source: ZipSource): Promise<ZipFile> {
  const { fromBufferPromise, openPromise } = require("yauzl") as typeof import("yauzl");
  const options = { autoClose: false, decodeStrings: false };
  return typeof source === "string"
    ? openPromise(source, options)
    : fromBufferPromise(source, options);
}
