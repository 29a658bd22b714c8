import { parse } from "csv-parse/sync";

/** What an importer makes of a file: the marks by student, or why it takes none. */
export type Imported = { marks: Map<string, number>; comments: Map<string, string> };

/**
 * Moodle's import of an offline grading worksheet, by the rules of its source
 * (mod/assign/feedback/offline/importgradeslib.php and locallib.php): three columns by their whole names, a record's
 * number behind "Participant ", a mark that is passed over where it is empty, negative or above the maximum.
 *
 * @param maximum of the assignment, which Moodle knows
 */
export function importedByMoodle(text: string, maximum: number): Imported {
  const [head, ...rows] = parse(text, { bom: true }) as string[][];
  const [id, grade, modified] = ["Identifier", "Grade", "Last modified (grade)"].map((name) =>
    head.lastIndexOf(name),
  );
  if ([id, grade, modified].includes(-1)) throw new Error("invalidgradeimport");
  const comment = head.indexOf("Feedback comments");
  const marks = new Map<string, number>();
  const comments = new Map<string, string>();
  for (const row of rows) {
    const number = row[id].slice("Participant ".length);
    if (!/^\d+$/.test(number)) continue;
    const value = Number(row[grade].replace(",", "."));
    if (row[grade].trim() !== "" && value >= 0 && value <= maximum) marks.set(number, value);
    if (comment > 0) comments.set(number, row[comment]); // the first column it takes for absent
  }
  return { marks, comments };
}

/**
 * Canvas's import of a gradebook, by the rules of its source (lib/gradebook_importer.rb): where the head's columns of
 * students end, rows that are no student's, an assignment by the number at its name's end, a decimal comma made a point.
 *
 * @param assignment its number in Canvas
 */
export function importedByCanvas(text: string, assignment: number): Imported {
  const lines = text.split(/\r?\n/).slice(0, 3);
  const width = (separator: string): number => {
    const counts = new Set(lines.map((line) => splitLine(line, separator).length));
    return counts.size === 1 ? [...counts][0] : 0;
  };
  const delimiter = width(";") > width(",") ? ";" : ",";
  const [head, ...rows] = parse(text, {
    bom: true,
    delimiter,
    relax_column_count: true,
  }) as string[][];
  const two = head[0] === "LastName" && head[1] === "FirstName";
  const isHead =
    (head.length > 3 && head[0].includes("Student") && head[1].includes("ID")) ||
    (head.length > 4 && two && head[2].includes("ID"));
  if (!isHead) throw new Error("Invalid header row");
  const names = two ? 4 : 3;
  let columns = names;
  if (/SIS\s+Login\s+ID/.test(head[names - 1])) columns += 1;
  else if (/SIS\s+User\s+ID/.test(head[names - 1]) && /SIS\s+Login\s+ID/.test(head[names]))
    columns += 2 + (/Integration\s+ID/.test(head[names + 1]) ? 1 : 0);
  if (!head[columns - 1].includes("Section")) throw new Error("Invalid header row");
  const at = head.findIndex((name, i) => i >= columns && name.trim().endsWith(`(${assignment})`));
  if (at === -1) throw new Error("a new assignment would be made");
  const marks = new Map<string, number>();
  for (const row of rows) {
    if (row[0].includes("Points Possible")) {
      if (/read\s+only/.test(row[at])) throw new Error("read only");
      continue;
    }
    if (row.every((one) => /^\s*(Muted|Manual Posting.*)?\s*$/i.test(one))) continue;
    const grade = row[at].trim();
    if (!/^-?[0-9.,]+%?$/.test(grade)) continue;
    const parts = grade.split(/[,.]/);
    const last = parts.pop()!;
    marks.set(row[two ? 2 : 1], Number(parts.length === 0 ? last : `${parts.join("")}.${last}`));
  }
  return { marks, comments: new Map() };
}

function splitLine(line: string, delimiter: string): string[] {
  return (parse(line, { delimiter, relax_quotes: true, bom: true }) as string[][])[0] ?? [];
}
