import { readFileSync } from "node:fs";

/** A row of a table; columns that it does not fill are empty. */
export interface Row<Column extends string> {
  /** Where it stands, for messages: `"overrides.csv, line 3"`. */
  where: string;
  values: Record<Column, string>;
}

/**
 * Reads a table that an instructor keeps: CSV with a head line, or JSON, a list of records.
 *
 * @throws Error which names the file, and the column or line at fault
 */
export function readTable<Required extends string, Optional extends string = never>(
  file: string,
  required: readonly Required[],
  optional: readonly Optional[] = [],
): Row<Required | Optional>[] {
  const columns = [...required, ...optional];
  return readRecords(file).map(({ where, record }) => {
    const unknown = Object.keys(record).find((key) => !columns.includes(key as Required));
    if (unknown !== undefined)
      throw new Error(`${where} has a column "${unknown}". Columns: ${columns.join(", ")}.`);
    const values = Object.fromEntries(
      columns.map((column) => [column, String(record[column] ?? "").trim()]),
    ) as Row<Required | Optional>["values"];
    const missing = required.find((column) => values[column] === "");
    if (missing !== undefined) throw new Error(`${where} has no ${missing}.`);
    return { where, values };
  });
}

function readRecords(file: string): { where: string; record: Record<string, unknown> }[] {
  const text = readText(file);
  try {
    if (file.endsWith(".json")) {
      const records = JSON.parse(text) as Record<string, unknown>[];
      if (!Array.isArray(records) || records.some((one) => typeof one !== "object" || one === null))
        throw new Error("it should hold a list of records.");
      return records.map((record, i) => ({ where: `${file}, record ${i + 1}`, record }));
    }
    const { parse } = require("csv-parse/sync") as typeof import("csv-parse/sync");
    type Parsed = { record: Record<string, string>; info: { lines: number } };
    const [head] = text.split("\n", 1);
    const delimiter = head.includes(";") && !head.includes(",") ? ";" : ","; // Excel's, in half of Europe
    const kinds = { bom: true, trim: true, skip_empty_lines: true, delimiter };
    const options = { columns: true, info: true, ...kinds };
    const parsed = parse(text, options) as unknown as Parsed[];
    return parsed.map(({ record, info }) => ({ where: `${file}, line ${info.lines}`, record }));
  } catch (error) {
    throw new Error(`${file} cannot be read as a table: ${(error as Error).message}`);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
