import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";

/** Internal, and so without types. */
const { readTarball } = require("#dist/pretrained/tarball.js") as {
  readTarball(path: string, wanted: (name: string) => boolean): Promise<Map<string, Uint8Array>>;
};

/** The first block of a member in the ustar format: its name, mode, owners, size, and the checksum over the block. */
function headerOf(name: string, size: number): Uint8Array {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  for (const at of [100, 108, 116]) block.write("0000644\0", at);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write("00000000000\0        0", 136);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

describe("readTarball", () => {
  let folder: string;
  before(() => void (folder = mkdtempSync(join(tmpdir(), "convbook-tarball-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function tarball(name: string, fill: (tar: ReturnType<typeof pack>) => void) {
    const tar = pack();
    fill(tar);
    tar.finalize();
    const file = join(folder, name);
    writeFileSync(file, gzipSync(await buffer(tar)));
    return file;
  }

  it("reads the members that are wanted, and no links", async () => {
    const file = await tarball("good.tgz", (tar) => {
      tar.entry({ name: "package/a" }, "one");
      tar.entry({ name: "package/b" }, "two");
      tar.entry({ name: "package/link", type: "symlink", linkname: "/etc/passwd" });
      tar.entry({ name: "package/last" }, "x".repeat(100_000));
    });
    const members = await readTarball(file, (name) => name !== "package/b");
    const texts = [...members].map(([name, bytes]) => [name, bytes.length]);
    assert.deepEqual(texts, [
      ["package/a", 3],
      ["package/last", 100_000],
    ]);
  });

  it("ends where a file is cut off, is no tarball, or claims a gigantic size", async () => {
    const file = await tarball("large.tgz", (tar) => {
      tar.entry({ name: "package/a" }, "x".repeat(10_000));
    });
    const cut = join(folder, "cut.tgz");
    writeFileSync(cut, readFileSync(file).subarray(0, 60));
    await assert.rejects(
      readTarball(cut, () => true),
      /unexpected end/,
    );
    const none = join(folder, "none.tgz");
    writeFileSync(none, "no tarball");
    await assert.rejects(
      readTarball(none, () => true),
      /incorrect header/,
    );
    const huge = join(folder, "huge.tgz");
    writeFileSync(huge, gzipSync(headerOf("package/huge", 5e9)));
    await assert.rejects(
      readTarball(huge, () => true),
      /unpacks to more than/,
    );
  });
});
