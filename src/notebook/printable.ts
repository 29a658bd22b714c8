/**
 * Text without control characters, tabs and line breaks apart: each is shown as `�`. What a student wrote must
 * not move a terminal's cursor, or turn the order in which a reader sees it (Boucher & Anderson 2021, "Trojan
 * Source", arXiv 2111.00169).
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu,
    "�",
  );
}
