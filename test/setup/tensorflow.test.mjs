import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { python } from "../../scripts/setup/environment.mjs";
import { inRoot } from "../../scripts/setup/paths.mjs";
import { wheelPin } from "../../scripts/setup/tensorflow/library.mjs";
import { machineProblem } from "../../scripts/setup/tensorflow/machine.mjs";
import { wantedVersion } from "../../scripts/setup/tensorflow/package.mjs";
import { temporaryFolder } from "./temporaryFolder.mjs";

describe("machineProblem", () => {
  const fit = { platform: "linux", arch: "x64", glibc: "2.36", compiler: "c++", freeBytes: 5e9 };

  it("machineProblem(machine that will do) is undefined", () => {
    assert.equal(machineProblem(fit), undefined);
    assert.equal(machineProblem({ ...fit, glibc: "2.27" }), undefined);
    assert.equal(machineProblem({ ...fit, glibc: "3.0" }), undefined);
  });

  it("machineProblem(another system or processor) says what the library is for, and what there is instead", () => {
    for (const other of [{ platform: "darwin", arch: "arm64" }, { arch: "arm64" }])
      assert.match(
        machineProblem({ ...fit, ...other }),
        new RegExp(`Linux on 64-bit Intel.* this is .* on ${other.arch}\\..* npm ci .*WebAssembly`),
      );
  });

  it("machineProblem(older glibc, or none) names both versions", () => {
    assert.match(machineProblem({ ...fit, glibc: "2.17" }), /glibc 2\.27 .* has 2\.17/);
    assert.match(machineProblem({ ...fit, glibc: undefined }), /has another C library/);
  });

  it("machineProblem(no compiler) says how to get one", () => {
    assert.match(machineProblem({ ...fit, compiler: undefined }), /apt install g\+\+/);
  });

  it("machineProblem(full disk) says how much is needed and how much there is", () => {
    assert.match(machineProblem({ ...fit, freeBytes: 3e8 }), /1\.2 GB are needed.* 0\.3 GB/);
  });
});

describe("TensorFlow's library", () => {
  const inFolder = temporaryFolder();

  it("environment/tensorflow.txt pins one wheel by version and hash, and names no address", () => {
    const [pin, ...others] = readFileSync(wheelPin, "utf8")
      .split(/^(?=[a-z])/m)
      .slice(1);
    assert.match(pin, /^tensorflow-cpu==2\.21\.0 \\\n +--hash=sha256:[0-9a-f]{64}\n$/);
    assert.deepEqual(others, []);
  });

  it("package.json pins tfjs-node to the version of tfjs", () => {
    const { devDependencies } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
    assert.equal(wantedVersion(), devDependencies["@tensorflow/tfjs"]);
  });

  it("unpack.py takes the libraries and the headers of the C interface out of a wheel, and nothing else", () => {
    const wheel = inFolder("tensorflow.whl");
    const names = [
      "tensorflow/__init__.py",
      "tensorflow/libtensorflow_cc.so.2",
      "tensorflow/libtensorflow_framework.so.2",
      "tensorflow/python/_pywrap_tfe.so",
      "tensorflow/include/tensorflow/c/c_api.h",
      "tensorflow/include/tensorflow/c/notes.txt",
      "tensorflow/include/Eigen/Core",
      "tensorflow/include/tsl/platform/ctstring.h",
    ];
    const pack =
      "import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w') as z:\n  [z.writestr(n, n) for n in sys.argv[2:]]";
    execFileSync(python, ["-c", pack, wheel, ...names]);
    const unpack = new URL("../../scripts/setup/tensorflow/unpack.py", import.meta.url);
    execFileSync(python, [fileURLToPath(unpack), wheel, inFolder("kept")]);
    const files = readdirSync(inFolder("kept"), { recursive: true, withFileTypes: true });
    assert.deepEqual(
      files
        .filter((file) => file.isFile())
        .map(({ name }) => name)
        .sort(),
      ["c_api.h", "ctstring.h", "libtensorflow_cc.so.2", "libtensorflow_framework.so.2"],
    );
    assert.equal(
      readFileSync(inFolder("kept", "include", "tensorflow", "c", "c_api.h"), "utf8"),
      "tensorflow/include/tensorflow/c/c_api.h",
    );
  });
});
