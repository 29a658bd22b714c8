import assert from "node:assert/strict";
import { inspect } from "node:util";
import { heatmap, imageGrid, outputSizeFormula, show, type Tensor, tensor, zeros } from "convbook";
import { fakeKernel, printed } from "../notebook/fakeKernel";

const PLOTLY = "application/vnd.plotly.v1+json";

describe("show", () => {
  it("show(figure) sends it in its own form and as text, in one message", () => {
    const figure = heatmap([[1, 2]], { title: "Two" });
    const sent = fakeKernel(() => show(figure));
    assert.equal(sent.length, 1);
    const { [PLOTLY]: plotly, ...rest } = sent[0].data as Record<string, Record<string, unknown>>;
    assert.deepEqual(plotly.data, figure.data);
    assert.deepEqual(plotly.layout, figure.layout);
    assert.equal((plotly.config as { responsive: boolean }).responsive, true);
    assert.deepEqual(rest, { "text/plain": figure.text });
  });

  it("show(picture) sends SVG, which a code host shows too", () => {
    const figure = imageGrid(zeros([2, 2]));
    const [{ data }] = fakeKernel(() => show(figure));
    assert.deepEqual(data, { "image/svg+xml": figure.svg, "text/plain": figure.text });
  });

  it("show(tensor) is a heat map of a matrix and the pictures of images", () => {
    const typeOf = (x: Tensor) => Object.keys(fakeKernel(() => show(x))[0].data)[0];
    assert.equal(typeOf(tensor([[1, 2]])), PLOTLY);
    assert.equal(typeOf(zeros([2, 8, 8, 1])), "image/svg+xml");
  });

  it("show(derivation) sets it as mathematics", () => {
    const solution = outputSizeFormula.solveFor("p", { n: 28, f: 5, o: 28 });
    const [{ data }] = fakeKernel(() => show(solution));
    assert.deepEqual(data, solution.mimeBundle());
    assert.deepEqual(Object.keys(data), ["text/latex", "text/plain"]);
  });

  it("show(figure) in a terminal prints its text", () => {
    const figure = heatmap([[1, 2]], { title: "Two" });
    const lines = printed(() => show(figure));
    assert.deepEqual(lines, [figure.text]);
  });

  it("show(what is no figure) is refused", () => {
    assert.throws(
      () => show("cat" as never),
      /show\(\): what must be a figure, a tensor or a derivation/,
    );
    assert.throws(() => show({ kind: "cat" } as never), /a figure, a tensor or a derivation/);
  });

  it("a figure at the end of a cell prints what it shows, not its data", () => {
    assert.match(inspect(heatmap([[1, 2]], { title: "Two" })), /^Two: 1 row.*\n[^]*show\(\.\.\.\)/);
  });
});
