import type { MimeBundle } from "../../notebook";
// By their files: the room as a whole asks Node which kernel it is in, and this is to run in a browser too.
import { escapeMarkup } from "../../notebook/escapeMarkup";
import { DISPLAY } from "../../notebook/selfDisplay";

/** How much text a value takes at most: a screen. */
const MOST_LINES = 40;
const MOST_COLUMNS = 400;
/** How many rows of a list of records are shown as a table. */
const MOST_ROWS = 20;

/** `util.inspect` of Node, or what a browser has in its place. */
export type Inspect = (value: unknown) => string;

/**
 * What a cell shows of its value: nothing of `undefined`, what the value says of itself, records as a table,
 * the rest as text of a screen at most.
 *
 * @returns a promise where the value needs time to make its picture
 */
export function bundleOf(
  value: unknown,
  inspect: Inspect,
): MimeBundle | Promise<MimeBundle> | undefined {
  if (value === undefined) return undefined;
  const own = ownDisplay(value);
  if (own !== undefined) return own;
  const text = { "text/plain": screenful(withoutFrames(describe(value, inspect))) };
  return isRecords(value) ? { "text/html": table(value, inspect), ...text } : text;
}

function ownDisplay(value: unknown): MimeBundle | Promise<MimeBundle> | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null)
    return undefined;
  const display = (value as Record<symbol, unknown>)[DISPLAY];
  if (typeof display !== "function") return undefined;
  const bundle: unknown = display.call(value);
  return typeof bundle === "object" && bundle !== null ? (bundle as MimeBundle) : undefined;
}

/** Two values that a beginner rarely meant to see are explained. */
function describe(value: unknown, inspect: Inspect): string {
  const text = inspect(value);
  if (typeof value === "function" && value.name && /^\[(?:Async)?Function/.test(text))
    return `${text}\nThis is the function itself. To call it, write parentheses: ${value.name}(...)`;
  if (/^(?:Timeout|Immediate) \{/.test(text))
    return "A timer, which runs on; clearTimeout(timer) or clearInterval(timer) stops it.";
  if (value instanceof Promise && text.startsWith("Promise { <pending>"))
    return `${text}\nThis is a promise: the value is still to come. Write await before it.`;
  if (value instanceof Promise && text.startsWith("Promise {\n  <rejected>"))
    return `Promise { <rejected> }\nThis is a promise of work that has failed. Write await before it to see the error here.`;
  return text;
}

/** An error that is a value, or in one, without the lines of its stack: it has not been thrown here. */
function withoutFrames(text: string): string {
  return text.replace(/\n +at [^\n]*/g, "");
}

function screenful(text: string): string {
  const lines = text.split("\n", MOST_LINES + 1);
  const shown = lines
    .slice(0, MOST_LINES)
    .map((line) =>
      line.length > MOST_COLUMNS
        ? `${line.slice(0, MOST_COLUMNS)} ... (${line.length} characters)`
        : line,
    );
  if (lines.length > MOST_LINES)
    shown.push(`... ${text.split("\n").length - MOST_LINES} more lines`);
  return shown.join("\n");
}

type Records = readonly Record<string, unknown>[];

/** A list of plain objects with the same few keys and plain values: a table. */
function isRecords(value: unknown): value is Records {
  if (!Array.isArray(value) || value.length === 0) return false;
  const rows = value.slice(0, MOST_ROWS) as unknown[];
  if (!rows.every(isPlainObject)) return false;
  const keys = Object.keys(rows[0] as object).join("\n");
  const count = keys.split("\n").length;
  return (
    keys !== "" &&
    count <= 12 &&
    rows.every((row) => Object.keys(row as object).join("\n") === keys)
  );
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === null || prototype === Object.prototype;
}

function table(rows: Records, inspect: Inspect): string {
  const keys = Object.keys(rows[0]);
  const cell = (value: unknown) => {
    const text = typeof value === "string" ? value : inspect(value);
    const align = typeof value === "number" ? "right" : "left";
    return `<td style="text-align:${align}">${escapeMarkup(text.length > 80 ? `${text.slice(0, 80)} ...` : text)}</td>`;
  };
  const head = keys.map((key) => `<th>${escapeMarkup(key)}</th>`).join("");
  const body = rows
    .slice(0, MOST_ROWS)
    .map((row) => `<tr>${keys.map((key) => cell(row[key])).join("")}</tr>`)
    .join("");
  const rest = rows.length - MOST_ROWS;
  const more = rest > 0 ? `<div>... ${rest} more rows</div>` : "";
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>${more}`;
}
