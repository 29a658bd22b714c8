import { createHash } from "node:crypto";
import { escapeMarkup } from "../../notebook";
import { printable } from "../../notebook";

/** Colours of a page, by light and dark; told apart by the colour-blind. Paper is light, and shows bars and marks. */
const STYLE = `
:root { color-scheme: light; --text: #24292f; --faint: #656d76; --page: #fff; --box: #f6f8fa;
  --line: #d0d7de; --good: #13795b; --bad: #b8500b; --accent: #2a6fb0; --rare: #ffd9a8; --common: #e4ecf5; }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --text: #e6edf3;
  --faint: #9198a1; --page: #0d1117; --box: #161b22; --line: #3d444d; --good: #3fc796; --bad: #f0934e;
  --accent: #6cb0f0; --rare: #6b4413; --common: #22303f; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); margin: 2em auto;
  max-width: 75em; padding: 0 1em; overflow-wrap: anywhere; }
h1 { font-size: 1.6em; } h2 { font-size: 1.25em; margin-top: 2em; } h3 { font-size: 1.05em; }
table { border-collapse: collapse; overflow-wrap: normal; } bdi, td code { overflow-wrap: anywhere; }
th, td { text-align: left; padding: .25em .7em; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
details { margin: .3em 0; } details details { margin-left: 1.2em; } summary { cursor: pointer; }
pre { background: var(--box); border: 1px solid var(--line); border-radius: 4px; padding: .6em; font-size: 13px; white-space: pre-wrap; }
code { font-size: .92em; } .faint { color: var(--faint); } .good { color: var(--good); } .bad { color: var(--bad); }
.scroll { overflow-x: auto; } .verdicts { letter-spacing: .1em; margin-left: .5em; }
.bars { table-layout: fixed; width: 100%; max-width: 46em; }
.bars td { border: 0; padding: 0 .1em; text-align: center; } .bars tr:first-child td { vertical-align: bottom; }
.bars div { background: var(--accent); width: 85%; margin: 0 auto; }
.bars div, mark, pre { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
@media (max-width: 40em) { body { margin: 1em auto; } details details { margin-left: .5em; } ul { padding-left: 1.2em; }
  th, td { padding: .25em .3em; } .bars { font-size: 11px; } }
@media print { body { margin: 0; max-width: none; font-size: 11px; } pre { font-size: 9px; } summary { break-after: avoid; } }
`;

/**
 * A page that stands alone: light or dark as the reader's system is, no script, and nothing loaded from
 * elsewhere, which its policy forbids besides. What is written by students must come escaped all the same;
 * its control characters are replaced here.
 *
 * @param title as text
 * @param body as HTML
 * @param style CSS of this page alone
 * @param script the one script that the page's policy lets run, where it has to have one; nothing of a student's is in it
 */
export function htmlPage(title: string, body: string, style = "", script = ""): string {
  const hash = createHash("sha256").update(script).digest("base64");
  const allowed = script === "" ? "" : `; script-src 'sha256-${hash}'`;
  const end = script === "" ? "" : `\n<script>${script}</script>`;
  return printable(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${allowed}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
<h1>${escapeMarkup(title)}</h1>
${body}${end}
</body>
</html>
`);
}

/** A name in a line of text: one that is written from right to left leaves the rest of the line alone. */
export function htmlName(name: string): string {
  return `<bdi>${escapeMarkup(name)}</bdi>`;
}

/** A table: cells are HTML; those that read as numbers stand to the right. */
export function htmlTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (tag: "th" | "td", html: string): string =>
    `<${tag}${/^[\d.,/ %-]+$/.test(html) ? ' class="number"' : ""}>${html}</${tag}>`;
  const row = (tag: "th" | "td", cells: readonly string[]): string =>
    `<tr>${cells.map((html) => cell(tag, html)).join("")}</tr>`;
  const body = rows.map((cells) => row("td", cells)).join("\n");
  return `<div class="scroll"><table><thead>${row("th", header)}</thead><tbody>\n${body}\n</tbody></table></div>`;
}

/** A bar of a chart. */
export interface Bar {
  label: string;
  count: number;
  /** 1 is the highest. */
  height: number;
}

/** Bars side by side, the count on each and its label below, so that no axis is needed. */
export function htmlBars(name: string, bars: readonly Bar[], highest: number): string {
  const counts = bars.map(({ count, height }) => {
    const pixels = count > 0 ? Math.max(2, Math.round(height * highest)) : 0;
    return `<td>${count || ""}<div style="height:${pixels}px"></div></td>`;
  });
  const labels = bars.map(({ label }) => `<td class="faint">${label}</td>`);
  return `<table class="bars" aria-label="${escapeMarkup(name)}"><tr>${counts.join("")}</tr><tr>${labels.join("")}</tr></table>`;
}

/** What is folded away until it is asked for, or open at once. Both are HTML. */
export function htmlDetails(summary: string, body: string, open = false): string {
  return `<details${open ? " open" : ""}><summary>${summary}</summary>\n${body}\n</details>`;
}
