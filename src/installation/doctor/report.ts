import { COLOURS } from "../../exercises";
import { escapeMarkup } from "../../notebook";
import type { Finding } from "./Finding";

const symbols = { good: "✓", warning: "!", bad: "✗" };
const colours = { good: COLOURS.good, warning: COLOURS.neutral, bad: COLOURS.bad };

/** Findings as lines of text, for a terminal. */
export function findingsText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const lines = findings.flatMap(({ subject, state, found, remedy }) => {
    const line = `${symbols[state]} ${subject.padEnd(width)}  ${found}`;
    return remedy ? [line, `${" ".repeat(width + 4)}${remedy}`] : [line];
  });
  return [...lines, verdict(findings)].join("\n");
}

/** Findings as a table, for a notebook. */
export function findingsHtml(findings: readonly Finding[]): string {
  const cell = 'style="text-align:left;vertical-align:top;padding:2px 14px 2px 0"';
  const rows = findings.map(({ subject, state, found, remedy }) => {
    // Bold is what has to be done; of what is sound, a remedy is but a hint.
    const tag = state === "good" ? "span" : "b";
    const advice = remedy ? `<br><${tag}>${escapeMarkup(remedy)}</${tag}>` : "";
    return (
      `<tr style="background:none"><td ${cell}><span style="color:${colours[state]}">${symbols[state]}</span></td>` +
      `<td ${cell}>${escapeMarkup(subject)}</td><td ${cell}>${escapeMarkup(found)}${advice}</td></tr>`
    );
  });
  return (
    `<div style="font-family:var(--jp-ui-font-family,system-ui,sans-serif);font-size:14px;color:var(--jp-ui-font-color1,inherit)">` +
    `<table style="border-collapse:collapse">${rows.join("")}</table><b>${escapeMarkup(verdict(findings))}</b></div>`
  );
}

function verdict(findings: readonly Finding[]): string {
  if (findings.some(({ state }) => state === "bad"))
    return "Something is in the way: see the lines marked ✗.";
  if (findings.some(({ state }) => state === "warning"))
    return "The course works here. The lines marked ! are worth a look.";
  return "All is well.";
}
