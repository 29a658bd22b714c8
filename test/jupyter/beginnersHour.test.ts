import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "#dist/project/index.js";
import { HOUR, IMPORTS } from "./beginnersHour";
import { type Shown, WirelessKernel } from "./WirelessKernel";

describe("a beginner's hour in one notebook", function () {
  this.timeout(600_000);
  this.slow(10_000);
  const folder = mkdtempSync(join(tmpdir(), "beginner-"));
  const shown: Shown[] = [];

  before(async () => {
    furnish(folder);
    const kernel = new WirelessKernel(folder);
    await kernel.run(IMPORTS);
    for (const cell of HOUR) shown.push(await kernel.run(cell.code, cell));
    await kernel.close();
  });
  after(() => rmSync(folder, { recursive: true }));

  HOUR.forEach(({ code, ends, shows }, i) => {
    it(`${JSON.stringify(code)} ends ${ends}, and shows ${shows.source}`, () => {
      const { reply, errors, stdout, stderr, value } = shown[i];
      assert.equal(reply.status === "error" ? reply.ename : "ok", ends, errors);
      const all = stderr + stdout + errors + value;
      assert.match(all, shows);
      assert.doesNotMatch(
        errors + value,
        /dist\/jupyter|node:inspector|__convbook|__cell|evalmachine/,
      );
    });
  });
});

describe("a notebook in a folder of its own, far from the course", function () {
  this.timeout(120_000);
  this.slow(10_000);

  it("has the course's package, and is told of others that are not there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "far-"));
    const kernel = new WirelessKernel(folder);
    const { value } = await kernel.run('import { tensor } from "convbook"; tensor([1, 2]).sum()');
    const other = await kernel.run('await import("not-there" as string)');
    await kernel.close();
    rmSync(folder, { recursive: true });
    assert.equal(value, "3");
    assert.match(other.errors, /There is no package "not-there" here/);
  });
});

/** Puts into the folder what the cells import. */
function furnish(folder: string): void {
  writeFileSync(join(folder, "helper.ts"), "export const twice = (x: number): number => 2 * x;");
  const esmOnly = join(folder, "node_modules", "esm-only");
  mkdirSync(esmOnly, { recursive: true });
  symlinkSync(projectRoot, join(folder, "node_modules", "convbook"));
  const exports = { types: "./index.d.ts", import: "./index.js" };
  const description = { name: "esm-only", version: "1.0.0", type: "module", exports };
  writeFileSync(join(esmOnly, "package.json"), JSON.stringify(description));
  writeFileSync(join(esmOnly, "index.js"), 'export const v4 = () => "four";');
  writeFileSync(join(esmOnly, "index.d.ts"), "export declare const v4: () => string;");
}
