/**
 * Mutants that do the same as the solution for every input that is allowed, or are another right answer, by
 * exercise: the reason, and the changes as `npm run mutants` tells them.
 */
const REASONS: Record<string, [because: string, ...changes: string[]][]> = {
  "01.sobelMagnitude": [
    [
      "a length does not depend on the signs of gx and gy",
      "gx += weight * (x.get(i + a, j) - x.get(i + a, j + 2)); → gx -= weight * (x.get(i + a, j) - x.get(i + a, j + 2));",
      "gy += weight * (x.get(i, j + a) - x.get(i + 2, j + a)); → gy -= weight * (x.get(i, j + a) - x.get(i + 2, j + a));",
    ],
    ["both start at 0", "let [gx, gy] = [0, 0]; → let [gy, gx] = [0, 0];"],
  ],
  "01.separate": [
    [
      "a difference of exactly the tolerance does not occur",
      "weights.every((weight, b) => Math.abs(column[a] * row[b] - weight) <= rounding), → weights.every((weight, b) => Math.abs(column[a] * row[b] - weight) < rounding),",
    ],
  ],
  "02.coverage": [
    [
      "the counts along both axes change their sign, and their product does not",
      "return last - first + 1; → return -(last - first + 1);",
    ],
  ],
  "04.convSingleStep": [
    [
      "a window is square, [f, f, cin]",
      "const [height, width, channels] = window.shape; → const [width, height, channels] = window.shape;",
      "for (let row = 0; row < height; row++) → for (let row = 0; row < width; row++)",
      "for (let column = 0; column < width; column++) → for (let column = 0; column < height; column++)",
    ],
  ],
  "04.parameterCounts": [
    [
      "height and width enter in the same way",
      "[height, width, channels]: [number, number, number], → [width, height, channels]: [number, number, number],",
    ],
  ],
  "05.twin": [
    [
      "top and left are multiples of f: all values of a window move on by the same offset, which is never f²",
      "const offset = (row - top) * f + (column - left); → const offset = (row + top) * f + (column - left);",
      "const offset = (row - top) * f + (column - left); → const offset = ((row)) * f + (column - left);",
      "const offset = (row - top) * f + (column - left); → const offset = (row - top) * f + (column + left);",
      "const offset = (row - top) * f + (column - left); → const offset = (row - top) * f + ((column));",
    ],
  ],
  "06.convBackward": [["a filter is square", "const f = w.shape[0]; → const f = w.shape[1];"]],
  "06.createMaskFromWindow": [
    [
      "a window is square, [f, f]",
      "const [height, width] = x.shape; → const [width, height] = x.shape;",
      "for (let row = 0; row < height; row++) → for (let row = 0; row < width; row++)",
      "for (let column = 0; column < width; column++) → for (let column = 0; column < height; column++)",
      "const mask = zeros([height, width]); → const mask = zeros([width, height]);",
      "const mask = zeros([height, width]); → const mask = zeros([width, width]);",
      "const mask = zeros([height, width]); → const mask = zeros([height, height]);",
    ],
    ["both start at 0", "let [top, left] = [0, 0]; → let [left, top] = [0, 0];"],
  ],
  "06.distributeValue": [
    [
      "height and width enter in the same way",
      "const [height, width] = shape; → const [width, height] = shape;",
    ],
  ],
  "12.layerCost": [
    [
      "height and width enter in the same way",
      "const [height, width, channels] = input; → const [width, height, channels] = input;",
    ],
  ],
  "12.stackCost": [
    [
      "height and width enter in the same way",
      "let [height, width, channels] = input; → let [width, height, channels] = input;",
    ],
    [
      "both start at 0",
      "let [parameters, multiplyAdds] = [0, 0]; → let [multiplyAdds, parameters] = [0, 0];",
    ],
    [
      "behind a dense layer only the product of the three is read",
      "[height, width, channels] = [1, 1, units]; → [width, height, channels] = [1, 1, units];",
      "[height, width, channels] = [1, 1, units]; → [height, channels, width] = [1, 1, units];",
      "[height, width, channels] = [1, 1, units]; → [height, width, channels] = [1, units, 1];",
    ],
    ["what follows changes nothing for a map of one pixel and no filters", "continue; → ;"],
  ],
  "12.cheaperLayer": [
    [
      "biases are allowed: they are no multiply-adds, and the shape is the same",
      "layers.depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }), → layers.depthwiseConv({ kernelSize: 3, stride, padding: 1 }),",
      "layers.depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }), → layers.depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: true }),",
      "layers.conv({ filters, kernelSize: 1, bias: false }), → layers.conv({ filters, kernelSize: 1 }),",
      "layers.conv({ filters, kernelSize: 1, bias: false }), → layers.conv({ filters, kernelSize: 1, bias: true }),",
    ],
  ],
  "14.resnet50": [
    [
      "the largest of several values, cut off at 0, is the largest of the values cut off at 0",
      "relu(), maxPool({ size: 3, stride: 2 }), → maxPool({ size: 3, stride: 2 }), relu(),",
    ],
  ],
  "15.bottleneckMacs": [
    [
      "height and width enter in the same way",
      "const [height, width, channels] = input; → const [width, height, channels] = input;",
    ],
  ],
  "19.dials": [
    [
      "some setting always fits, and has more than one weight: where the search begins is never returned",
      "let best = { alpha: 0, rho: 0, t: 0 }; → let best = { rho: 0, t: 0 };",
      "let best = { alpha: 0, rho: 0, t: 0 }; → let best = { alpha: 0, t: 0 };",
      "let best = { alpha: 0, rho: 0, t: 0 }; → let best = { alpha: 0, rho: 0 };",
      "let best = { alpha: 0, rho: 0, t: 0 }; → let best = { alpha: 1, rho: 0, t: 0 };",
      "let best = { alpha: 0, rho: 0, t: 0 }; → let best = { alpha: (-1), rho: 0, t: 0 };",
      "let best = { alpha: 0, rho: 0, t: 0 }; → let best = { alpha: 0, rho: 1, t: 0 };",
      "let best = { alpha: 0, rho: 0, t: 0 }; → let best = { alpha: 0, rho: (-1), t: 0 };",
      "let best = { alpha: 0, rho: 0, t: 0 }; → let best = { alpha: 0, rho: 0, t: 1 };",
      "let best = { alpha: 0, rho: 0, t: 0 }; → let best = { alpha: 0, rho: 0, t: (-1) };",
      "let mostWeights = 0; → let mostWeights = 1;",
      "let mostWeights = 0; → let mostWeights = (-1);",
    ],
    [
      "no two settings of other alpha or t have the same weights, so only the order of rho decides among equals",
      "for (const alpha of [0.25, 0.5, 0.75, 1]) → for (const alpha of [0.5, 0.25, 0.75, 1])",
      "for (const alpha of [0.25, 0.5, 0.75, 1]) → for (const alpha of [0.25, 0.75, 0.5, 1])",
      "for (const alpha of [0.25, 0.5, 0.75, 1]) → for (const alpha of [0.25, 0.5, 1, 0.75])",
      "for (const t of [2, 3, 4, 5, 6]) { → for (const t of [3, 2, 4, 5, 6]) {",
      "for (const t of [2, 3, 4, 5, 6]) { → for (const t of [2, 4, 3, 5, 6]) {",
      "for (const t of [2, 3, 4, 5, 6]) { → for (const t of [2, 3, 5, 4, 6]) {",
      "for (const t of [2, 3, 4, 5, 6]) { → for (const t of [2, 3, 4, 6, 5]) {",
    ],
  ],
  "21.channelShuffle": [
    [
      "the axes in front of the groups are put together again as they were taken apart",
      ".reshape([m, height, width, groups, channels / groups]) → .reshape([height, m, width, groups, channels / groups])",
      ".reshape([m, height, width, groups, channels / groups]) → .reshape([m, width, height, groups, channels / groups])",
    ],
  ],
  "21.shuffleUnit": [
    [
      "a ReLU works value by value: it makes no difference whether the channels have changed places before it",
      "relu(), channelShuffle({ groups }), → channelShuffle({ groups }), relu(),",
    ],
  ],
  "17.reductionA": [
    [
      "a 1x1 convolution of stride 1 leaves no boundary, padded or not",
      'sequential(brick(k, 1, 1, "same"), brick(l, 3, 1, "same"), brick(m, 3, 2, "valid")), → sequential(brick(k, 1, 1, "valid"), brick(l, 3, 1, "same"), brick(m, 3, 2, "valid")),',
    ],
  ],
  "17.segmentMacs": [
    [
      "height and width enter in the same way",
      "const [height, width, channels] = input; → const [width, height, channels] = input;",
    ],
  ],
  "15.affordable": [
    [
      "the order of the branches is free",
      "convRelu(one, 1), sequential(convRelu(Math.ceil(channels / 4), 1), convRelu(three, 3)), → sequential(convRelu(Math.ceil(channels / 4), 1), convRelu(three, 3)), convRelu(one, 1),",
      "sequential(convRelu(Math.ceil(channels / 4), 1), convRelu(three, 3)), sequential(convRelu(Math.ceil(channels / 8), 1), convRelu(five, 5)), → sequential(convRelu(Math.ceil(channels / 8), 1), convRelu(five, 5)), sequential(convRelu(Math.ceil(channels / 4), 1), convRelu(three, 3)),",
      "sequential(convRelu(Math.ceil(channels / 8), 1), convRelu(five, 5)), sequential(maxPool({ size: 3, stride: 1, padding: 1 }), convRelu(pool, 1)), → sequential(maxPool({ size: 3, stride: 1, padding: 1 }), convRelu(pool, 1)), sequential(convRelu(Math.ceil(channels / 8), 1), convRelu(five, 5)),",
    ],
    [
      "another width within the budget",
      "sequential(convRelu(Math.ceil(channels / 4), 1), convRelu(three, 3)), → sequential(convRelu(Math.ceil(channels / 4 + 1), 1), convRelu(three, 3)),",
      "sequential(convRelu(Math.ceil(channels / 4), 1), convRelu(three, 3)), → sequential(convRelu(Math.ceil(channels / 4 - 1), 1), convRelu(three, 3)),",
      "sequential(convRelu(Math.ceil(channels / 4), 1), convRelu(three, 3)), → sequential(convRelu(Math.floor(channels / 4), 1), convRelu(three, 3)),",
      "sequential(convRelu(Math.ceil(channels / 4), 1), convRelu(three, 3)), → sequential(convRelu(Math.round(channels / 4), 1), convRelu(three, 3)),",
      "sequential(convRelu(Math.ceil(channels / 4), 1), convRelu(three, 3)), → sequential(convRelu(Math.ceil(channels / 5), 1), convRelu(three, 3)),",
      "sequential(convRelu(Math.ceil(channels / 4), 1), convRelu(three, 3)), → sequential(convRelu(Math.ceil(channels / 3), 1), convRelu(three, 3)),",
      "sequential(convRelu(Math.ceil(channels / 8), 1), convRelu(five, 5)), → sequential(convRelu(Math.ceil(channels / 8 + 1), 1), convRelu(five, 5)),",
      "sequential(convRelu(Math.ceil(channels / 8), 1), convRelu(five, 5)), → sequential(convRelu(Math.ceil(channels / 7), 1), convRelu(five, 5)),",
    ],
    [
      "where the pool stands is free, as long as as many maps see as much",
      "sequential(maxPool({ size: 3, stride: 1, padding: 1 }), convRelu(pool, 1)), → sequential(convRelu(pool, 1), maxPool({ size: 3, stride: 1, padding: 1 })),",
    ],
  ],
  "15.oddRows": [
    [
      "below what a printed number of three digits can show",
      "const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds); → const odd = isOff(kilo * 1024 + 1, weights) || isOff(mega * 1e6, multiplyAdds);",
      "const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds); → const odd = isOff(kilo * 1024 - 1, weights) || isOff(mega * 1e6, multiplyAdds);",
      "const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds); → const odd = isOff(kilo * 1024, weights + 1) || isOff(mega * 1e6, multiplyAdds);",
      "const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds); → const odd = isOff(kilo * 1024, weights - 1) || isOff(mega * 1e6, multiplyAdds);",
      "const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds); → const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6 + 1, multiplyAdds);",
      "const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds); → const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6 - 1, multiplyAdds);",
      "const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds); → const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds + 1);",
      "const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds); → const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds - 1);",
      "const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds); → const odd = isOff(kilo * 1024, weights) || isOff(mega * 1000001, multiplyAdds);",
      "const odd = isOff(kilo * 1024, weights) || isOff(mega * 1e6, multiplyAdds); → const odd = isOff(kilo * 1024, weights) || isOff(mega * 999999, multiplyAdds);",
    ],
    [
      "exactly 3% off does not occur",
      "const isOff = (printed: number, counted: number) => Math.abs(printed / counted - 1) > 0.03; → const isOff = (printed: number, counted: number) => Math.abs(printed / counted - 1) >= 0.03;",
    ],
    [
      "height and width enter in the same way",
      "const [height, width, channels] = input; → const [width, height, channels] = input;",
    ],
  ],
  "16.shareSaved": [
    [
      "height and width enter in the same way",
      "const weights = ([height, width]: [number, number]) => height * width; → const weights = ([width, height]: [number, number]) => height * width;",
    ],
  ],
  "16.halve": [
    [
      "the order of the branches is free",
      "conv({ filters: channels, kernelSize: 3, stride: 2 }), maxPool({ size: 3, stride: 2 }), → maxPool({ size: 3, stride: 2 }), conv({ filters: channels, kernelSize: 3, stride: 2 }),",
    ],
  ],
  "09.trainClassifier": [
    [
      "a batch of no examples changes nothing",
      "for (let begin = 0; begin < count; begin += batchSize) { → for (let begin = 0; begin <= count; begin += batchSize) {",
    ],
    [
      "the same shift of all scores leaves the softmax as it is",
      "const scores = Array.from({ length: classes }, () => 0); → const scores = Array.from({ length: classes }, () => 1);",
      "const scores = Array.from({ length: classes }, () => 0); → const scores = Array.from({ length: classes }, () => (-1));",
      "const powers = scores.map((score) => Math.exp(score - largest)); → const powers = scores.map((score) => Math.exp(score - largest + 1));",
      "const powers = scores.map((score) => Math.exp(score - largest)); → const powers = scores.map((score) => Math.exp(score - largest - 1));",
    ],
  ],
  "10.normaliseBackward": [
    [
      "both start at 0",
      "const [dGamma, dBeta] = [zeros([channels]), zeros([channels])]; → const [dBeta, dGamma] = [zeros([channels]), zeros([channels])];",
    ],
    [
      "a product does not depend on the order of its factors",
      "const along = zip(slopes, normalised, (slope, n) => slope * n); → const along = zip(normalised, slopes, (slope, n) => slope * n);",
    ],
  ],
  "11.saliency": [
    [
      "sizes of slopes are never below 0, where both begin",
      "let largest = 0; → let largest = (-1);",
      "let slope = 0; → let slope = (-1);",
    ],
  ],
  "18.thrifty": [
    [
      "any neck of at least twice the growth that keeps to the budget is right",
      "const grow = sequential(reluConv(2 * growth, 1), reluConv(growth, 3)); → const grow = sequential(reluConv(2 * growth + 1, 1), reluConv(growth, 3));",
    ],
    [
      "in which order the maps lie on the stack is not asked",
      "return (x) => concat(x, grow(x)); → return (x) => concat(grow(x), x);",
    ],
  ],
  "22.scaleTo": [
    [
      "another answer that the task allows: by the rule, under each budget, and with 94% of it or more, with all seeds",
      "[resolution, resolution, 3], → [resolution, resolution, 4],",
      "[resolution, resolution, 3], → [resolution, resolution, 2],",
      "[16, 1], → [17, 1],",
      "[24, 2], → [25, 2],",
      "[24, 2], → [23, 2],",
      "[48, 3], → [49, 3],",
      "[48, 3], → [47, 3],",
      "}), layers.relu(), → }),",
      'layers.conv({ filters: 8 * Math.round((channels * width) / 8), kernelSize: 3, stride: i === 0 ? 2 : 1, padding: "same", }), layers.relu(), → layers.relu(), layers.conv({ filters: 8 * Math.round((channels * width) / 8), kernelSize: 3, stride: i === 0 ? 2 : 1, padding: "same", }),',
      "resolution: Math.floor(96 * 1.15 ** phi), → resolution: Math.floor(96 * 1.15 ** phi + 1),",
      "resolution: Math.floor(96 * 1.15 ** phi), → resolution: Math.floor(96 * 1.15 ** phi - 1),",
      "resolution: Math.floor(96 * 1.15 ** phi), → resolution: Math.ceil(96 * 1.15 ** phi),",
      "resolution: Math.floor(96 * 1.15 ** phi), → resolution: Math.round(96 * 1.15 ** phi),",
      "resolution: Math.floor(96 * 1.15 ** phi), → resolution: Math.floor(97 * 1.15 ** phi),",
      "resolution: Math.floor(96 * 1.15 ** phi), → resolution: Math.floor(95 * 1.15 ** phi),",
      "return cost(grown(depth, width, resolution)).macs; → return cost(grown(depth, width, resolution + 1)).macs;",
      "let [fits, exceeds] = [0, 5]; → let [fits, exceeds] = [1, 5];",
      "let [fits, exceeds] = [0, 5]; → let [fits, exceeds] = [(-1), 5];",
      "let [fits, exceeds] = [0, 5]; → let [fits, exceeds] = [0, 6];",
      "let [fits, exceeds] = [0, 5]; → let [fits, exceeds] = [0, 4];",
      "for (let halving = 0; halving < 10; halving++) { → for (let halving = 0; halving < 10 - 1; halving++) {",
      "for (let halving = 0; halving < 10; halving++) { → for (let halving = 1; halving < 10; halving++) {",
      "for (let halving = 0; halving < 10; halving++) { → for (let halving = (-1); halving < 10; halving++) {",
      "for (let halving = 0; halving < 10; halving++) { → for (let halving = 0; halving <= 10; halving++) {",
      "for (let halving = 0; halving < 10; halving++) { → for (let halving = 0; halving < 11; halving++) {",
      "for (let halving = 0; halving < 10; halving++) { → for (let halving = 0; halving < 9; halving++) {",
      "if (takes(middle) <= budget) fits = middle; → if (takes(middle) < budget) fits = middle;",
    ],
  ],
  "22.scaledStage": [
    [
      "exactly nine tenths would take a ninth of a channel, and a loss of a tenth does not come about above 36 channels",
      "channels: nearest < 0.9 * wanted ? nearest + 8 : nearest, → channels: nearest <= 0.9 * wanted ? nearest + 8 : nearest,",
    ],
  ],
  "23.inversions": [
    [
      "what lies before the first entry or behind the last is undefined, and NaN is no inversion; nor is a net with itself",
      "for (let i = 0; i < a.length; i++) → for (let i = 1; i < a.length; i++)",
      "for (let i = 0; i < a.length; i++) → for (let i = (-1); i < a.length; i++)",
      "for (let i = 0; i < a.length; i++) → for (let i = 0; i <= a.length; i++)",
      "for (let j = 0; j < i; j++) if ((a[i] - a[j]) * (b[i] - b[j]) < 0) count += 1; → for (let j = (-1); j < i; j++) if ((a[i] - a[j]) * (b[i] - b[j]) < 0) count += 1;",
      "for (let j = 0; j < i; j++) if ((a[i] - a[j]) * (b[i] - b[j]) < 0) count += 1; → for (let j = 0; j <= i; j++) if ((a[i] - a[j]) * (b[i] - b[j]) < 0) count += 1;",
    ],
  ],
  "23.contender": [
    [
      "another design that keeps to the budget and reaches the lines is right",
      "relu(), maxPool({ size: 2 }), → maxPool({ size: 2 }),",
      "relu(), flatten(), → flatten(),",
      'conv({ filters: 4, kernelSize: 5, stride: 2, padding: "same" }), relu(), → relu(), conv({ filters: 4, kernelSize: 5, stride: 2, padding: "same" }),',
      "relu(), maxPool({ size: 2 }), → maxPool({ size: 2 }), relu(),",
      'conv({ filters: 8, kernelSize: 3, padding: "same" }), relu(), → relu(), conv({ filters: 8, kernelSize: 3, padding: "same" }),',
      "relu(), flatten(), → flatten(), relu(),",
      'conv({ filters: 4, kernelSize: 5, stride: 2, padding: "same" }), → conv({ filters: 4, kernelSize: 5, stride: 2 }),',
      'conv({ filters: 4, kernelSize: 5, stride: 2, padding: "same" }), → conv({ filters: 3, kernelSize: 5, stride: 2, padding: "same" }),',
      'conv({ filters: 4, kernelSize: 5, stride: 2, padding: "same" }), → conv({ filters: 4, kernelSize: 4, stride: 2, padding: "same" }),',
      'conv({ filters: 4, kernelSize: 5, stride: 2, padding: "same" }), → conv({ filters: 4, kernelSize: 5, stride: 2, padding: "valid" }),',
      'conv({ filters: 8, kernelSize: 3, padding: "same" }), → conv({ filters: 8, kernelSize: 3 }),',
      'conv({ filters: 8, kernelSize: 3, padding: "same" }), → conv({ filters: 9, kernelSize: 3, padding: "same" }),',
      'conv({ filters: 8, kernelSize: 3, padding: "same" }), → conv({ filters: 7, kernelSize: 3, padding: "same" }),',
      'conv({ filters: 8, kernelSize: 3, padding: "same" }), → conv({ filters: 8, kernelSize: 2, padding: "same" }),',
      'conv({ filters: 8, kernelSize: 3, padding: "same" }), → conv({ filters: 8, kernelSize: 3, padding: "valid" }),',
    ],
  ],
};

/** The reason for each, by exercise and change. */
export const EQUIVALENT: Record<string, Record<string, string>> = Object.fromEntries(
  Object.entries(REASONS).map(([id, reasons]) => [
    id,
    Object.fromEntries(
      reasons.flatMap(([because, ...changes]) => changes.map((change) => [change, because])),
    ),
  ]),
);
