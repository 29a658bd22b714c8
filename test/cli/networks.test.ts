import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inProject } from "#dist/project/index.js";

function convbook(...args: string[]) {
  const program = inProject("bin", "convbook.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const decoder = inProject("test", "models", "fixtures", "decoder.dynamo.onnx");

describe("convbook cost, explain, summary, draw, compare", () => {
  it("convbook cost resnet50 --convention timm --json counts for programs", () => {
    const { status, stdout } = convbook("cost", "resnet50", "--convention", "timm", "--json");
    assert.equal(status, 0);
    const { network, counts } = JSON.parse(stdout) as {
      network: string;
      counts: { params: number; macs: number }[];
    };
    assert.deepEqual(
      [network, counts[0].params, counts[0].macs],
      ["ResNet-50", 25557032, 3879247872],
    );
  });

  it("convbook cost model.onnx --layers lists layers, and says what is not counted", () => {
    const { stdout } = convbook("cost", decoder, "--layers");
    assert.match(stdout, /^decoder\.dynamo: \[32, 30, 3\] → \[30, 30, 3\]/);
    assert.match(stdout, /transposed conv +32×32×3 +387 +98,304/);
    assert.match(stdout, /- Not known here, .*: 1 × PRelu\.$/m);
  });

  it('convbook explain resnet50 "ResNet-50 v1.5" names the cause', () => {
    const { stdout } = convbook("explain", "resnet50", "ResNet-50 v1.5");
    assert.match(stdout, /stride 2 instead of 1/);
    assert.match(convbook("explain", "resnet50").stderr, /a second network, --against/);
  });

  it("convbook summary and compare print tables", () => {
    assert.match(convbook("summary", "lenet").stdout, /^C1 /m);
    assert.match(convbook("compare", "resnet18", "mobilenet_v2").stdout, /^ResNet-18 /m);
  });

  it("convbook draw googlenet -o x.svg writes a drawing", () => {
    const folder = mkdtempSync(join(tmpdir(), "convbook-"));
    const file = join(folder, "x.svg");
    const { stdout } = convbook("draw", "googlenet", "-o", file);
    assert.match(stdout, /16 boxes/);
    assert.match(readFileSync(file, "utf8"), /^<svg /);
    rmSync(folder, { recursive: true });
  });

  for (const [what, args, message] of [
    ["an unknown network", ["cost", "renset50"], /Near it: ResNet-50/],
    ["a file that is not there", ["cost", "nowhere.onnx"], /a file that is there/],
    [
      "another size than the file's",
      ["cost", decoder, "--input", "8x8x3"],
      /must be \[32, 30, 3\]/,
    ],
    ["no shape", ["cost", decoder, "--input", "large"], /height, width and channels/],
    ["an unknown convention", ["cost", "resnet50", "--convention", "mine"], /Allowed choices/],
  ] as const)
    it(`${what} is refused in a line`, () => {
      const { status, stderr } = convbook(...args);
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /at .*\.js/);
    });
});
