import path from "node:path";
import { EXPORT, isSubmission } from "../layouts/gradescope";
import { areOfSeveral } from "../layouts/plain";
import { isPlatformNamed } from "../layouts/platforms";
import {
  type Contents,
  type FoundFile,
  NOTEBOOK,
  type SubmissionRoot,
  slashed,
  ZIP,
} from "./FoundFile";
import { studentsZip, wanted, withoutZip } from "./studentsZip";
import { type Member, membersOf } from "./zip";

/** A class of thousands, with all that they handed in besides notebooks. */
const MOST_ENTRIES = 200_000;

/**
 * A zip that the instructor names: what Moodle, Canvas or Gradescope hand out, or a folder that was packed. It is taken as
 * the folder would be, and nothing of it is unpacked to the disk. Where all of it lies in one folder, as packing one gives
 * it, that folder is the root.
 *
 * @param file absolute
 * @throws UnreadableNotebook where it is no zip
 */
export async function zipRoot(file: string): Promise<SubmissionRoot> {
  const members = wanted(await membersOf(file, MOST_ENTRIES));
  const top = topOf(
    members.map(({ name }) => name),
    path.basename(withoutZip(file)),
  );
  const below = members.filter(({ name }) => name.startsWith(top));
  const ending = top === "" ? "" : `/${top.slice(0, -1)}`;
  const shown = slashed(file) + ending;
  const called = withoutZip(slashed(file)) + ending;
  const root: SubmissionRoot = {
    shown,
    called,
    contents: await contentsOf(below, top),
    files: [],
    warnings: [],
  };
  for (const member of below) {
    const name = member.name.slice(top.length);
    const found = foundIn(member, `${shown}/${name}`, `${called}/${name}`);
    if (NOTEBOOK.test(name)) root.files.push(found);
    else if (ZIP.test(name)) {
      const packed = await studentsZip(found);
      for (const one of packed.files) root.files.push(one);
      for (const warning of packed.warnings) root.warnings.push(warning);
    }
  }
  return root;
}

function foundIn(member: Member, shown: string, called: string): FoundFile {
  const { changed } = member;
  return {
    shown,
    called,
    read: () => member.read(),
    changed: () =>
      changed === undefined ? undefined : { at: changed, foundIn: "the zip's time of change" },
  };
}

/**
 * The folders from the top of a zip in which all of it lies, `"submissions/"`, where that is what was packed: not where
 * it is a student's own, with notebooks in it: unless it has the zip's own name, and they look like several students'.
 */
function topOf(names: readonly string[], zip: string): string {
  let top = "";
  for (;;) {
    const below = names.map((name) => name.slice(top.length).split("/"));
    const [first = ""] = below[0] ?? [];
    const isPlatforms = below.every(([name]) => isPlatformNamed(name) || isSubmission(name));
    if (isPlatforms) return top;
    if (below.every((parts) => parts.length > 1 && parts[0] === first)) top += `${first}/`;
    else {
      const notebooks = below.flatMap(([name, more]) =>
        more === undefined && NOTEBOOK.test(name) ? [name] : [],
      );
      if (notebooks.length === 0) return top;
      return top === `${zip}/` && areOfSeveral(notebooks) ? top : "";
    }
  }
}

async function contentsOf(members: readonly Member[], top: string): Promise<Contents> {
  const parts = members.map(({ name }) => name.slice(top.length).split("/"));
  const folders = new Set(parts.filter(({ length }) => length > 1).map(([first]) => first));
  const metadata = members.find(({ name }) => name === top + EXPORT);
  const text = metadata && (await metadata.read()).toString("utf8");
  return {
    folders: () => [...folders],
    text: (name) => (name === EXPORT ? text : undefined),
  };
}
