import { groupBy } from "./groupBy";

/**
 * Students whose names nobody tells apart who reads them: in capitals alone, or in how an accent is written, which some file
 * systems keep apart. They may be one student.
 */
export function lookAlikes(names: readonly string[]): string[] {
  const each = [...new Set(names)].sort();
  const alike = groupBy(each, (name) => name.normalize("NFKC").toLowerCase());
  return [...alike.values()].flatMap((group) =>
    group.length > 1
      ? [
          `${group.join(" and ")} differ in capitals or accents alone, and count as ${group.length} students: are they one?`,
        ]
      : [],
  );
}
