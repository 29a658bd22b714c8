import assert from "node:assert/strict";
import {
  classActivationMap,
  dense,
  fromFunction,
  full,
  layers,
  network,
  occlusionMap,
  random,
  randomIntegers,
  randomNormal,
  receptiveBox,
  runNetwork,
  saliencyMap,
  shuffledWeights,
  spotlight,
  strongestPositions,
  tensor,
  zeros,
} from "convbook";

describe("strongestPositions", () => {
  it("takes one position of each image, the largest first, dark images too", () => {
    const maps = tensor([-5, -2, 1, 8, 9, 0, -7, -6], [4, 1, 2, 1]);
    const found = strongestPositions(maps, 0, 4).map(({ image, column, value }) => [
      image,
      column,
      value,
    ]);
    assert.deepEqual(found, [
      [2, 0, 9],
      [1, 1, 8],
      [0, 1, -2],
      [3, 1, -6],
    ]);
  });

  it("takes the first of equal values, and the first of equal images", () => {
    const maps = zeros([3, 2, 2, 2]);
    for (const image of [1, 2]) for (const row of [0, 1]) maps.set(4, image, row, 1, 1);
    assert.deepEqual(strongestPositions(maps, 1, 2), [
      { image: 1, row: 0, column: 1, value: 4 },
      { image: 2, row: 0, column: 1, value: 4 },
    ]);
  });

  it("refuses units and counts that are not there, and NaN", () => {
    const maps = zeros([2, 1, 1, 3]);
    assert.throws(() => strongestPositions(maps, 3, 1), /unit must be below 3/);
    assert.throws(() => strongestPositions(maps, 0, 3), /count must be at most 2/);
    assert.throws(() => strongestPositions(tensor([NaN], [1, 1, 1, 1]), 0, 1), /NaN in image 0/);
  });
});

describe("occlusionMap", () => {
  it("loses by each square what a linear score has under it, in whatever batches", async () => {
    const x = randomIntegers([1, 7, 9, 2], 1, 9, random(1));
    const matrix = randomIntegers([7 * 9 * 2, 3], -4, 4, random(2));
    let most = 0;
    const scores = (images: ReturnType<typeof zeros>) => {
      most = Math.max(most, images.shape[0]);
      return dense(images.reshape([images.shape[0], -1]), matrix);
    };
    const options = { classIndex: 2, size: 3, stride: 2, value: 5 };
    const lost = await occlusionMap(x, scores, options);
    assert.deepEqual(lost.shape, [1, 3, 4, 1]);
    const under = fromFunction([1, 3, 4, 1], (_, row, column) => {
      let sum = 0;
      for (let u = 0; u < 3; u++)
        for (let v = 0; v < 3; v++)
          for (let c = 0; c < 2; c++) {
            const [down, along] = [row * 2 + u, column * 2 + v];
            sum += (x.get(0, down, along, c) - 5) * matrix.get((down * 9 + along) * 2 + c, 2);
          }
      return sum;
    });
    assert.deepEqual(lost.toArray(), under.toArray());
    assert.equal(most, 8); // of the twelve
    const inFives = await occlusionMap(x, async (images) => scores(images), {
      ...options,
      batch: 5,
    });
    assert.deepEqual(inFives.toArray(), under.toArray());
  });

  it("refuses squares that do not fit, several images, and scores that are none", async () => {
    const x = zeros([1, 4, 6, 1]);
    const scores = (images: ReturnType<typeof zeros>) => zeros([images.shape[0], 2]);
    const lost = (options: object, from = x, of: (images: typeof x) => typeof x = scores) =>
      occlusionMap(from, of, { classIndex: 0, size: 2, ...options });
    await assert.rejects(lost({ size: 5 }), /size must be at most 4/);
    await assert.rejects(lost({ stride: 0 }), /stride must be a positive integer/);
    await assert.rejects(lost({ value: NaN }), /value must be a finite number/);
    await assert.rejects(lost({ classIndex: 2 }), /a class 2/);
    await assert.rejects(lost({}, zeros([2, 4, 4, 1])), /x must be one image/);
    await assert.rejects(
      lost({}, x, () => zeros([1, 2])),
      /scores of 6 images/,
    );
    await assert.rejects(
      lost({}, x, (images) => zeros([images.shape[0], 2]).map(() => NaN)),
      /a score must be a finite number/,
    );
  });
});

describe("saliencyMap", () => {
  it("is the same whatever the unit of the slopes, and divides each image by its own largest", () => {
    const gradient = randomNormal([3, 4, 5, 3], random(3));
    const map = saliencyMap(gradient);
    for (const image of [0, 1, 2]) assert.equal(map.image(image).max(), 1);
    const other = saliencyMap(gradient.map((slope) => -64 * slope));
    assert.deepEqual(other.toArray(), map.toArray());
  });

  it("leaves an image without slopes at 0, and refuses slopes that are not finite", () => {
    assert.deepEqual(saliencyMap(zeros([1, 1, 2, 3])).toArray(), [[[[0], [0]]]]);
    assert.throws(() => saliencyMap(tensor([NaN], [1, 1, 1, 1])), /a slope must be a finite/);
  });
});

describe("classActivationMap", () => {
  it("agrees with Grad-CAM by PyTorch's gradients", () => {
    // The score is the sum of a²b - 3b over two channels a and b; see the derivatives 2ab and a² - 3.
    const maps = tensor(
      [1, 2, 2, 0, 0, 5, 3, 1, 1, 1, 4, 1, 0, 4, 1, 0, 2, 0, 2, 3, 2, 1, 1, 2],
      [2, 2, 3, 2],
    );
    const gradients = fromFunction([2, 2, 3, 2], (i, row, column, c) => {
      const [a, b] = [0, 1].map((k) => maps.get(i, row, column, k));
      return c === 0 ? 2 * a * b : a * a - 3;
    });
    const expected = [
      7.666667, 6.666667, 10.833333, 12.166667, 5.5, 15.5, 0, 3.333333, 6.666667, 4.666667, 6, 2,
    ];
    const difference = classActivationMap(maps, gradients).data.map((v, i) => v - expected[i]);
    assert.ok(Math.max(...difference.map(Math.abs)) < 1e-4, `${difference}`);
  });

  it("refuses gradients of another shape, and what is not finite", () => {
    assert.throws(() => classActivationMap(zeros([1, 2, 2, 1]), zeros([1, 2, 1, 1])), /gradients/);
    const one = tensor([1], [1, 1, 1, 1]);
    assert.throws(() => classActivationMap(one, tensor([NaN], [1, 1, 1, 1])), /finite/);
  });
});

describe("shuffledWeights", () => {
  it("puts filters and matrices in another order, the same for the same seed, and nothing else", () => {
    const filter = fromFunction([3, 3, 2, 4], (...at) => at.reduce((sum, n) => sum * 7 + n, 0));
    const weights = { conv1: { filter, bias: tensor([1, 2, 3, 4]) }, other: { matrix: filter } };
    const shuffled = shuffledWeights(weights, random(1), { only: (path) => path === "conv1" });
    assert.equal(shuffled.other, weights.other);
    assert.equal(shuffled.conv1.bias, weights.conv1.bias);
    assert.notDeepEqual(shuffled.conv1.filter!.data, filter.data);
    assert.deepEqual(shuffled.conv1.filter!.data.slice().sort(), filter.data.slice().sort());
    const again = shuffledWeights(weights, random(1));
    assert.deepEqual(again.conv1.filter!.data, shuffled.conv1.filter!.data);
  });
});

describe("spotlight", () => {
  it("darkens where a map is low, square by square", () => {
    const lit = spotlight(
      zeros([1, 4, 4, 3]).map(() => 1),
      tensor([0, -1, 2, 1], [1, 2, 2, 1]),
    );
    const corners = [lit.get(0, 0, 0, 0), lit.get(0, 1, 3, 1), lit.get(0, 3, 0, 2)];
    assert.deepEqual(
      corners.map((value) => Number(value.toFixed(5))),
      [0.15, 0.15, 1],
    );
    assert.equal(lit.get(0, 2, 2, 0).toFixed(3), "0.575");
  });

  it("is dark all over where nothing is above 0", () => {
    const lit = spotlight(
      zeros([1, 1, 2, 1]).map(() => 1),
      zeros([1, 1, 1, 1]),
    );
    assert.ok(Math.abs(lit.max() - 0.15) < 1e-6);
  });
});

describe("receptiveBox", () => {
  it("holds just the pixels that reach the value, at the edges too", () => {
    const { conv, averagePool } = layers;
    const net = network(
      "net",
      [11, 14, 1],
      conv({ filters: 1, kernelSize: 3, padding: "same" }),
      averagePool({ size: 2 }),
      conv({ filters: 1, kernelSize: 3 }),
    );
    const ones = Object.fromEntries(
      ["conv1", "conv2"].map((path) => [path, { filter: full([3, 3, 1, 1], 1), bias: zeros([1]) }]),
    );
    for (const position of [
      [0, 0],
      [2, 4],
      [1, 2],
    ] as const) {
      const valueOf = (x: ReturnType<typeof zeros>) =>
        runNetwork(net, ones, x).get(0, position[0], position[1], 0);
      const { top, left, height, width } = receptiveBox(net, "conv2", position);
      for (let row = 0; row < 11; row++)
        for (let column = 0; column < 14; column++) {
          const x = zeros([1, 11, 14, 1]);
          x.set(1, 0, row, column, 0);
          const inside =
            row >= top && row < top + height && column >= left && column < left + width;
          assert.equal(valueOf(x) > 0, inside, `${position}: ${row}, ${column}`);
        }
    }
  });

  it("refuses positions and layers that are not there", () => {
    const net = network("net", [4, 4, 1], layers.flatten());
    assert.throws(() => receptiveBox(net, "flatten1", [0, 0]), /maps/);
    const maps = network("net", [4, 4, 1], layers.relu());
    assert.throws(() => receptiveBox(maps, "relu1", [4, 0]), /row must be below 4/);
    assert.throws(() => receptiveBox(maps, "relu2", [0, 0]), /relu2/);
  });
});
