import { createHash } from "node:crypto";
import type { GradeReport } from "./GradeReport";

/** In bytes. A name may have 255, of which a hash, an ending and the draft of a file take some. */
const LONGEST = 150;

/** What of a report is about each student, by a name for a file or a folder of theirs: `"ada"`. */
export function byStudent(report: GradeReport): Map<string, GradeReport> {
  const ids = [...new Set(report.submissions.map(({ student }) => student.id))];
  const names = fileNames(ids);
  return new Map(ids.map((id, i) => [names[i], aboutOne(id, report)]));
}

function aboutOne(id: string, report: GradeReport): GradeReport {
  const submissions = report.submissions.filter(({ student }) => student.id === id);
  const theirs = new Set(submissions.map(({ lesson }) => lesson));
  const { roster, ...rest } = report;
  const own = roster?.filter(({ student }) => student === id);
  const lessons = report.lessons.filter(({ name }) => theirs.has(name));
  return { ...rest, submissions, lessons, ...(own && { roster: own }) };
}

/**
 * A name for each id that any file system takes and that leads into no other folder. It is the id itself where
 * that will do. Where characters have to go, or two ids differ only in what some file systems do not tell
 * apart (capitals, the ways to write an accent), a hash of the id makes it unique.
 */
export function fileNames(ids: readonly string[]): string[] {
  const plain = ids.map(plainName);
  const counts = new Map<string, number>();
  for (const name of plain.map(folded)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return ids.map((id, i) => {
    const itself = plain[i] === id.normalize("NFC") && !/-[0-9a-f]{12}$/.test(id);
    if (itself && counts.get(folded(plain[i])) === 1) return plain[i];
    return `${plain[i]}-${createHash("sha256").update(id).digest("hex").slice(0, 12)}`;
  });
}

/** The letters and digits of any script, and the marks that are harmless. */
function plainName(id: string): string {
  const kept = withoutEnd(cut(id.normalize("NFC").replace(/[^\p{L}\p{N}\p{M} _.,@+'()-]+/gu, "_")))
    .replace(/^[^\p{L}\p{N}_@]+/u, "_") // hidden, or an option of a command
    .replace(/^(?=(con|prn|aux|nul|com\d|lpt\d)(\.|$))/i, "_"); // devices of Windows
  return cut(kept) || "_";
}

function cut(name: string): string {
  let kept = "";
  let bytes = 0;
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > LONGEST) break;
    kept += character;
  }
  return kept;
}

/** Windows drops blanks and dots at an end: one mark stands for them. */
function withoutEnd(name: string): string {
  let end = name.length;
  while (end > 0 && " .".includes(name[end - 1])) end--;
  return end === name.length ? name : `${name.slice(0, end)}_`;
}

/** Equal for names that some file system takes for the same. */
function folded(name: string): string {
  return name.normalize("NFKC").toUpperCase();
}
