import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findLauncher, type Launcher } from "#dist/sandbox/launch.js";
import { inProject } from "#dist/project/index.js";

/** A process inside the walls with all of Node in its hands, as after the runner has been taken over. */
function inside(
  { command, nextUser }: Launcher,
  code: string,
  flags = (flag: string) => flag,
): string {
  const [program, ...rest] = command.slice(0, -2).map(flags).filter(Boolean);
  const attempt = `try { console.log(${code}) } catch (error) { console.log(error.code ?? error.message) }`;
  const env = { CONVBOOK_SECRET: "s3cret" };
  const user = nextUser?.();
  const { stdout, stderr } = spawnSync(program, [...rest, "-e", attempt], {
    encoding: "utf8",
    env,
    uid: user,
    gid: user,
  });
  return stdout.trim() || stderr.trim().slice(0, 500);
}

function withoutPermissions(flag: string): string {
  return /^--(experimental-)?permission$|^--allow-fs/.test(flag) ? "" : flag;
}

describe("the walls", function () {
  this.timeout(60_000);
  const limits = { memory: 256, processor: 5 };
  const folder = mkdtempSync(join(tmpdir(), "convbook-walls-"));
  const secret = join(folder, "secret.txt");
  before(() => writeFileSync(secret, "s3cret"));
  after(() => rmSync(folder, { recursive: true }));

  describe("of Node's permission model", () => {
    const launcher = findLauncher(limits, false);
    const result = (code: string): string => inside(launcher, code);

    it("let the library be read", () => {
      const file = inProject("dist", "index.js");
      assert.equal(result(`require(${JSON.stringify(file)}).zeros([2]).size`), "2");
    });

    it("let no solution, test, notebook or other file be read, whichever way leads there", () => {
      const files = [
        "lessons/02-padding/solution.ts",
        "node_modules/convbook/package.json",
        "test",
      ];
      const links = ["dist/../package.json", "node_modules/mathjs/../convbook/package.json"];
      for (const file of [...files, ...links].map((name) => `${inProject()}/${name}`))
        assert.equal(
          result(`fs.readFileSync(${JSON.stringify(file)}).length`),
          "ERR_ACCESS_DENIED",
        );
      assert.equal(
        result(`fs.readFileSync(${JSON.stringify(secret)}, "utf8")`),
        "ERR_ACCESS_DENIED",
      );
      assert.equal(result('fs.readdirSync("/").length'), "ERR_ACCESS_DENIED");
    });

    it("let no file be written, no process or thread be started", () => {
      const file = JSON.stringify(join(folder, "trace"));
      assert.equal(result(`fs.writeFileSync(${file}, "x")`), "ERR_ACCESS_DENIED");
      assert.equal(result('child_process.execSync("true")'), "ERR_ACCESS_DENIED");
      assert.equal(result('new worker_threads.Worker("1", { eval: true })'), "ERR_ACCESS_DENIED");
    });

    it("are said to be all there is", () => {
      assert.match(launcher.isolation.missing[0], /bubblewrap \(not asked for\): /);
    });
  });

  describe("of a user of its own, when Node's have fallen", () => {
    const launcher = findLauncher(limits, false);
    const result = (code: string): string => inside(launcher, code, withoutPermissions);
    before(function () {
      if (!launcher.nextUser) this.skip(); // only root can give a child another user
    });

    it("let no signal reach the grader or another child", () => {
      assert.equal(result(`process.kill(${process.pid}, 0)`), "EPERM");
      assert.notEqual(launcher.nextUser!(), launcher.nextUser!());
    });

    it("hide files of others, and write none", () => {
      chmodSync(secret, 0o600);
      assert.equal(result(`fs.readFileSync(${JSON.stringify(secret)}, "utf8")`), "EACCES");
      assert.equal(result(`fs.readFileSync("/proc/${process.pid}/environ", "utf8")`), "EACCES");
      assert.equal(result(`fs.writeFileSync(${JSON.stringify(inProject("x"))}, "x")`), "EACCES");
    });
  });

  describe("of bubblewrap, when Node's have fallen", () => {
    const launcher = findLauncher(limits, true);
    const result = (code: string): string => inside(launcher, code, withoutPermissions);
    before(function () {
      if (launcher.isolation.missing.length > 0) this.skip(); // it does not work on this machine
    });

    it("hide all files but the library's", () => {
      for (const file of [secret, inProject("package.json"), "/etc/passwd", "/convbook/lessons"])
        assert.equal(result(`fs.readFileSync(${JSON.stringify(file)}).length`), "ENOENT");
      assert.equal(result('fs.readdirSync("/convbook").sort().join()'), "assets,dist,node_modules");
      assert.equal(result('fs.existsSync("/convbook/node_modules/convbook")'), "false");
      assert.equal(result('fs.readdirSync("/tmp").length'), "0");
    });

    it("refuse sockets of every kind, and processes, by the filter of system calls", () => {
      assert.match(launcher.isolation.active.join(), /a filter of system calls/);
      const bound = (made: string, binding: string, to: string) =>
        result(`((w) => new w.${made})(process.binding("${binding}")).bind(${to})`);
      assert.equal(bound("TCP(0)", "tcp_wrap", '"127.0.0.1", 0'), "-1"); // EPERM
      assert.equal(bound("UDP()", "udp_wrap", '"127.0.0.1", 0, 0'), "-1");
      assert.equal(bound("Pipe(1)", "pipe_wrap", '"/tmp/socket"'), "-1");
      assert.match(result('child_process.spawnSync("/node", ["-v"]).error.code'), /EPERM|ENOSYS/);
      assert.equal(result('new worker_threads.Worker("1", { eval: true }).threadId'), "1");
    });

    it("let no file be written", () => {
      assert.equal(result('fs.writeFileSync("/convbook/dist/index.js", "x")'), "EROFS");
      assert.match(
        result('(process.on("SIGXFSZ", () => {}), fs.writeFileSync("/tmp/x", "x"))'),
        /EFBIG/,
      );
    });

    it("hide the environment and all other processes", () => {
      assert.equal(result("Object.keys(process.env).join()"), "PWD");
      const processes = 'fs.readdirSync("/proc").filter((name) => Number(name) > 2).length';
      assert.equal(result(processes), "0");
    });

    it("leave no network, not even to this machine", async () => {
      let visits = 0;
      const server = createServer((visitor) => void (visits++, visitor.destroy()));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as { port: number };
      const connect = `net.connect(${port}, "127.0.0.1").on("error", (error) => console.log(error.code)) && ""`;
      assert.match(result(connect), /EPERM|ECONNREFUSED|ENETUNREACH/);
      assert.match(
        result('Object.keys(os.networkInterfaces()).filter((name) => name !== "lo").length'),
        /^(?:0|ERR_SYSTEM_ERROR)$/, // the filter refuses the socket that asks
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(visits, 0);
      await new Promise((resolve) => server.close(resolve));
    });

    it("end what runs longer than its processor time, also when nobody watches", () => {
      const short = findLauncher({ memory: 256, processor: 1 }, true);
      const before = performance.now();
      inside(short, "(() => { for (;;); })()");
      assert(performance.now() - before < 30_000);
    });
  });
});
