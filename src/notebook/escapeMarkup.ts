/**
 * Text made safe to stand in HTML or SVG.
 *
 * @example
 * escapeMarkup("1 < 2 & 3") // → "1 &lt; 2 &amp; 3"
 */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
