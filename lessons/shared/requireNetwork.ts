import { AnswerError, describeValue, Network } from "convbook";

/**
 * Lets through a network for inputs of this shape. Of anything else it says what came, and what to return.
 *
 * @param of what was called, as the learner would type it: `"halve([35, 35, 320])"`
 */
export function requireNetwork(
  answer: unknown,
  of: string,
  inputShape: readonly number[],
): Network {
  if (!(answer instanceof Network)) {
    const message = `${of} must return a Network: return network("name", inputShape, ...modules). It returned ${describeValue(answer)}.`;
    throw new AnswerError(message, { actual: answer, expected: "a Network" });
  }
  const [actual, expected] = [answer.input.shape, inputShape].map(
    (shape) => `[${shape.join(", ")}]`,
  );
  if (actual !== expected) {
    const message = `${of} takes input of shape ${actual}, expected ${expected}. Hand that on to network(...).`;
    throw new AnswerError(message, { actual, expected });
  }
  return answer;
}
