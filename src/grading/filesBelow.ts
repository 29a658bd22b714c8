import { readdirSync } from "node:fs";
import path from "node:path";

/** All files in a folder and the folders in it, in an order that depends on their names alone. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
