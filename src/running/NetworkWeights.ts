import type { WeightName } from "../network";
import type { Tensor } from "../tensor";

/** The weights of one layer by name, shaped as its description says. */
export type LayerWeights = Readonly<Partial<Record<WeightName, Tensor>>>;

/** The weights of a network: those of each layer that has some, by its path. */
export type NetworkWeights = Readonly<Record<string, LayerWeights>>;
