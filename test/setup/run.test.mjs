import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { explain } from "../../scripts/setup/explain.mjs";
import { showProgress } from "../../scripts/setup/progress.mjs";
import { run } from "../../scripts/setup/run.mjs";
import { temporaryFolder } from "./temporaryFolder.mjs";

describe("run", () => {
  const inFolder = temporaryFolder();
  const node = (code) =>
    run(process.execPath, ["-e", code], {
      name: "npm ci",
      logFile: inFolder("packages.log"),
      cwd: inFolder(),
    });

  it("run(command) keeps what is printed in the log file", async () => {
    await node("console.log('out'); console.error('err')");
    assert.match(readFileSync(inFolder("packages.log"), "utf8"), /^\$ .*out\n/ms);
    assert.match(readFileSync(inFolder("packages.log"), "utf8"), /err\n/);
  });

  it("run(command that fails) shows the last lines, and where the rest is", async () => {
    const fails = "for (let i = 1; i <= 100; i++) console.log('line ' + i); process.exitCode = 3";
    await assert.rejects(node(fails), (problem) => {
      assert.equal(problem.name, "Problem");
      assert.match(problem.message, /^npm ci failed \(exit code 3\)\. .*packages\.log/);
      assert.deepEqual([problem.details.length, problem.details.at(-1)], [12, "line 100"]);
      return true;
    });
  });

  it("run(command that fails for a known reason) says what to do", async () => {
    const fails = "console.error('npm error code EAI_AGAIN'); process.exitCode = 1";
    await assert.rejects(node(fails), /^Problem: No network: .* run the same command again/);
  });

  it("run(command, {seconds}) ends what takes longer", async () => {
    const options = { name: "install.js", logFile: inFolder("native.log"), cwd: inFolder() };
    const endless = ["-e", "setInterval(() => {}, 1000)"];
    await assert.rejects(
      run(process.execPath, endless, { ...options, seconds: 0.2 }),
      /^Problem: install\.js failed \(SIGTERM\)/,
    );
  });

  it("run(command, {failureSign}) does not trust an exit code of 0", async () => {
    const options = { name: "npm ci", logFile: inFolder("packages.log"), cwd: inFolder() };
    const warns = ["-e", "console.error('npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left')"];
    await run(process.execPath, warns, options);
    await assert.rejects(
      run(process.execPath, warns, { ...options, failureSign: /TAR_ENTRY_ERROR/ }),
      /^Problem: The disk is full/,
    );
  });

  it("run(command that does not exist) is a problem, too", async () => {
    const options = { name: "npm ci", logFile: inFolder("packages.log"), cwd: inFolder() };
    await assert.rejects(run("no-such-command", [], options), /npm ci failed .*ENOENT/);
  });

  it("run(command) ends the command when the process is told to end", async () => {
    const module = fileURLToPath(new URL("../../scripts/setup/run.mjs", import.meta.url));
    const options = { name: "x", logFile: inFolder("x.log"), cwd: inFolder() };
    const installer = "console.log('working'); setInterval(() => {}, 1000)";
    const program = `
      import { run } from ${JSON.stringify(module)};
      setTimeout(() => process.kill(process.pid, "SIGTERM"), 300);
      await run(process.execPath, ["-e", ${JSON.stringify(installer)}], ${JSON.stringify(options)});`;
    const setUp = spawn(process.execPath, ["--input-type=module", "-e", program]);
    // "close" comes when nobody holds the output any more: neither the process nor what it has started.
    assert.deepEqual(await once(setUp, "close"), [143, null]);
  });
});

describe("explain", () => {
  const cases = {
    "npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write": /disk is full/,
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device":
      /disk is full/,
    "npm error code EAI_AGAIN\nnpm error syscall getaddrinfo": /^No network/,
    "npm error code ENOTFOUND": /^No network/,
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(":
      /^No network/,
    "Error: EROFS: read-only file system, mkdir '/course/.convbook'": /could not be written/,
    "npm error code EACCES": /could not be written/,
    "npm error code SELF_SIGNED_CERT_IN_CHAIN": /certificate was refused/,
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.": /not the one/,
  };
  for (const [output, meaning] of Object.entries(cases))
    it(`explain(${JSON.stringify(output.slice(0, 60))}...)`, () =>
      assert.match(explain(output), meaning));

  it("explain(what lies outside the project and cannot be written) does not blame the project's folder", () => {
    const output =
      "npm error code EACCES\nnpm error Error: EACCES: permission denied, mkdir '/home/me/.npm/_cacache'";
    assert.match(
      String(explain(output)),
      /^\/home\/me\/\.npm\/_cacache, which is outside the project/,
    );
    assert.match(String(explain("EACCES: permission denied, mkdir")), /Clone the project/);
  });

  it("explain(anything else) is undefined", () => {
    assert.equal(explain("src/index.ts(1,1): error TS2307: Cannot find module"), undefined);
  });
});

describe("showProgress", () => {
  const shown = async (isTTY, work) => {
    const out = Object.assign(new PassThrough(), { isTTY });
    await showProgress("npm packages", work, out).catch((error) => out.write(`${error.message}\n`));
    return out.read().toString();
  };

  it("showProgress(title, work) writes one line", async () => {
    assert.match(await shown(false, async () => {}), /^ {2}npm packages +\.\.\. done, 0 s\n$/);
  });

  it("showProgress(title, work that fails) says so and passes the error on", async () => {
    const fails = async () => {
      throw new Error("no network");
    };
    assert.match(await shown(false, fails), /\.\.\. failed after 0 s\nno network\n$/);
  });

  it("showProgress(title, work) overwrites its line in a terminal", async () => {
    assert.match(await shown(true, async () => {}), /\r {2}npm packages +done, 0 s *\n$/);
  });
});
