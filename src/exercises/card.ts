import { escapeMarkup } from "../notebook";
import { formatNumber, planeAxes, Tensor } from "../tensor";
import { type ComputedFrom, type Difference } from "./expect";
import { COLOURS, cardHtml, inlineHtml } from "./html";
import type { ExerciseResult, TestResult, Verdict } from "./run";
import { sameThrown, whereThrown } from "./thrown";

/** What only a notebook knows beside the result. */
export interface CardNotes {
  /** Stands before everything else. */
  first?: string | undefined;
  /** Stand behind the diagnosis. */
  remarks?: readonly string[] | undefined;
}

/** A result as the notebook and the terminal show it. */
export function resultCard(
  result: ExerciseResult,
  notes: CardNotes = {},
): { "text/html": string; "text/plain": string } {
  const shown = { ...result, tests: eachOnce(result.tests) };
  return { "text/html": resultHtml(shown, notes), "text/plain": resultText(shown, notes) };
}

/** An error is shown in full where it is met first, with its location; then only that it is the same. */
function eachOnce(tests: readonly TestResult[]): TestResult[] {
  return tests.map((test, i) => {
    const { thrown, message } = test;
    if (!thrown || test.verdict !== "error") return test;
    const before = tests
      .slice(0, i)
      .some(
        (other) => other.verdict === "error" && other.thrown && sameThrown(other.thrown, thrown),
      );
    return { ...test, message: before ? "The same error." : `${message}\n${whereThrown(thrown)}` };
  });
}

const HEADLINES: Record<Verdict, string> = {
  passed: "✓ Passed",
  failed: "✗ Not yet",
  error: "✗ Your code threw an error",
  timeout: "✗ It did not come to an end",
  refused: "✗ Refused: it was not run",
  "not attempted": "○ Not attempted yet",
};

const SYMBOLS: Record<Verdict, string> = {
  passed: "✓",
  failed: "✗",
  error: "✗",
  timeout: "✗",
  refused: "✗",
  "not attempted": "○",
};

const CHANGED_INPUT =
  "One remark: your function writes into the tensor it is given. Whoever calls it will be surprised; fill a new one, or `clone()` it first.";

function headline(result: ExerciseResult): string {
  const points = `${result.earned} of ${result.points} point${result.points === 1 ? "" : "s"}`;
  return `${HEADLINES[result.verdict]} · ${points} · ${result.id} ${result.title}`;
}

function notAttempted({ id, unfinished }: ExerciseResult): string {
  const own = id.split(".")[1];
  return unfinished
    ? `${unfinished} is not written yet, and your ${own} calls it. Complete ${unfinished} in its own cell, run that, then come back.`
    : "Complete the cell above, run it, then run this one.";
}

function resultText(result: ExerciseResult, { first, remarks = [] }: CardNotes): string {
  const lines = [...(first ? [first] : []), headline(result)];
  if (result.verdict === "not attempted") {
    if (result.unfinished) lines.push(`  ${notAttempted(result)}`);
    return lines.join("\n");
  }
  if (result.diagnosis) lines.push(`  ${result.diagnosis}`);
  lines.push(...remarks.map((remark) => `  ${remark}`));
  for (const test of result.tests) {
    lines.push(`  ${SYMBOLS[test.verdict]} ${test.title}`);
    if (test.message) lines.push(`      ${test.message.replaceAll("\n", "\n      ")}`);
  }
  if (result.changedInput) lines.push(`  ${CHANGED_INPUT}`);
  return lines.join("\n");
}

function resultHtml(result: ExerciseResult, { first, remarks = [] }: CardNotes): string {
  const before = first ? `<div style="margin-bottom:6px"><b>${inlineHtml(first)}</b></div>` : "";
  if (result.verdict === "not attempted") {
    const body = `<div>${inlineHtml(notAttempted(result))}</div>`;
    return cardHtml(COLOURS.neutral, `${before}<b>${escapeMarkup(headline(result))}</b>`, body);
  }
  const passed = result.verdict === "passed";
  const colour = passed ? COLOURS.good : COLOURS.bad;
  const firstFailing = result.tests.find((test) => test.verdict !== "passed");
  const body = [
    result.diagnosis
      ? `<div class="convbook-diagnosis" style="margin:6px 0"><b>${inlineHtml(result.diagnosis)}</b></div>`
      : "",
    ...remarks.map((remark) => `<div style="margin:6px 0">${inlineHtml(remark)}</div>`),
    ...result.tests.map((test) => testHtml(test, test === firstFailing)),
    result.changedInput ? `<div style="margin-top:6px">${inlineHtml(CHANGED_INPUT)}</div>` : "",
    passed
      ? ""
      : `<div style="margin-top:6px;opacity:.75">Stuck? <code>hint("${result.id}")</code></div>`,
  ];
  return cardHtml(
    colour,
    `${before}<b style="color:${colour}">${escapeMarkup(headline(result))}</b>`,
    body.join(""),
  );
}

function testHtml(test: TestResult, inFull: boolean): string {
  const colour =
    test.verdict === "passed"
      ? COLOURS.good
      : test.verdict === "not attempted"
        ? COLOURS.neutral
        : COLOURS.bad;
  const line = `<div><span style="color:${colour}">${SYMBOLS[test.verdict]}</span> <code>${escapeMarkup(test.title)}</code></div>`;
  if (!test.message) return line;
  const message = `<div style="margin-left:1.4em">${inlineHtml(test.message)}</div>`;
  return line + message + (inFull && test.difference ? differenceHtml(test.difference) : "");
}

/** Expected and actual side by side around the first difference, and where the expected value comes from. */
function differenceHtml({ expected, actual, index, window }: Difference): string {
  if (!(expected instanceof Tensor) || !(actual instanceof Tensor) || !index || expected.rank < 2)
    return "";
  const tables = [gridHtml("expected", expected, index), gridHtml("yours", actual, index)];
  const origin = window ? windowHtml(window, expected.get(...index)) : "";
  return `<div style="margin-left:1.4em"><div style="display:flex;gap:28px;flex-wrap:wrap">${tables.join("")}</div>${origin}</div>`;
}

/** No more rows and columns than this, around the first difference. */
const LARGEST_GRID = 7;

function gridHtml(caption: string, x: Tensor, index: readonly number[]): string {
  const [rowAxis, columnAxis] = planeAxes(x.shape);
  const rows = indicesAround(index[rowAxis], x.shape[rowAxis]);
  const columns = indicesAround(index[columnAxis], x.shape[columnAxis]);
  const inWords = index.map((i, axis) =>
    axis === rowAxis ? span(rows) : axis === columnAxis ? span(columns) : i,
  );
  const cells = rows.map((row) =>
    columns.map((column) => {
      const at = index.map((i, axis) =>
        axis === rowAxis ? row : axis === columnAxis ? column : i,
      );
      return {
        text: formatNumber(x.get(...at)),
        marked: row === index[rowAxis] && column === index[columnAxis],
      };
    }),
  );
  return `<div><div style="opacity:.75">${caption} [${inWords.join(", ")}]</div>${tableHtml(cells)}</div>`;
}

function indicesAround(centre: number, length: number): number[] {
  const first = Math.max(0, Math.min(centre - Math.floor(LARGEST_GRID / 2), length - LARGEST_GRID));
  return Array.from({ length: Math.min(LARGEST_GRID, length) }, (_, i) => first + i);
}

function span(indices: number[]): string {
  return `${indices[0]} to ${indices[indices.length - 1]}`;
}

/** The patch, the filter and the sum of their products: one output value, by hand. */
function windowHtml({ patch, filter, caption }: ComputedFrom, value: number): string {
  const grid = (x: Tensor): string => {
    return tableHtml(
      x.toMatrix().map((row) => row.map((cell) => ({ text: formatNumber(cell), marked: false }))),
    );
  };
  const parts = filter ? [grid(patch), "<span>·</span>", grid(filter)] : [grid(patch)];
  const result = `<span>${caption ? `${escapeMarkup(caption)}: ` : "= "}<b>${formatNumber(value)}</b></span>`;
  const row = [...parts, result].join("");
  return `<div style="opacity:.75;margin-top:4px">where it comes from</div><div style="display:flex;gap:12px;align-items:center;flex-wrap:wrap">${row}</div>`;
}

function tableHtml(rows: { text: string; marked: boolean }[][]): string {
  const cell = ({ text, marked }: { text: string; marked: boolean }): string =>
    `<td style="padding:1px 6px;text-align:right;border:1px solid rgba(127,127,127,.35);${marked ? `outline:2px solid ${COLOURS.bad};font-weight:bold` : ""}">${text}</td>`;
  const body = rows
    .map((row) => `<tr style="background:none">${row.map(cell).join("")}</tr>`)
    .join("");
  return `<table style="border-collapse:collapse;font-family:var(--jp-code-font-family,monospace);font-size:13px;margin:2px 0">${body}</table>`;
}
