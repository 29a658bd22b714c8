import { type Module, type SymbolicTensor, layers } from "../network";
import { convNorm } from "./blocks";

const { add, batchNorm, conv, relu, residual, sequential } = layers;

/** The units that all residual networks are stacks of: two 3×3 convolutions, or a bottleneck of three. */
export interface UnitOptions {
  /** Width of the unit. A bottleneck puts out four times as many channels. */
  filters: number;
  /** 1, or 2 where a stage begins and the maps are halved. */
  stride: number;
  /** 1×1, 3×3, 1×1 in place of 3×3, 3×3. */
  bottleneck: boolean;
  /** Which convolution of a bottleneck has the stride. */
  strideIn?: "1x1" | "3x3" | undefined;
  /** Width of a bottleneck's 3×3 convolution, where it is not `filters`. */
  inner?: number | undefined;
  /** Groups of the 3×3 convolution of a bottleneck. */
  groups?: number | undefined;
  /** Whether convolutions before a batch norm have biases. */
  convBias?: boolean | undefined;
  /** Added to the variance by the batch norms; 1e-5 when left out. */
  epsilon?: number | undefined;
  /** What the body passes through before it is added: squeeze-and-excitation. */
  excite?: Module | undefined;
  /** The way around where the shapes differ: a 1×1 convolution (option B of the paper), or zeros for the new channels (A). */
  shortcut?: "projection" | "zeros" | undefined;
}

/** Convolutions, the sum, then ReLU: ResNet of 2015. */
export function residualUnit(options: UnitOptions): Module {
  const { convBias: bias, epsilon, excite = layers.identity } = options;
  const steps = stepsOf(options);
  const body = sequential(
    ...steps.map(({ filters, kernelSize, stride, groups }, i) => {
      const act = i === steps.length - 1 ? "linear" : "relu";
      return convNorm(filters, kernelSize, { stride, groups, bias, epsilon, activation: act });
    }),
    excite,
  );
  const shortcut = aroundUnless(options, (filters, stride) =>
    convNorm(filters, 1, { stride, bias, epsilon, activation: "linear" }),
  );
  return sequential(residual(body, { shortcut }), relu());
}

/**
 * Batch norm and ReLU before each convolution and nothing after the sum: ResNet v2. A projection starts
 * from the normalised input.
 *
 * @see He et al., Identity mappings in deep residual networks, 2016, arXiv 1603.05027
 */
export function preactivationUnit(options: UnitOptions): Module {
  const steps = stepsOf(options).map(({ filters, kernelSize, stride, groups }) =>
    conv({ filters, kernelSize, stride, groups, padding: (kernelSize - 1) / 2, bias: false }),
  );
  const [first, ...rest] = steps;
  const body = sequential(first, ...rest.flatMap((step) => [batchNorm(), relu(), step]));
  const shortcut = aroundUnless(options, (filters, stride) =>
    conv({ filters, kernelSize: 1, stride, bias: false }),
  );
  const { excite = layers.identity } = options;
  const excited = sequential(body, excite);
  return (x) => {
    const ready = sequential(batchNorm(), relu())(x);
    return add(changesShape(x, options) ? shortcut(ready) : x, excited(ready));
  };
}

interface Step {
  filters: number;
  kernelSize: number;
  stride: number;
  groups: number;
}

function stepsOf(options: UnitOptions): Step[] {
  const { filters, stride, bottleneck, strideIn = "3x3", groups = 1, inner = filters } = options;
  if (!bottleneck)
    return [
      { filters, kernelSize: 3, stride, groups: 1 },
      { filters, kernelSize: 3, stride: 1, groups: 1 },
    ];
  return [
    { filters: inner, kernelSize: 1, stride: strideIn === "1x1" ? stride : 1, groups: 1 },
    { filters: inner, kernelSize: 3, stride: strideIn === "3x3" ? stride : 1, groups },
    { filters: outputWidth(options), kernelSize: 1, stride: 1, groups: 1 },
  ];
}

function outputWidth({ filters, bottleneck }: UnitOptions): number {
  return bottleneck ? 4 * filters : filters;
}

function changesShape(x: SymbolicTensor, options: UnitOptions): boolean {
  return x.shape[2] !== outputWidth(options) || options.stride !== 1;
}

/** The input itself where it can be added, else the projection or the zeros. */
function aroundUnless(
  options: UnitOptions,
  project: (filters: number, stride: number) => Module,
): Module {
  const filters = outputWidth(options);
  const { stride, shortcut = "projection" } = options;
  return (x) => {
    if (!changesShape(x, options)) return x;
    const missing = filters - x.shape[2];
    const around =
      shortcut === "projection"
        ? project(filters, stride)
        : sequential(
            layers.averagePool({ size: 1, stride }),
            layers.zeroPad({ channels: [Math.floor(missing / 2), Math.ceil(missing / 2)] }),
          );
    return layers.within(x, "shortcut", () => around(x));
  };
}
