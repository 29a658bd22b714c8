import { escapeMarkup } from "../notebook";

/** Text with `code` in backquotes, as hints and messages are written, as HTML. */
export function inlineHtml(text: string): string {
  return escapeMarkup(text)
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replace(/\n/g, "<br>");
}

/** Colours that are told apart by the colour-blind and legible on light and dark pages. */
export const COLOURS = {
  good: "#1b9e77",
  bad: "#d95f02",
  neutral: "#7a828e",
  help: "#3b82c4",
} as const;

/** The frame of everything that the exercises show: a strip of colour, a headline, a body. */
export function cardHtml(colour: string, headline: string, body: string): string {
  return (
    `<div class="convbook-card" style="border-left:4px solid ${colour};padding:6px 14px;margin:4px 0;max-width:860px;` +
    `font-family:var(--jp-ui-font-family,system-ui,sans-serif);font-size:14px;line-height:1.5;` +
    `color:var(--jp-ui-font-color1,inherit)"><div>${headline}</div>${body}</div>`
  );
}
