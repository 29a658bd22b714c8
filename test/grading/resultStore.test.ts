import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ResultKey, ResultStore } from "#dist/grading/resultStore.js";

describe("ResultStore", () => {
  let folder: string;
  let store: ResultStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "convbook-"));
    store = new ResultStore(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const key: ResultKey = {
    fingerprint: "f",
    sha256: "s",
    lesson: "05-pooling",
    seed: 1,
    timeout: 1,
    totalTimeout: 2,
    memory: 3,
    isolation: "i",
  };
  const result = { seed: 1, exercises: [], output: "hello" };

  it("read(key) gives what write(key, result) kept, also to another store", async () => {
    await store.write(key, result);
    assert.deepEqual(new ResultStore(folder).read(key), result);
    assert.deepEqual(
      store.read(Object.fromEntries(Object.entries(key).reverse()) as never),
      result,
    );
  });

  it("read(key) finds nothing when anything that a mark depends on has changed", async () => {
    await store.write(key, result);
    for (const name of Object.keys(key) as (keyof ResultKey)[])
      assert.equal(store.read({ ...key, [name]: `other` } as ResultKey), undefined, name);
  });

  it("read(key) finds nothing in a file that is cut off, empty or another's", async () => {
    await store.write(key, result);
    const [file] = readdirSync(folder).map((name) => join(folder, name));
    const text = readFileSync(file, "utf8");
    for (const spoilt of [
      text.slice(0, -20),
      "",
      "null",
      text.replace('"seed":1', '"seed":2').replace('"seed": 1', '"seed": 2'),
    ]) {
      writeFileSync(file, spoilt);
      assert.equal(store.read(key), undefined);
    }
  });

  it("two that write the same result at once leave one whole file", async () => {
    const other = new ResultStore(folder);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other).write(key, result)),
    );
    assert.equal(readdirSync(folder).length, 1);
    assert.deepEqual(store.read(key), result);
  });
});
