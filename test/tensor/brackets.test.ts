import assert from "node:assert/strict";
import { type Tensor, tensor, zeros } from "convbook";

describe("a tensor is no list", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  const asList = x as unknown as number[][];

  it("x[0], x[i][j] and x[0] = ... say what to write", () => {
    const says =
      /A Tensor is no list, and has no \[0\]: write x\.get\(i, j\), one index for each axis/;
    assert.throws(() => asList[0], says);
    assert.throws(() => asList[0][1], says);
    assert.throws(() => (asList[0] = [1]), /write x\.set\(value, i, j\)/);
  });

  it("other names that it does not have are undefined, and its own are found", () => {
    const other = x as Tensor & { then?: unknown; length?: unknown };
    assert.equal(other.then, undefined);
    assert.equal(other.length, undefined);
    assert.equal(x.hasOwnProperty("shape"), true);
    assert.deepEqual(x.clone(), x);
  });

  it("x.data.reduce adds up, whatever the precision", () => {
    assert.equal(x.data.reduce((sum, value) => sum + value, 0), 10); // prettier-ignore
    assert.equal(x.as("float64").data.reduce((a, b) => a + b), 10); // prettier-ignore
  });

  it("x.set(index, value) in the wrong order says that the value stands first", () => {
    assert.throws(
      () => zeros([2, 2]).set(1, 1, 7),
      /The value stands first: x\.set\(value, \.\.\.index\)/,
    );
  });
});
