import assert from "node:assert/strict";
import { display, liveDisplay } from "convbook";
import { inNotebook } from "#dist/notebook/index.js";
import { fakeKernel, printed } from "./fakeKernel";

describe("notebook, in a terminal", () => {
  it("inNotebook() is false", () => {
    assert.equal(inNotebook(), false);
  });

  it("display(bundle) prints its text/plain", () => {
    const lines = printed(() => display({ "text/html": "<b>cat</b>", "text/plain": "cat" }));
    assert.deepEqual(lines, ["cat"]);
  });

  it("display(bundle without text) names the types that it cannot print", () => {
    const lines = printed(() => display({ "image/png": new Uint8Array(3), "text/html": "" }));
    assert.deepEqual(lines, ["[image/png, text/html]"]);
  });

  it("liveDisplay() prints an update only when its text is new", () => {
    const lines = printed(() => {
      const live = liveDisplay();
      for (const text of ["1", "1", "2"]) live.update({ "text/plain": text });
    });
    assert.deepEqual(lines, ["1", "2"]);
  });
});

describe("notebook, in the kernel", () => {
  it("inNotebook() is true", () => {
    fakeKernel(() => assert.equal(inNotebook(), true));
  });

  it("display(bundle) sends the whole bundle in one message and prints nothing", () => {
    const bundle = { "application/json": { a: 1 }, "text/plain": "a is 1" };
    let lines: string[] = [];
    const sent = fakeKernel(() => {
      lines = printed(() => display(bundle));
    });
    assert.deepEqual(lines, []);
    assert.deepEqual(
      sent.map(({ data, update }) => ({ data, update })),
      [{ data: bundle, update: false }],
    );
  });

  it("display(bytes) sends them as base64", () => {
    const sent = fakeKernel(() => display({ "image/png": Uint8Array.of(137, 80, 78, 71) }));
    assert.equal(sent[0].data["image/png"], "iVBORw==");
  });

  it("liveDisplay() updates one output, and each has its own", () => {
    const sent = fakeKernel(() => {
      const [one, other] = [liveDisplay(), liveDisplay()];
      one.update({ "text/plain": "1" });
      one.update({ "text/plain": "2" });
      other.update({ "text/plain": "a" });
    });
    assert.deepEqual(
      sent.map(({ update }) => update),
      [false, true, false],
    );
    assert.equal(sent[0].displayId, sent[1].displayId);
    assert.notEqual(sent[0].displayId, sent[2].displayId);
  });
});
