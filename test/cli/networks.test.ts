import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zoo } from "convbook";
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

  it("convbook zoo lists names that the others find", () => {
    const names = convbook("zoo").stdout.match(/^ {2}[^:\n]+/gm) ?? [];
    assert.equal(names.length, zoo.all().length);
    assert.ok(names.every((name) => zoo.find(name.trim()).name === name.trim()));
    const rows = JSON.parse(convbook("zoo", "--json").stdout) as { name: string }[];
    assert.equal(rows.length, names.length);
  });

  it("convbook cost resnet50 says which of several it counts", () => {
    assert.match(convbook("cost", "resnet50").stdout, /^ResNet-50 \(stride in the 1×1, as in the/);
  });

  const folder = mkdtempSync(join(tmpdir(), "convbook-"));
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  after(() => rmSync(folder, { recursive: true }));
  const whole = readFileSync(decoder);
  const huge = file("huge.onnx", "");
  truncateSync(huge, 2 ** 31); // a hole, which takes no disk

  for (const [what, args, message] of [
    ["an unknown network", ["cost", "renset50"], /no network "renset50" .* Near it: ResNet-50/],
    ["nothing like a network", ["cost", "?"], /npx convbook zoo lists them\.$/m],
    ["a second network unknown", ["compare", "resnet50", "vgg61"], /no network "vgg61"/],
    ["a file that is not there", ["cost", "nowhere.onnx"], /There is no file nowhere\.onnx\./],
    ["a folder", ["summary", folder], /is a folder\. Name the model file in it/],
    ["an empty file", ["cost", file("empty.onnx", "")], /empty\.onnx: .*an empty one\./],
    ["a file cut off", ["cost", file("cut.onnx", whole.subarray(0, 999))], /cut\.onnx: .* ONNX/],
    ["noise", ["cost", file("noise.onnx", Buffer.alloc(9999, 7))], /must be an ONNX file/],
    ["a file of 2 GiB", ["cost", huge], /less than 2 GiB, but got one of 2147483648 bytes/],
    ["text for JSON", ["cost", file("model.json", "hello")], /must be JSON, but got something/],
    ["another's JSON", ["cost", file("package.json", "{}")], /must be a Keras model/],
    ["weights alone", ["cost", file("model.h5", "x")], /must be a model file: \.onnx, or/],
    [
      "another size than the file's",
      ["cost", decoder, "--input", "8x8x3"],
      /must be \[32, 30, 3\]/,
    ],
    ["no shape", ["cost", decoder, "--input", "large"], /height, width and channels/],
    ["a size for the zoo's", ["cost", "resnet50", "--input", "8x8x3"], /has a size of its own/],
    ["an unknown convention", ["cost", "resnet50", "--convention", "mine"], /Allowed choices/],
    ["an unknown option", ["cost", "resnet50", "--speed"], /unknown option '--speed'/],
    ["no network", ["cost"], /missing required argument/],
    ["a picture of another kind", ["draw", "lenet", "-o", "x.png"], /must end in \.svg/],
    ["no such block", ["draw", "lenet", "-o", "x.svg", "--block", "no"], /must be the path of a/],
    [
      "a folder that is not there",
      ["draw", "lenet", "-o", join(folder, "no", "x.svg")],
      /cannot be written: its folder is not there\./,
    ],
    ["a line without a count", ["explain", "lenet", "--line", "hello"], /"4\.1 GFLOPs"/],
  ] as const)
    it(`${what} is refused in a line`, () => {
      const { status, stderr } = convbook(...args);
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /at .*\.js/);
      assert.doesNotMatch(stderr, /readModel\(|zoo\.\w+\(|networkFrom/, "names functions");
      assert.ok(stderr.trim().split("\n").length <= 2, stderr);
    });
});
