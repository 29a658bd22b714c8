import { cost, type Layer, type Network, sizeOf } from "convbook";
import { weightsIn } from "./contest";

/**
 * What the contest counts. Sums and products of maps are free in most papers. Here they cost a multiply-add a value,
 * and the number in a scaled sum is a weight: with crops they are a filter that no layer has, and that nobody trained.
 */
export function priceOf(network: Network): { weights: number; macs: number } {
  const { layers } = network;
  const constants = layers.filter(({ operation }) => operation.kind === "scaledAdd").length;
  const joined = layers.reduce((sum, layer) => sum + joiningMacs(layer), 0);
  return { weights: weightsIn(network) + constants, macs: cost(network).macs + joined };
}

function joiningMacs({ operation, inputs, shape }: Layer): number {
  switch (operation.kind) {
    case "add":
    case "multiply":
      return (inputs.length - 1) * sizeOf(shape);
    case "scaledAdd":
    case "channelScale":
      return sizeOf(shape);
    default:
      return 0;
  }
}
