import assert from "node:assert/strict";
import {
  type Augmentation,
  augmented,
  colourAxes,
  colourShift,
  fit,
  fromFunction,
  full,
  layers,
  mirror,
  mnist,
  network,
  pcaColour,
  random,
  randomCrop,
  randomNormal,
  rotate,
  type Tensor,
  tensor,
  toLayersModel,
  warp,
} from "convbook";

const batch = (): Tensor =>
  randomNormal([4, 9, 8, 3], random(1)).map((value) => Math.min(Math.abs(value) / 3, 1));
const apart = (a: Tensor, b: Tensor): number =>
  Math.max(...Array.from(a.data, (value, i) => Math.abs(value - b.data[i])));

const all: Record<string, Augmentation> = {
  mirror: mirror(),
  randomCrop: randomCrop({ pixels: 2 }),
  rotate: rotate({ degrees: 25 }),
  warp: warp({ pixels: 1.5, grid: 4 }),
  colourShift: colourShift({ amount: 0.2 }),
  pcaColour: pcaColour(colourAxes(batch()), { deviation: 0.5 }),
};

describe("augmentations", () => {
  for (const [name, change] of Object.entries(all))
    describe(name, () => {
      it("gives the same for the same seed, another for another, and leaves its input alone", () => {
        const images = batch();
        const [first, again, other] = [7, 7, 8].map((seed) => change(images, random(seed)));
        assert.deepEqual(first.shape, images.shape);
        assert.equal(apart(first, again), 0);
        assert.ok(apart(first, other) > 0.01);
        assert.equal(apart(images, batch()), 0);
      });

      it("draws anew for each image of the batch, and stays between 0 and 1", () => {
        const same = full([16, 9, 8, 3], 0).map((_, i) => (((i % 216) * 37) % 101) / 100);
        const changed = change(same, random(3));
        const images = Array.from({ length: 16 }, (_, i) => changed.image(i));
        assert.ok(images.some((image) => apart(image, images[0]) > 0.01));
        assert.ok(changed.min() >= 0 && changed.max() <= 1);
      });
    });

  it("mirror exchanges left and right, in about half of the images", () => {
    const row = tensor([1, 2, 3, 4], [1, 1, 4, 1]);
    assert.deepEqual([...mirror({ probability: 1 })(row, random(1)).data], [4, 3, 2, 1]);
    const many = full([1000, 1, 2, 1], 0).map((_, i) => i % 2);
    const mirrored = mirror()(many, random(1)).data.filter((v, i) => i % 2 === 0 && v === 1);
    assert.ok(Math.abs(mirrored.length - 500) < 60, String(mirrored.length));
  });

  it("randomCrop moves by whole pixels, each of the moves about as often", () => {
    const dot = full([900, 3, 3, 1], 0).map((_, i) => (i % 9 === 4 ? 1 : 0));
    const moved = randomCrop({ pixels: 1, outside: "black" })(dot, random(2));
    const counts = Array.from({ length: 9 }, () => 0);
    moved.data.forEach((value, i) => (counts[i % 9] += value));
    for (const count of counts) assert.ok(count > 60 && count < 140, counts.join(" "));
  });

  it("rotate by a quarter turn takes each pixel from a quarter turn further", () => {
    const square = randomNormal([1, 5, 5, 1], random(4));
    const turned = rotate({ degrees: 90 })(square, { ...random(1), uniform: () => 90 });
    const expected = fromFunction([1, 5, 5, 1], (_, row, column) =>
      square.get(0, 4 - column, row, 0),
    );
    assert.ok(apart(turned, expected) < 1e-5);
  });

  it("colourAxes are those of NumPy's eigh on the covariance", () => {
    const images = tensor([1, 2, 3, 4, 5, 7, 2, 0, 1, 9, 4, 2], [1, 2, 2, 3]);
    const { variances, axes } = colourAxes(images);
    // numpy.linalg.eigh(numpy.cov(pixels.T, bias=True))
    const expected = [11.41170057, 6.86228913, 0.1010103];
    variances.forEach((v, i) => assert.ok(Math.abs(v - expected[i]) < 1e-4, `${v}`));
    const first = [0, 1, 2].map((c) => Math.abs(axes.get(c, 0)));
    first.forEach((v, i) =>
      assert.ok(Math.abs(v - [0.84916104, 0.4796075, 0.22113837][i]) < 1e-4, `${v}`),
    );
  });

  it("pcaColour moves all pixels of an image by one colour, with the deviation asked for", () => {
    const colours = {
      variances: [4, 1],
      axes: tensor([
        [1, 0],
        [0, 1],
      ]),
    };
    const grey = full([4000, 1, 2, 2], 0.5);
    const moved = pcaColour(colours, { deviation: 0.01 })(grey, random(5)).map((v) => v - 0.5);
    const deviation = (c: number): number =>
      Math.sqrt(
        moved
          .channel(c)
          .map((v) => v * v)
          .mean(),
      );
    assert.ok(Math.abs(deviation(0) - 0.02) < 0.001 && Math.abs(deviation(1) - 0.01) < 0.0005);
    assert.equal(moved.get(0, 0, 0, 0), moved.get(0, 0, 1, 0));
    const byVariance = pcaColour(colours, { deviation: 0.01, scale: "variance" });
    const further = byVariance(grey, random(5)).map((v) => v - 0.5);
    assert.ok(Math.abs(further.get(0, 0, 0, 0) / moved.get(0, 0, 0, 0) - 2) < 1e-3);
  });

  it("refuses what cannot be", () => {
    assert.throws(() => mirror({ probability: 2 }), /mirror\(\): probability/);
    assert.throws(() => rotate({ degrees: -1 }), /rotate\(\): degrees must be 0 or more/);
    assert.throws(() => randomCrop({ pixels: 1.5 }), /randomCrop\(\): pixels/);
    assert.throws(() => warp({ pixels: 1, grid: 0 }), /warp\(\): grid/);
    assert.throws(() => warp({ pixels: 1, outside: "white" as never }), /outside/);
    assert.throws(() => augmented(mnist().test, ["mirror"] as never), /a list of augmentations/);
    assert.throws(() => colourAxes(full([1, 1, 1, 3], 0)), /two pixels or more/);
  });
});

describe("augmented", () => {
  const set = mnist().train.take(60);

  it("deals out the same labels in the same order, other images in each pass, the same in each run", () => {
    const changed = augmented(set, [randomCrop({ pixels: 2 })], { seed: 3 });
    const passes = (seed: number) => {
      const shuffle = random(seed);
      return [1, 2].map(() => [...changed.batches(40, { shuffle })]);
    };
    const [first, again] = [passes(5), passes(5)];
    const plainOrder = random(5);
    const plain = [1, 2].map(() => [...set.batches(40, { shuffle: plainOrder })]);
    for (const pass of [0, 1])
      for (const part of [0, 1]) {
        assert.deepEqual(
          Array.from(first[pass][part].labels),
          Array.from(plain[pass][part].labels),
        );
        assert.equal(apart(first[pass][part].images, again[pass][part].images), 0);
        assert.ok(apart(first[pass][part].images, plain[pass][part].images) > 0.1);
      }
    const inOrder = [1, 2].map(() => [...changed.batches(60)][0].images);
    assert.equal(apart(inOrder[0], inOrder[1]), 0); // without a shuffle each pass is the first
  });

  it("is trained on by fit, with the same weights from the same seed", async function () {
    this.timeout(120_000);
    const net = network("line", [28, 28, 1], layers.flatten(), layers.dense({ units: 10 }));
    const changed = augmented(set, [rotate({ degrees: 15 })]);
    const losses: number[] = [];
    for (let run = 0; run < 2; run++) {
      const model = toLayersModel(net, { seed: 1 });
      const { epochs } = await fit(model, changed, { epochs: 2, seed: 4, progress: false });
      losses.push(epochs[1].loss);
    }
    assert.equal(losses[0], losses[1]);
  });
});
