import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { Child } from "#dist/sandbox/Child.js";
import { Pool } from "#dist/sandbox/Pool.js";

/** What a child that has been taken over may use to talk to the grader. */
const TOOLS = `
const fs = require("node:fs");
const write = (bytes) => { for (let at = 0; at < bytes.length; ) at += fs.writeSync(3, bytes, at); };
const message = (...parts) => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
};
const read = (length) => {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) at += fs.readSync(3, bytes, at, length - at, null);
  return bytes;
};
const request = () => { const body = read(read(4).readUInt32LE(0)); return { id: body.subarray(0, 16), body: body.subarray(16) }; };
const stay = () => setInterval(() => {}, 1000);
`;
const READY = "write(message());";

/** Starts a child that runs this code in place of our runner, and calls it once. */
async function ask(code: string, limit = 5_000) {
  const child = new Child([process.execPath, "-e", TOOLS + code]);
  await child.started();
  const reaction = await child.ask(Buffer.from("question"), limit);
  child.kill();
  return "answer" in reaction ? reaction.answer.toString() : reaction.ended;
}

describe("Child", function () {
  this.timeout(30_000);

  it("ask(body) gives what stands behind the id of the call", async () => {
    assert.equal(
      await ask(`${READY} const { id, body } = request(); write(message(id, body));`),
      "question",
    );
  });

  it("ask(body) puts an answer together that comes byte by byte", async () => {
    const dribble =
      "const { id, body } = request(); for (const byte of message(id, body)) write([byte]);";
    assert.equal(await ask(`${READY} ${dribble.replace("[byte]", "Buffer.of(byte)")}`), "question");
  });

  it("ask(body) takes no answer with the id of another call", async () => {
    const forged = `${READY} request(); write(message(Buffer.alloc(16), "forged")); stay();`;
    assert.equal(await ask(forged), "forgery");
  });

  it("ask(body) takes no answer that was there before the question", async () => {
    assert.match(await ask(`${READY} write(message("an answer in advance")); stay();`), /forgery/);
  });

  it("ask(body) takes no second answer, nor bytes behind the first", async () => {
    const twice = `${READY} const { id } = request(); const a = message(id, "a"); write(Buffer.concat([a, a])); stay();`;
    assert.equal(await ask(twice), "forgery");
  });

  it("ask(body) takes no message that claims four gigabytes", async () => {
    assert.equal(await ask(`${READY} request(); write(Buffer.alloc(4, 255)); stay();`), "forgery");
  });

  it("ask(body) waits no longer than its limit for half an answer", async () => {
    const half = `${READY} const { id } = request(); write(message(id, "abc").subarray(0, 22)); stay();`;
    assert.equal(await ask(half, 300), "timeout");
  });

  it("ask(body) hears a long answer out that came while this thread was busy", async () => {
    const long = `${READY} const { id } = request(); write(message(id, "abc", Buffer.alloc(1e7)));`;
    const child = new Child([process.execPath, "-e", TOOLS + long]);
    await child.started();
    const reaction = child.ask(Buffer.from("question"), 1000);
    setTimeout(() => {
      const until = performance.now() + 1500;
      while (performance.now() < until);
    });
    const came = await reaction;
    child.kill();
    assert("answer" in came, JSON.stringify(came));
    assert.equal(came.answer.length, 3 + 1e7);
  });

  it("ask(body) of a child that ends in the middle is a death", async () => {
    const half = `${READY} const { id } = request(); write(message(id, "abc").subarray(0, 22)); process.exit();`;
    assert.equal(await ask(half), "death");
  });

  it("ask(body) of a child that prints without end ends it", async () => {
    const flood = `${READY} request(); for (;;) fs.writeSync(1, "flood ".repeat(1000));`;
    assert.equal(await ask(flood, 20_000), "flood");
  });

  it("ask(body) ends a child that takes no notice of signals, with those it has started", async () => {
    const mark = `convbook-test-${process.pid}-${Date.now()}`;
    const deaf = `
      for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => {});
      require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "${mark}"]);
      ${READY} stay();`;
    assert.equal(await ask(deaf, 500), "timeout");
    const running = () => execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
    const left = () =>
      running()
        .split("\n")
        .filter((line) => line.includes(`0) ${mark}`));
    for (let wait = 0; wait < 30 && left().length > 0; wait++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(left(), []);
  });

  it("pool.take() of children that do not start says why, in their words", async () => {
    const broken = ["/bin/sh", "-c", "echo; echo no namespaces here >&2; exit 1"];
    const absent = ["/no/such/program"];
    for (const [command, why] of [
      [broken, /No process for an answer starts on this machine: no namespaces here/],
      [absent, /ENOENT/],
    ] as const) {
      const pool = new Pool(() => new Child(command), 0);
      await assert.rejects(pool.take(), why);
      pool.close();
    }
  });
});
