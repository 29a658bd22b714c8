import {
  cost,
  formatCount,
  type LayerReceptiveField,
  memoryCost,
  Network,
  receptiveFields,
} from "../network";
import { ArgumentError, greatest } from "../tensor";
import type { HtmlFigure } from "./Figure";
import { table } from "./table";

/**
 * Networks side by side: what they cost to store, to run and to train, one row each, counted as papers do.
 * Give your own beside some of the zoo.
 *
 * @example
 * compareNetworks(zoo.squeezenet(), zoo.mobilenetV2()).text.split("\n").length // → 3
 */
export function compareNetworks(...networks: readonly Network[]): HtmlFigure {
  if (networks.length === 0 || !networks.every((network) => network instanceof Network)) {
    throw new ArgumentError({
      call: "compareNetworks",
      argument: "networks",
      expected: "networks, such as compareNetworks(mine, zoo.resnet({ depth: 18 }))",
      received: networks,
    });
  }
  return table(
    networks.map((network) => {
      const { params, macs } = cost(network);
      const memory = memoryCost(network);
      return {
        network: network.name,
        parameters: params,
        "multiply-adds": formatCount(macs),
        weights: megabytes(memory.weightBytes),
        "inference, peak": megabytes(memory.inferenceBytes),
        "training, image": megabytes(memory.trainingBytes),
        "values moved": formatCount(memory.access),
        "multiply-adds per byte": memory.intensity,
        // In which of several images it would lie, there is no telling.
        "receptive field":
          Object.keys(network.inputs).length > 1 ? "" : lastField(receptiveFields(network)),
      };
    }),
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Before whole maps are looked at. */
function lastField(fields: readonly LayerReceptiveField[]): number {
  const local = fields.filter(({ layer }) => layer.shape.length === 3 && layer.shape[0] > 1);
  return Math.max(1, greatest(local.map(({ size }) => greatest(size))));
}
