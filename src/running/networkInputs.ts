import { type Layer, type Network, RecordNetwork } from "../network";
import { ArgumentError, describeValue, Tensor } from "../tensor";
import { requireBatch } from "./requireBatch";

/** A batch for each input of a network, by its name. */
export type NetworkInputs = Readonly<Record<string, Tensor>>;

/**
 * Lets through what a network takes in: one batch, or of a `RecordNetwork` one for each input, all of as many images
 * and of one precision.
 *
 * @returns each input with its batch
 */
export function inputsOf(
  call: string,
  network: Network,
  x: Tensor | NetworkInputs,
  argument = "x",
): Map<Layer, Tensor> {
  if (!(network instanceof RecordNetwork)) {
    requireBatch(call, network.input.shape, x, argument);
    return new Map([[network.input, x as Tensor]]);
  }
  requireNames(call, network, x, argument);
  const [[first, batch]] = Object.entries(x as NetworkInputs);
  return new Map(
    Object.entries(network.inputs).map(([name, layer]): [Layer, Tensor] => {
      const values = (x as NetworkInputs)[name];
      requireBatch(call, layer.shape, values, `${argument}.${name}`);
      if (values.shape[0] === batch.shape[0] && values.dtype === batch.dtype)
        return [layer, values];
      throw new ArgumentError({
        call,
        argument: `${argument}.${name}`,
        expected: `as many images as ${argument}.${first}, ${batch.shape[0]}, in ${batch.dtype}`,
        received: values,
        receivedAs: `${describeValue(values)} in ${values.dtype}`,
      });
    }),
  );
}

function requireNames(call: string, network: RecordNetwork, x: unknown, argument: string): void {
  const wanted = Object.keys(network.inputs);
  const isRecord = typeof x === "object" && x !== null && !(x instanceof Tensor);
  const given = isRecord ? Object.keys(x) : [];
  if (given.length === wanted.length && wanted.every((name) => given.includes(name))) return;
  const expected = `a record of the inputs of ${network.name}, { ${wanted.join(", ")} }`;
  throw new ArgumentError({ call, argument, expected, received: x });
}
