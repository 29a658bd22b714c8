/** What an answer may import: the course, and what of Node neither reads nor reaches anything. */
export const ALLOWED_MODULES: ReadonlySet<string> = new Set([
  "convbook",
  ...["assert", "assert/strict", "path", "perf_hooks", "util"].flatMap((name) => [
    name,
    `node:${name}`,
  ]),
]);
