import { gradescope } from "./gradescope";
import { type Layout, type LayoutName, LAYOUTS, type LocatedFile } from "./Layout";
import { files, foldersOfStudents, groups, oneStudent, plain } from "./plain";
import { nbgrader, platformNamed } from "./platforms";

/**
 * How the files lie: as the instructor says, or as most of what was found is named. Only names that the instructor or
 * the platform gave are looked at, and one layout holds for all files, so that nobody hands in as somebody else.
 *
 * @throws Error when the files do not lie as the instructor says
 */
export function layoutOf(
  all: readonly LocatedFile[],
  workingFolder: string,
  wanted?: LayoutName,
): Layout {
  if (wanted === undefined) return platformOf(all, workingFolder) ?? plain(all);
  const found = named(wanted, all, workingFolder);
  if (found) return found;
  throw new Error(`--layout ${wanted}: the files do not lie so (${LAYOUTS[wanted]}).`);
}

/** The layout of a platform, where it is one's. */
export function platformOf(all: readonly LocatedFile[], workingFolder: string): Layout | undefined {
  return (
    gradescope(all) ??
    nbgrader(all, workingFolder) ??
    platformNamed("moodle", all) ??
    platformNamed("canvas", all)
  );
}

function named(
  wanted: LayoutName,
  all: readonly LocatedFile[],
  workingFolder: string,
): Layout | undefined {
  switch (wanted) {
    case "student":
      return oneStudent;
    case "files":
      return files;
    case "folders":
      return foldersOfStudents;
    case "groups":
      return groups;
    case "gradescope":
      return gradescope(all, true);
    case "nbgrader":
      return nbgrader(all, workingFolder);
    default:
      return platformNamed(wanted, all);
  }
}

/** The layout of a name that an instructor typed. */
export function layoutNamed(text: string): LayoutName {
  if (Object.hasOwn(LAYOUTS, text)) return text as LayoutName;
  const known = Object.keys(LAYOUTS).join(", ");
  throw new Error(`--layout must be one of ${known}, but is "${text}".`);
}
