import assert from "node:assert/strict";
import { AnswerError, layers, network, zeros } from "convbook";
import { requireNetwork } from "../../lessons/shared/requireNetwork";

describe("requireNetwork", () => {
  const net = network("pool", [6, 6, 4], layers.maxPool({ size: 2 }));

  it("requireNetwork(network, of, its input's shape) is the network", () =>
    assert.equal(requireNetwork(net, "halve([6, 6, 4])", [6, 6, 4]), net));

  const refuses = (answer: unknown, said: string) =>
    assert.throws(
      () => requireNetwork(answer, "halve([6, 6, 4])", [6, 6, 4]),
      (error: Error) => {
        assert.ok(error instanceof AnswerError, error.stack);
        assert.equal(error.message, said);
        return true;
      },
    );

  it("requireNetwork(anything else) says what came and what to return", () => {
    const wanted =
      'halve([6, 6, 4]) must return a Network: return network("name", inputShape, ...modules).';
    refuses(undefined, `${wanted} It returned nothing.`);
    refuses(layers.relu(), `${wanted} It returned the function (anonymous).`);
    refuses(zeros([3]), `${wanted} It returned a tensor of shape [3].`);
  });

  it("requireNetwork(network for another input) says for which", () =>
    refuses(
      network("pool", [8, 8, 4], layers.maxPool({ size: 2 })),
      "halve([6, 6, 4]) takes input of shape [8, 8, 4], expected [6, 6, 4]. Hand that on to network(...).",
    ));
});
