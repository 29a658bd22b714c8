import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new folder, with a space in its name, for each test of the suite that calls this. */
export function temporaryFolder() {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "convbook test "))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return (...parts) => join(folder, ...parts);
}
