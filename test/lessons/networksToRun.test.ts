import assert from "node:assert/strict";
import {
  type Answer,
  layers,
  type Module,
  network,
  networkFromData,
  networkToData,
  random,
} from "convbook";
import { exerciseById, inProcess, runExercise } from "convbook/authoring";
import { narrowest } from "../../lessons/16-inception-v2-v3/exercises/narrowest";
import { expectNetwork } from "../../lessons/shared/expectNetwork";

const { add, conv, depthwiseConv, globalAveragePool, maxPool, relu } = layers;

const messagesOf = async (id: string, answer: Answer): Promise<(string | undefined)[]> => {
  const { tests } = await runExercise(exerciseById("test", id), inProcess(answer));
  return tests.map(({ message }) => message);
};

/** A learner's network is run by the grader, so none may be run that is out of all proportion. */
describe("networks that are not run", () => {
  it("cheaperLayer() of eight million filters", async () => {
    const wall = (input: number[], filters: number, stride: number) =>
      network(
        "wall",
        input,
        conv({ filters: 8_000_000, kernelSize: 3, stride, padding: 1 }),
        conv({ filters, kernelSize: 1 }),
      );
    const messages = await messagesOf("12.cheaperLayer", wall);
    assert.equal(
      messages[2],
      "cheaperLayer([5, 5, 8], 8, 1): it has far more weights than it needs.",
    );
  });

  it("cheaperLayer() of padding as wide as a wall", async () => {
    const wide = (input: number[], filters: number, stride: number) =>
      network(
        "wide",
        input,
        depthwiseConv({ kernelSize: 3, stride, padding: 2 ** 30, dilation: 2 ** 30 }),
        conv({ filters, kernelSize: 1 }),
      );
    const messages = await messagesOf("12.cheaperLayer", wide);
    assert.match(messages[2]!, /on the way there it makes far larger maps/);
  });

  it("cheaperLayer() of three thousand maps", async () => {
    const wall = (input: number[], filters: number, stride: number) =>
      network(
        "wall",
        input,
        conv({ filters: 3_000, kernelSize: 3, stride, padding: 1 }),
        conv({ filters, kernelSize: 3, padding: 1 }),
      );
    const messages = await messagesOf("12.cheaperLayer", wall);
    assert.equal(
      messages[2],
      "cheaperLayer([5, 5, 8], 8, 1): it has far more weights than it needs.",
    );
  });

  const small = () => [conv({ filters: 4, kernelSize: 3, padding: 1 }), relu()];
  const judge = (...modules: Module[]) =>
    expectNetwork(
      network("answer", [6, 6, 4], ...modules),
      network("ours", [6, 6, 4], ...small()),
      {
        of: "unit()",
        random: random(3),
      },
    );
  const tooMuch =
    /unit\(\): shape, parameters and multiply-adds agree, but on the way there it makes far larger maps/;

  it("one whose sums have ten thousand terms", () => {
    const sum: Module = (x) => add(...Array<typeof x>(10_000).fill(x));
    assert.throws(() => judge(...small(), sum), tooMuch);
  });

  it("one of a thousand layers too many", () => {
    const pools = Array.from({ length: 1000 }, () => maxPool({ size: 1, stride: 1 }));
    assert.throws(() => judge(...small(), ...pools), tooMuch);
  });

  it("one that looks at its maps a thousand times, and puts nothing out of it", () => {
    const data = networkToData(network("answer", [6, 6, 4], ...small()));
    const [look] = networkToData(network("look", [6, 6, 4], globalAveragePool())).layers;
    for (let i = 0; i < 1000; i++) data.layers.push({ ...look, name: `look${i}`, inputs: [2] });
    assert.throws(
      () =>
        expectNetwork(networkFromData(data), network("ours", [6, 6, 4], ...small()), {
          of: "unit()",
          random: random(3),
        }),
      tooMuch,
    );
  });
});

describe("narrowest", () => {
  it("narrowest(network) sees a bottleneck behind more paths than a number can count", () => {
    const times = [3, 7, 11, 5, 13, 3, 17, 19, 3, 5, 23, 7, 29, 3, 5, 31, 37, 3, 7, 41];
    const sums = times.map(
      (n): Module =>
        (x) =>
          add(...Array<typeof x>(n).fill(x)),
    );
    const neck = conv({ filters: 2, kernelSize: 1, name: "neck" });
    const wide = conv({ filters: 64, kernelSize: 1 });
    const half = (from: number, to?: number) => sums.slice(from, to);
    const net = network("net", [4, 4, 8], ...half(0, 9), neck, wide, ...half(9));
    assert.equal(narrowest(net).path, "neck");
  });

  it("narrowest(network) leaves out what a branch leads past", () => {
    const past: Module = (x) =>
      add(conv({ filters: 8, kernelSize: 1 })(conv({ filters: 1, kernelSize: 1 })(x)), x);
    const net = network("net", [4, 4, 8], past, conv({ filters: 9, kernelSize: 1 }));
    assert.equal(narrowest(net).path, "input");
  });
});
