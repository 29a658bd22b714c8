import assert from "node:assert/strict";
import { filterGrid, fromFunction, random, randomNormal, tensor, zeros } from "convbook";
import { attributesIn, imagesIn, lettersIn } from "./pictures";

const BLUE = [33, 102, 172];
const RED = [178, 24, 43];

describe("filterGrid", () => {
  it("filterGrid(matrix) writes the weights into cells, blue above 0 and red below", () => {
    const figure = filterGrid([[1, 0, -1]], { title: "Difference" });
    assert.deepEqual(lettersIn(figure).slice(0, 4), ["Difference", "1", "0", "−1"]);
    const colours = attributesIn(figure.svg, "rect", "fill").slice(0, 3);
    const expected = [BLUE, [247, 247, 247], RED].map((rgb) => `rgb(${rgb.join(", ")})`);
    assert.deepEqual(colours, expected);
  });

  it("filterGrid([kh, kw, cin, cout]) has a row for each input channel, a column for each filter", () => {
    const filter = fromFunction([2, 2, 3, 4], (a, b, c, o) => 1000 * o + 100 * c + 10 * a + b);
    const figure = filterGrid(filter);
    const captions = lettersIn(figure).filter((text) => text.startsWith("filter"));
    assert.equal(captions.length, 12);
    const numbers = lettersIn(figure).filter((text) => /^\d+$/.test(text));
    assert.equal(numbers.slice(0, 8).join(" "), "0 1 10 11 1000 1001 1010 1011");
    assert.equal(numbers.slice(16, 20).join(" "), "100 101 110 111", "channel 1 of filter 0");
    const transforms = attributesIn(figure.svg, "g", "transform").slice(0, 12);
    assert.equal(new Set(transforms.map((transform) => transform.match(/\d+/)![0])).size, 4);
  });

  it("filterGrid(many filters) draws them as pixels on one scale", () => {
    const filter = randomNormal([5, 5, 1, 32], random(1));
    const pictures = imagesIn(filterGrid(filter));
    assert.equal(pictures.length, 32);
    const reach = Math.max(-filter.min(), filter.max());
    const strongest = filter.data.findIndex((weight) => Math.abs(weight) === reach);
    const at = 3 * Math.floor(strongest / 32);
    const pixel = [...pictures[strongest % 32].data.subarray(at, at + 3)];
    assert.deepEqual(pixel, filter.data[strongest] > 0 ? BLUE : RED);
  });

  it("filterGrid(first layer, {rgb: true}) shows weights as colours around a middle grey", () => {
    const filter = tensor([2, 0, -2], [1, 1, 3, 1]);
    const [png] = imagesIn(filterGrid(filter, { rgb: true }));
    assert.deepEqual([...png.data], [255, 128, 0]);
    assert.throws(
      () => filterGrid(zeros([3, 3, 1, 8]), { rgb: true }),
      /filter must be of shape \[kh, kw, 3, cout\] for \{rgb: true\}, but got a tensor of shape \[3, 3, 1, 8\]/,
    );
  });

  it("filterGrid(what is no filter) is refused", () => {
    assert.throws(() => filterGrid(zeros([3, 3, 3])), /a tensor of shape \[kh, kw, cin, cout\]/);
    assert.throws(() => filterGrid([[NaN]]), /finite numbers/);
    assert.throws(() => filterGrid([[1]], { captions: [] }), /captions must be as many as the 1/);
  });
});
