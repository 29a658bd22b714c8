/** Longer messages are cut: nobody reads them, and they swell a report. */
const LONGEST_MESSAGE = 2000;

/** Commands to terminals, controls but line break and tab, and marks that turn the direction of text round. */
const UNPRINTABLE =
  /\u001b\[[0-?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text that somebody else wrote, made safe for a terminal and a report. HTML is not escaped here: whoever
 * writes HTML does that.
 */
export function printable(text: string, longest = LONGEST_MESSAGE): string {
  const clean = text.replace(UNPRINTABLE, "");
  return clean.length > longest ? `${clean.slice(0, longest)} ... (cut)` : clean;
}
