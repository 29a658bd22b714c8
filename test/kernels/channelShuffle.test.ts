import { channelShuffle, channelShuffleBackward, zeros } from "convbook";
import { assertClose, assertNear, dot } from "./assertClose";
import { normal } from "./assertGradients";
import { refuses } from "./refuses";

describe("channelShuffle", () => {
  it("channelShuffleBackward(channelShuffle(x, groups), groups) is x", () => {
    const x = normal([2, 2, 3, 12], 1);
    for (const groups of [1, 2, 3, 4, 6, 12])
      assertClose(channelShuffleBackward(channelShuffle(x, groups), groups), x, { absolute: 0 });
  });

  it("<channelShuffle(x), dy> = <x, channelShuffleBackward(dy)>", () => {
    const [x, dy] = [normal([1, 2, 2, 6], 2), normal([1, 2, 2, 6], 3)];
    assertNear(dot(channelShuffle(x, 3), dy), dot(x, channelShuffleBackward(dy, 3)));
  });

  const x = zeros([1, 2, 2, 6]);
  refuses(
    "channelShuffle(x, 4)",
    () => channelShuffle(x, 4),
    "channelShuffle(): groups must be a divisor of the 6 channels, but got 4.",
  );
  refuses(
    "channelShuffle(x, 0)",
    () => channelShuffle(x, 0),
    "groups must be a positive integer, but got 0",
  );
  refuses(
    "channelShuffle(x, NaN)",
    () => channelShuffle(x, NaN),
    "groups must be a positive integer, but got NaN",
  );
  refuses(
    "channelShuffle(x of rank 1, 2)",
    () => channelShuffle(zeros([6]), 2),
    "x must be a tensor",
  );
  refuses(
    "channelShuffleBackward(dy, 4)",
    () => channelShuffleBackward(x, 4),
    "channelShuffleBackward(): groups must be",
  );
});
