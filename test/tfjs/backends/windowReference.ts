/** A window over a volume, [depth, height, width] of each; an image is one deep. */
export interface Sliding {
  input: number[];
  kernel: number[];
  stride: number[];
  before: number[];
  output: number[];
  channels: number;
  /** Of a convolution. */
  filters: number;
}

export type Kind = "convolution" | "maximum" | "average" | "dilation";

/** What slides over it with "same" or "valid" zeros, as TensorFlow defines them. */
export function sliding(
  input: number[],
  kernel: number[],
  stride: number[],
  pad: "same" | "valid",
  channels: number,
  filters: number,
): Sliding {
  const output = input.map((n, i) =>
    pad === "same" ? Math.ceil(n / stride[i]) : Math.floor((n - kernel[i]) / stride[i]) + 1,
  );
  const before = input.map((n, i) =>
    pad === "same" ? Math.floor(Math.max(0, (output[i] - 1) * stride[i] + kernel[i] - n) / 2) : 0,
  );
  return { input, kernel, stride, before, output, channels, filters };
}

/** By the definition, in float64, value for value; the filter is that of a convolution or a dilation. */
export function slideOver(
  kind: Kind,
  { input, kernel, stride, before, output, channels, filters }: Sliding,
  x: ArrayLike<number>,
  filter: ArrayLike<number>,
): Float64Array {
  const outputs = kind === "convolution" ? filters : channels;
  const y: number[] = [];
  for (const index of indices(output))
    for (let o = 0; o < outputs; o++) {
      const terms: number[] = [];
      for (const [tap, entry] of indices(kernel).entries()) {
        const at = index.map((p, i) => p * stride[i] - before[i] + entry[i]);
        if (at.some((n, i) => n < 0 || n >= input[i])) continue;
        const pixel = ((at[0] * input[1] + at[1]) * input[2] + at[2]) * channels;
        if (kind === "convolution")
          for (let c = 0; c < channels; c++)
            terms.push(x[pixel + c] * filter[(tap * channels + c) * filters + o]);
        else terms.push(x[pixel + o] + (kind === "dilation" ? filter[tap * channels + o] : 0));
      }
      const sum = terms.reduce((a, b) => a + b, 0);
      if (kind === "convolution") y.push(sum);
      else y.push(kind === "average" ? sum / terms.length : Math.max(...terms));
    }
  return Float64Array.from(y);
}

/** The gradient of Σ dy·f(x) by central differences. */
export function slopes(
  f: (x: Float64Array) => Float64Array,
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
  step: number,
): Float64Array {
  const loss = (moved: Float64Array) => f(moved).reduce((sum, y, i) => sum + y * dy[i], 0);
  return Float64Array.from({ length: x.length }, (_, i) => {
    const [more, less] = [Float64Array.from(x), Float64Array.from(x)];
    more[i] += step;
    less[i] -= step;
    return (loss(more) - loss(less)) / (2 * step);
  });
}

function indices([depth, height, width]: number[]): number[][] {
  const all: number[][] = [];
  for (let a = 0; a < depth; a++)
    for (let b = 0; b < height; b++) for (let c = 0; c < width; c++) all.push([a, b, c]);
  return all;
}
