import assert from "node:assert/strict";
import { AnswerError, layers, type Module, network, random } from "convbook";
import { expectNetwork } from "../../lessons/shared/expectNetwork";

const { averagePool, batchNorm, branches, channelShuffle, conv, maxPool, relu, sequential } =
  layers;

const net = (...modules: Module[]) => network("unit", [6, 6, 4], ...modules);
const reduce = () => sequential(conv({ filters: 2, kernelSize: 1 }), relu());
const large = () => conv({ filters: 4, kernelSize: 3, padding: 1 });
const expected = net(branches(large(), sequential(reduce(), large())), batchNorm(), relu());

const judge = (actual: unknown, wanted = expected) =>
  expectNetwork(actual, wanted, { of: "unit()", random: random(3) });
const refuses = (actual: unknown, ...words: RegExp[]) =>
  assert.throws(
    () => judge(actual),
    (error: Error) => {
      assert.ok(error instanceof AnswerError, error.stack);
      for (const word of words) assert.match(error.message, word);
      return true;
    },
  );

describe("expectNetwork", () => {
  it("passes the same network under other names", () => {
    const named = (filters: number, kernelSize: number) =>
      conv({ filters, kernelSize, padding: "same", name: "mine" });
    judge(
      net(
        branches(named(4, 3), sequential(named(2, 1), relu({ name: "bend" }), named(4, 3))),
        batchNorm(),
        relu(),
      ),
    );
  });

  it("passes another way to write the same thing", () => {
    const reluLast = net(branches(large(), large()), relu());
    const reluInside = net(branches(sequential(large(), relu()), sequential(large(), relu())));
    judge(reluInside, reluLast);
  });

  it("refuses what is no network", () => refuses(undefined, /must return a Network/));

  it("refuses another input, output, number of parameters or multiply-adds, and says where they part", () => {
    refuses(network("unit", [6, 6, 3], large()), /takes input of shape \[6, 6, 3\]/);
    refuses(net(large()), /gives shape \[6, 6, 4\], expected \[6, 6, 8\]/);
    refuses(
      net(branches(large(), large()), batchNorm(), relu()),
      /parameters .* 312, expected 250/,
      /Look at batchNorm1 first|Look at concat1 first/,
    );
    const early = net(
      maxPool({ size: 3, stride: 1 }),
      branches(large(), sequential(reduce(), large())),
      layers.zeroPad({ padding: [[1, 1], [1, 1]] }), // prettier-ignore
      batchNorm(),
      relu(),
    );
    refuses(early, /multiply-adds/, /Look at maxPool1 first: 3×3 max pool, on \[6, 6, 4\]/);
  });

  it("refuses the same counts with another meaning", () => {
    const other = "computes something else";
    refuses(
      net(branches(sequential(reduce(), large()), large()), batchNorm(), relu()),
      new RegExp(other),
      /Look at concat1 first/,
    );
    refuses(
      net(branches(large(), sequential(reduce(), large())), relu(), batchNorm()),
      new RegExp(other),
      /Look at relu2 first/,
    );
    refuses(net(branches(large(), sequential(reduce(), large())), batchNorm()), new RegExp(other));
    assert.throws(
      () => judge(net(channelShuffle({ groups: 2 }), large()), net(large())),
      /channel shuffle, groups 2/,
    );
    assert.throws(
      () => judge(net(averagePool({ size: 2 })), net(maxPool({ size: 2 }))),
      /at \[0, 0, 0, 0\] expected/,
    );
  });

  it("refuses a network that makes maps as large as a wall on the way, before it runs it", () => {
    const { crop, zeroPad } = layers;
    const wall: [[number, number], [number, number]] = [
      [20_000, 20_000],
      [20_000, 20_000],
    ];
    const detour = net(
      branches(large(), sequential(reduce(), large())),
      batchNorm(),
      relu(),
      zeroPad({ padding: wall }),
      crop({ cropping: wall }),
    );
    refuses(detour, /on the way there it makes far larger maps/);
  });
});
