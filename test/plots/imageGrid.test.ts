import assert from "node:assert/strict";
import { featureMaps, fromFunction, full, imageGrid, tensor, zeros } from "convbook";
import { assertIsJson, attributesIn, imagesIn, lettersIn, widthOf } from "./pictures";

describe("imageGrid", () => {
  it("imageGrid(grey image of 0 to 1) holds its pixels as a PNG, black to white", () => {
    const figure = imageGrid([
      [0, 0.5],
      [0.2, 1],
    ]);
    const [png] = imagesIn(figure);
    assert.deepEqual([png.height, png.width, png.channels], [2, 2, 1]);
    assert.deepEqual([...png.data], [0, 128, 51, 255]);
    assertIsJson(figure);
  });

  it("imageGrid(colour images) keeps the channels in order", () => {
    const [png] = imagesIn(imageGrid(tensor([1, 0.2, 0, 0, 0, 1], [1, 1, 2, 3])));
    assert.equal(png.channels, 3);
    assert.deepEqual([...png.data], [255, 51, 0, 0, 0, 255]);
    const [bytes] = imagesIn(imageGrid(tensor([255, 51, 0, 0, 0, 255], [1, 1, 2, 3])));
    assert.deepEqual([...bytes.data], [...png.data]);
    const [clear] = imagesIn(imageGrid(tensor([1, 1, 1, 0], [1, 1, 4])));
    assert.deepEqual([...clear.data], [255, 255, 255, 0]);
  });

  it("imageGrid([photograph, signed map]) leaves the photograph grey and centres the map on 0", () => {
    const figure = imageGrid([tensor([[0, 1]]), tensor([[-4, 0, 2]]), tensor([[-8, 8]])]);
    const [grey, map, wider] = imagesIn(figure);
    assert.deepEqual([grey.channels, ...grey.data], [1, 0, 255]);
    const rgb = (png: typeof map, i: number) => [...png.data.subarray(3 * i, 3 * i + 3)];
    assert.deepEqual(rgb(map, 1), [247, 247, 247], "zero is white");
    assert.ok(rgb(map, 0)[0] > rgb(map, 0)[2], "negative is red");
    assert.ok(rgb(map, 2)[2] > rgb(map, 2)[0], "positive is blue");
    assert.deepEqual(rgb(wider, 0), [178, 24, 43], "the end of the scale that both share");
    assert.deepEqual(lettersIn(figure), ["−8", "0", "8"], "one colour bar");
  });

  it("imageGrid(bright image) is stretched, and its bar says how far", () => {
    const figure = imageGrid([[0, 5, 10]]);
    assert.deepEqual([...imagesIn(figure)[0].data], [0, 128, 255]);
    assert.deepEqual(lettersIn(figure), ["0", "5", "10"]);
  });

  it("imageGrid([bright, brighter]) shows both on one scale, with one bar", () => {
    const figure = imageGrid([tensor([[0, 5]]), tensor([[0, 10]])]);
    assert.deepEqual(
      imagesIn(figure).map(({ data }) => [...data]),
      [
        [0, 128],
        [0, 255],
      ],
    );
    assert.deepEqual(lettersIn(figure), ["0", "5", "10"]);
  });

  it("imageGrid([signed, bright]) gives each kind a scale and a bar of its own", () => {
    const figure = imageGrid([tensor([[-100, 100]]), tensor([[0, 10]])]);
    assert.deepEqual([...imagesIn(figure)[1].data], [0, 255]);
    assert.deepEqual(lettersIn(figure), ["−100", "0", "100", "0", "5", "10"]);
  });

  it("imageGrid(images, {range}) clips what lies beyond", () => {
    const [png] = imagesIn(imageGrid([[-1, 0, 1, 9]], { range: [0, 2] }));
    assert.deepEqual([...png.data], [0, 0, 128, 255]);
  });

  it("imageGrid(batch, {captions, title}) shows each with its caption", () => {
    const captions = ["one", "two", "three < four"];
    const figure = imageGrid(zeros([3, 4, 4, 1]), { captions, title: "Numbers" });
    assert.equal(imagesIn(figure).length, 3);
    assert.deepEqual(lettersIn(figure), ["Numbers", "one", "two", "three &lt; four"]);
    assert.equal(
      figure.text,
      `Numbers: 3 images of 4 × 4, values from 0 to 0: ${captions.join(", ")}`,
    );
  });

  it("imageGrid(small image, {title}) is as wide as its title", () => {
    const title = "From 35×35×320 to 17×17×640, in letters that are mostly digits";
    assert.ok(widthOf(imageGrid(zeros([4, 4]), { title })) >= 0.67 * 15 * title.length);
  });

  it("imageGrid(images, {columns}) breaks the rows there", () => {
    const figure = imageGrid(zeros([5, 4, 4, 1]), { columns: 2 });
    const offsets = attributesIn(figure.svg, "g", "transform").map((transform) =>
      transform.match(/\d+/g)!,
    );
    const [lefts, tops] = [0, 1].map((axis) => new Set(offsets.map((offset) => offset[axis])).size);
    assert.deepEqual([lefts, tops], [2, 3]);
  });

  it("imageGrid(any number of any size) fits on a screen, with pixels of whole size", () => {
    for (const [m, size] of [
      [1, 28],
      [40, 28],
      [9, 96],
      [1, 700],
      [4, 300],
      [1, 3],
    ]) {
      const { svg } = imageGrid(zeros([m, size, size, 1]));
      const [width, height, image] = [
        attributesIn(svg, "svg", "width"),
        attributesIn(svg, "svg", "height"),
        attributesIn(svg, "image", "width"),
      ].map(([value]) => Number(value));
      assert.ok(width <= 740 && height <= 640, `${m} of ${size}: ${width} × ${height}`);
      const pixel = image / size;
      assert.ok(pixel < 1 || Number.isInteger(pixel), `${m} of ${size}: a pixel of ${pixel}`);
    }
  });

  it("imageGrid(images shown at half their size) reduces them to the mean of blocks", () => {
    const stripes = fromFunction([1, 400, 400, 1], (_m, _row, column) => column % 2);
    const [png] = imagesIn(imageGrid(stripes, { size: 200 }));
    assert.deepEqual([png.height, png.width], [200, 200]);
    assert.deepEqual([...new Set(png.data)], [128]);
  });

  it("imageGrid(images, {boxes}) outlines pixels of the image they belong to", () => {
    const figure = imageGrid(zeros([2, 10, 10, 1]), {
      size: 100,
      boxes: [{ image: 1, top: 2, left: 3, height: 4, width: 5, label: "window" }],
    });
    const [, first, second] = figure.svg.split("<g ");
    assert.match(second, /<rect x="30" y="20" width="50" height="40"/);
    assert.doesNotMatch(first, /<rect/);
    assert.ok(lettersIn(figure).includes("window"));
    assert.throws(
      () =>
        imageGrid(zeros([4, 4]), { boxes: [{ image: 1, top: 0, left: 0, height: 1, width: 1 }] }),
      /boxes\[0\] must be \{top, left, height, width\} in pixels, but got \{"image":1/,
    );
  });

  it("imageGrid(what is no image) is refused", () => {
    assert.throws(
      () => imageGrid(zeros([4, 4, 2])),
      /must be of shape \[h, w\].* got a tensor of shape \[4, 4, 2\]\. featureMaps shows/,
    );
    assert.throws(() => imageGrid([[1, NaN]]), /finite numbers, but got NaN at data\[1\]/);
    assert.throws(() => imageGrid(full([2, 2, 3], -1)), /Say which values are dark and bright/);
    assert.throws(() => imageGrid(zeros([2, 4, 4, 1]), { captions: ["one"] }), /as many as the 2/);
    assert.throws(() => imageGrid(zeros([4, 4]), { columns: 0 }), /columns must be a positive/);
    assert.throws(() => imageGrid(zeros([4, 4]), { size: -1 }), /size must be a positive/);
    assert.throws(() => imageGrid([]), /imageGrid\(\): images/);
  });
});

describe("featureMaps", () => {
  it("featureMaps([1, h, w, c]) shows each channel by itself", () => {
    const maps = fromFunction([1, 2, 2, 3], (_m, _row, _column, c) => c / 2);
    const figure = featureMaps(maps);
    assert.deepEqual(
      imagesIn(figure).map((png) => [...png.data]),
      [
        [0, 0, 0, 0],
        [128, 128, 128, 128],
        [255, 255, 255, 255],
      ],
    );
    assert.deepEqual(lettersIn(figure), ["channel 0", "channel 1", "channel 2"]);
  });

  it("featureMaps(a batch) is refused", () => {
    assert.throws(() => featureMaps(zeros([2, 4, 4, 3])), /maps must be the maps of one image/);
  });
});
