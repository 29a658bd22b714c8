import { random, randomNormal, type Tensor } from "convbook";

/** A convolution layer to be timed. */
export interface Layer {
  name: string;
  /** [m, h, w, cin] */
  x: [number, number, number, number];
  /** [kh, kw, cin / groups, cout] */
  filter: [number, number, number, number];
  options: { stride: number; padding: "same" | "valid"; groups: number };
}

function layer(
  name: string,
  x: Layer["x"],
  [size, cout]: [number, number],
  options: Partial<Layer["options"]> = {},
): Layer {
  const groups = options.groups ?? 1;
  const filter: Layer["filter"] = [size, size, x[3] / groups, cout];
  return { name, x, filter, options: { stride: 1, padding: "same", groups, ...options } };
}

/** Ten layers as networks have them: each kind of kernel, one image and batches of 32. */
export const layers: Layer[] = [
  layer("3x3, 64, 1 image (ResNet)", [1, 56, 56, 64], [3, 64]),
  layer("3x3, 128, 32 images (ResNet)", [32, 14, 14, 128], [3, 128]),
  layer("3x3, 256, stride 2 (ResNet)", [1, 28, 28, 256], [3, 256], { stride: 2 }),
  layer("1x1, 64 to 256, 1 image (ResNet)", [1, 56, 56, 64], [1, 256]),
  layer("1x1, 256 to 128, 32 images (DenseNet)", [32, 14, 14, 256], [1, 128]),
  layer("5x5, 6 to 16, 32 images (LeNet)", [32, 14, 14, 6], [5, 16], { padding: "valid" }),
  layer("7x7, 3 to 64, stride 2 (ResNet)", [1, 224, 224, 3], [7, 64], { stride: 2 }),
  layer("depthwise 3x3, 64, 1 image (MobileNet)", [1, 112, 112, 64], [3, 64], { groups: 64 }),
  layer("depthwise 3x3, 256, 32 images (MobileNet)", [32, 14, 14, 256], [3, 256], {
    groups: 256,
  }),
  layer("3x3 in 4 groups, 128, 1 image (ResNeXt)", [1, 28, 28, 128], [3, 128], { groups: 4 }),
];

export function isDepthwise({ options, x }: Layer): boolean {
  return options.groups === x[3];
}

/** [m, oh, ow, cout] */
export function outputShape({ x, filter, options }: Layer): [number, number, number, number] {
  const along = (n: number, k: number): number =>
    options.padding === "same"
      ? Math.ceil(n / options.stride)
      : Math.floor((n - k) / options.stride) + 1;
  return [x[0], along(x[1], filter[0]), along(x[2], filter[1]), filter[3]];
}

/** Multiply-adds by the definition, of the forward pass or of either gradient. */
export function multiplyAdds(layer: Layer): number {
  const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
  return (product(outputShape(layer)) * product(layer.filter)) / layer.filter[3];
}

/** The same random numbers for everybody. */
export function inputs(layer: Layer): { x: Tensor; filter: Tensor; dy: Tensor } {
  const source = random(1);
  return {
    x: randomNormal(layer.x, source),
    filter: randomNormal(layer.filter, source),
    dy: randomNormal(outputShape(layer), source),
  };
}
