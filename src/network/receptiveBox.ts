import type { Pair } from "../arithmetic";
import { ArgumentError, requireInteger } from "../tensor";
import type { Network } from "./network";
import { receptiveFields } from "./receptiveFields";

/** Some whole pixels of an image. */
export interface ReceptiveBox {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * The part of the image that one value of a layer can depend on: its receptive field, cut off where it reaches into
 * the padding. `imageGrid` draws it as one of its `boxes`.
 *
 * @param path of the layer
 * @param position row and column of the value in the layer's maps
 * @throws ArgumentError when there is no such layer or position
 * @see Araujo, Norris and Sim, Computing receptive fields of convolutional neural networks, 2019
 *
 * @example
 * const { conv } = layers;
 * const net = network("net", [9, 9, 1], conv({ filters: 1, kernelSize: 3, stride: 2, padding: 1 }));
 * receptiveBox(net, "conv1", [0, 2]) // → { top: 0, left: 3, height: 2, width: 3 }
 */
export function receptiveBox(network: Network, path: string, position: Pair): ReceptiveBox {
  const call = "receptiveBox";
  const fields = receptiveFields(network);
  const layer = network.layer(path);
  const { jump, start, size } = fields.find((field) => field.layer === layer)!;
  if (!Array.isArray(position) || position.length !== 2)
    throw new ArgumentError({
      call,
      argument: "position",
      expected: "[row, column]",
      received: position,
    });
  const [[top, bottom], [left, right]] = ([0, 1] as const).map((axis) => {
    const [name, most] = [axis === 0 ? "row" : "column", layer.shape[axis]];
    if (layer.shape.length !== 3 || requireInteger(call, name, position[axis], 0) >= most)
      throw new ArgumentError({
        call,
        argument: layer.shape.length === 3 ? name : "path",
        expected: layer.shape.length === 3 ? `below ${most}` : "a layer that puts out maps",
        received: layer.shape.length === 3 ? position[axis] : path,
      });
    const begin = Math.floor(position[axis] * jump[axis] + start[axis]);
    return [Math.max(0, begin), Math.min(network.input.shape[axis], begin + size[axis])];
  });
  return { top, left, height: bottom - top, width: right - left };
}
