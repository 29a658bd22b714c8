import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { BackendInUse } from "convbook";

const root = resolve(__dirname, "../../../..");

describe("useBackend(choice)", function () {
  this.timeout(20_000);

  /** What stands in for tfjs-node, where a test needs one. The real package, installed or not, is not found. */
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "convbook-backend-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const installNative = (source: string) => {
    const target = join(folder, "@tensorflow/tfjs-node");
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, "index.js"), source);
  };
  const inNewProcess = (body: string) => run(folder, body);

  it("useBackend() without tfjs-node takes wasm, and says how to get native TensorFlow", () => {
    const { result, backend } = inNewProcess("return useBackend()");
    assert.equal(backend, "wasm");
    assert.equal(result.name, "wasm");
    assert.match(result.reason, /WebAssembly\./);
    assert.match(result.reason, /@tensorflow\/tfjs-node is not installed/);
    assert.match(result.faster!, /npm run setup:tensorflow/);
  });

  it("useBackend() takes native TensorFlow when tfjs-node loads", () => {
    installNative(`
        const tf = require(${JSON.stringify(resolveHere("@tensorflow/tfjs"))});
        tf.copyRegisteredKernels("cpu", "tensorflow");
        tf.registerBackend("tensorflow", () => tf.engine().findBackend("cpu"));
      `);
    const { result, backend } = inNewProcess("return useBackend()");
    assert.equal(backend, "tensorflow");
    assert.deepEqual(result, {
      name: "tensorflow",
      reason: "tfjs computes in native TensorFlow.",
    });
  });

  it("useBackend() passes a broken tfjs-node by, and says why", () => {
    installNative('throw new Error("tfjs_binding.node can not be found\\nCall stack")');
    const { result, backend } = inNewProcess("return useBackend()");
    assert.equal(backend, "wasm");
    assert.match(result.reason, /does not load: tfjs_binding\.node can not be found$/);
  });

  it("useBackend() passes by a tfjs-node whose backend does not start", () => {
    installNative(`
        const tf = require(${JSON.stringify(resolveHere("@tensorflow/tfjs"))});
        console.warn = () => {};
        tf.registerBackend("tensorflow", () => Promise.reject(new Error("no such processor")));
      `);
    const { result, backend } = inNewProcess("return useBackend()");
    assert.equal(backend, "wasm");
    assert.match(result.reason, /The backend "tensorflow" of tfjs does not start/);
  });

  it('useBackend("tensorflow") without tfjs-node is an error, and tfjs stays where it was', () => {
    const { result, backend } = inNewProcess(`
        await useBackend("wasm");
        const error = await useBackend("tensorflow").catch((error) => error);
        return { name: error.constructor.name, reason: error.message };
      `);
    assert.equal(backend, "wasm");
    assert.equal(result.name as string, "Error");
    assert.match(
      result.reason,
      /^useBackend\(\): native TensorFlow \("tensorflow"\) cannot be had\. The package @tensorflow\/tfjs-node is not installed\. .*npm run setup:tensorflow/,
    );
  });

  it('useBackend("cpu") is followed, even after wasm', () => {
    const { result, backend } = inNewProcess('await useBackend("wasm"); return useBackend("cpu")');
    assert.equal(backend, "cpu");
    assert.equal(result.reason, "tfjs computes in plain JavaScript, as chosen.");
  });
});

/** Runs code in a process of its own, computes something there, and sees to it that nothing is printed beside the answer. */
function run(folder: string, body: string): { result: BackendInUse; backend: string } {
  const script = `
    const { useBackend } = require(${JSON.stringify(root)});
    const answer = async () => { ${body} };
    answer().then((result) => {
      const tf = require(${JSON.stringify(resolveHere("@tensorflow/tfjs"))});
      const y = tf.conv2d(tf.ones([1, 4, 4, 1]), tf.ones([3, 3, 1, 1]), 1, "valid");
      if (String(y.dataSync()) !== "9,9,9,9") throw new Error("It computes " + y);
      console.log(JSON.stringify({ result, backend: tf.getBackend() }));
    });`;
  const hidden = join(folder, "hideNative.js");
  writeFileSync(hidden, hideNative(folder));
  const { stdout, stderr } = spawnSync(process.execPath, ["-r", hidden, "-e", script], {
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  return JSON.parse(stdout);
}

function resolveHere(name: string): string {
  return createRequire(join(root, "package.json")).resolve(name);
}

/** Has Node look for tfjs-node in this folder, and nowhere else. */
function hideNative(folder: string): string {
  return `
    const Module = require("node:module");
    const resolve = Module._resolveFilename;
    Module._resolveFilename = (name, ...others) =>
      resolve(name === "@tensorflow/tfjs-node" ? ${JSON.stringify(folder)} + "/" + name : name, ...others);
  `;
}
