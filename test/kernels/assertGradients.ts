import assert from "node:assert/strict";
import { gradientCheck, random, randomNormal, type Tensor } from "convbook";
import { dot } from "./assertClose";

/**
 * Checks a backward pass against central differences of the forward pass, for every input and a random dy.
 *
 * @param backward gives a gradient for each input, under the same name
 */
export function assertGradients<Inputs extends { [name in keyof Inputs]: Tensor }>(
  inputs: Inputs,
  forward: (inputs: Inputs) => Tensor,
  backward: (dy: Tensor, inputs: Inputs) => { [name in keyof Inputs]: Tensor },
): void {
  const dy = randomNormal(forward(inputs).shape, random(99), "float64");
  const gradients = backward(dy, inputs);
  assert.deepEqual(Object.keys(gradients).sort(), Object.keys(inputs).sort());
  for (const name of Object.keys(inputs) as (keyof Inputs)[]) {
    const loss = (x: Tensor): number => dot(forward({ ...inputs, [name]: x }), dy);
    const { passed, relativeError, worst } = gradientCheck(loss, inputs[name], gradients[name]);
    assert.ok(
      passed,
      `gradient of ${String(name)} is off by ${relativeError}, most at ${JSON.stringify(worst)}`,
    );
  }
}

/** Normal random numbers in double precision. */
export function normal(shape: readonly number[], seed: number): Tensor {
  return randomNormal(shape, random(seed), "float64");
}
