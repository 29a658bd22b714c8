import assert from "node:assert/strict";
import { formatNumber, fromFunction, full, tensor, zeros } from "convbook";
import { formatApart, formatTensor, tensorHtml } from "#dist/tensor/index.js";

const text = (...lines: string[]) => lines.join("\n");

describe("formatTensor", () => {
  it("formatTensor(matrix) aligns the columns", () => {
    const x = tensor([
      [1, -20],
      [0.5, 3],
    ]);
    assert.equal(
      formatTensor(x),
      text(
        "Tensor [2, 2] float32", //
        "[[  1.0 -20.0]",
        " [  0.5   3.0]]",
      ),
    );
  });

  it("formatTensor(fractions) gives all as many decimals, four at the most", () => {
    assert.match(formatTensor(tensor([1 / 3, -2.25, 10])), /\n\[ 0.3333 -2.2500 10.0000\]$/);
    assert.match(formatTensor(tensor([0.1, 0.2])), /\n\[0.1 0.2\]$/);
    assert.match(formatTensor(tensor([0.5, NaN])), /\n\[0.5 NaN\]$/);
    assert.match(formatTensor(tensor([2.5e-7, 1, 0.5])), /\n\[2.500e-7 {8}1 {6}0.5\]$/);
  });

  it("formatTensor(NaN and infinities) shows them", () => {
    const x = tensor([[NaN, 1], [Infinity, -Infinity]], [2, 2], "float64"); // prettier-ignore
    assert.equal(
      formatTensor(x),
      text(
        "Tensor [2, 2] float64", //
        "[[      NaN         1]",
        " [ Infinity -Infinity]]",
      ),
    );
  });

  it("formatTensor(one grey image) is its matrix", () => {
    const x = fromFunction([1, 2, 3, 1], (_, row, column) => 10 * row + column);
    assert.equal(
      formatTensor(x),
      text(
        "Tensor [1, 2, 3, 1] float32", //
        "[[ 0  1  2]",
        " [10 11 12]]",
      ),
    );
  });

  it("formatTensor(images) is a matrix for each channel, named by its index", () => {
    const x = fromFunction([2, 1, 2, 2], (m, _, column, c) => 100 * m + 10 * column + c);
    assert.equal(
      formatTensor(x),
      text(
        "Tensor [2, 1, 2, 2] float32",
        "[0, :, :, 0]",
        "[[  0  10]]",
        "[0, :, :, 1]",
        "[[  1  11]]",
        "[1, :, :, 0]",
        "[[100 110]]",
        "[1, :, :, 1]",
        "[[101 111]]",
      ),
    );
  });

  it("formatTensor(filters) is a matrix for each pair of channels", () => {
    const x = fromFunction([2, 2, 1, 2], (row, column, _, o) => 10 * (2 * row + column) + o);
    assert.equal(
      formatTensor(x),
      text(
        "Tensor [2, 2, 1, 2] float32",
        "[:, :, 0, 0]",
        "[[ 0 10]",
        " [20 30]]",
        "[:, :, 0, 1]",
        "[[ 1 11]",
        " [21 31]]",
      ),
    );
  });

  it("formatTensor(1 x 1 filter) is channels by channels; of one pixel an image, images by channels", () => {
    const filter = fromFunction([1, 1, 2, 3], (_, __, c, o) => 10 * c + o);
    assert.match(formatTensor(filter), /\n\[\[ 0 {2}1 {2}2\]\n \[10 11 12\]\]$/);
    const pooled = fromFunction([2, 1, 1, 3], (m, _, __, c) => 10 * m + c);
    assert.match(formatTensor(pooled), /\n\[\[ 0 {2}1 {2}2\]\n \[10 11 12\]\]$/);
    assert.match(formatTensor(full([1, 1, 1, 3], 7)), /\n\[\[7 7 7\]\]$/);
    assert.match(formatTensor(full([1, 1, 3, 1], 7)), /\n\[\[7 7 7\]\]$/);
  });

  it("formatTensor(large) shows the edges and the first matrices", () => {
    const x = fromFunction([32, 28, 28, 16], (m) => m);
    const lines = formatTensor(x).split("\n");
    assert.equal(lines[2], "[[0 0 0 ... 0 0 0]");
    assert.equal(lines[5], " ...");
    assert.equal(lines.length, 1 + 6 * 8 + 1);
    assert.equal(lines.at(-1), "... and 506 more of this size");
  });

  it("formatTensor(no axis, one axis, no values)", () => {
    assert.equal(formatTensor(tensor(7)), "Tensor [] float32\n7");
    assert.equal(formatTensor(tensor([1, 2.5])), "Tensor [2] float32\n[1.0 2.5]");
    assert.match(formatTensor(zeros([100])), /\n\[0 0 0 \.\.\. 0 0 0\]$/);
    assert.equal(formatTensor(zeros([0, 3])), "Tensor [0, 3] float32, empty");
  });
});

describe("formatNumber", () => {
  it("formatNumber(value) is short", () => {
    const shown = [0.1, 1 / 3, 2.5e-7, 123456.789, 1234567.5, -0, 3, NaN].map(formatNumber);
    const expected = ["0.1", "0.3333", "2.500e-7", "123457", "1.234e+6", "0", "3", "NaN"];
    assert.deepEqual(shown.slice(0, 4), expected.slice(0, 4));
    assert.deepEqual(shown.slice(5), expected.slice(5));
    assert.match(shown[4], /^1\.23[45]e\+6$/);
  });
});

describe("formatApart", () => {
  it("formatApart(a large fraction, a whole number) writes both in one form", () => {
    assert.deepEqual(formatApart(1_026_167.6, 1_026_168), ["1026167.6", "1026168"]);
    assert.deepEqual(formatApart(2_345_678.9, 1_234_567), ["2345700", "1234600"]);
  });

  it("formatApart(a, b) takes no more digits than it needs", () => {
    assert.deepEqual(formatApart(1, 2.5), ["1", "2.5"]);
    assert.deepEqual(formatApart(1, 0.99998), ["1", "0.99998"]);
    assert.deepEqual(formatApart(123456.71, 123456.72), ["123456.71", "123456.72"]);
    assert.deepEqual(formatApart(0.1, 0.1 + 2 ** -56), ["0.1", "0.10000000000000002"]);
    assert.deepEqual(formatApart(7, 7), ["7", "7"]);
    assert.deepEqual(formatApart(NaN, 7), ["NaN", "7"]);
  });
});

describe("tensorHtml", () => {
  const count = (html: string, part: string) => html.split(part).length - 1;

  it("tensorHtml(matrix) is a table with every value", () => {
    const html = tensorHtml(tensor([[1, 2], [3, 4.5]])); // prettier-ignore
    assert.equal(count(html, "<tr>"), 2);
    assert.deepEqual(html.match(/(?<=<td[^>]*>)[^<]+/g), ["1.0", "2.0", "3.0", "4.5"]);
    assert.match(html, /<b>Tensor<\/b> \[2, 2\] float32, from 1 to 4.5, mean 2.625/);
  });

  it("tensorHtml(large) shows edges, the first matrices, and counts the rest", () => {
    const html = tensorHtml(zeros([8, 100, 100, 2]));
    assert.equal(count(html, "<table"), 6);
    assert.equal(count(html, "<td"), 6 * 7 * 7);
    assert.match(html, /<caption[^>]*>\[0, :, :, 1\]</);
    assert.match(html, /and 10 more of this size/);
  });

  it("tensorHtml(values with NaN) counts them", () => {
    assert.match(tensorHtml(tensor([1, NaN, 3])), /from 1 to 3, mean 2, <b>1 of 3 NaN<\/b>/);
    assert.match(tensorHtml(tensor([NaN])), /all NaN/);
  });

  it("tensorHtml(no values) says so", () => {
    assert.match(tensorHtml(zeros([0, 2])), /\[0, 2\] float32, empty/);
    assert.equal(count(tensorHtml(zeros([0, 2])), "<table"), 0);
  });
});
