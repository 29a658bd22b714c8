import {
  exercise,
  expectTensor,
  fromFunction,
  permutation,
  random,
  randomIntegers,
  type Tensor,
} from "convbook";
import * as solution from "../solution";

type Shuffle = typeof solution.channelShuffle;

export const channelShuffle = exercise({
  id: "21.channelShuffle",
  title: "The channel shuffle",
  minutes: 8,
  task:
    "Write `channelShuffle(x, groups)`: the channels of x, [m, h, w, c], are dealt out anew. First comes " +
    "the first channel of each group, then the second of each, and so on; `groups` divides c. Rows and " +
    "columns stay where they are.",
  example: `
channelShuffle(tensor([11, 12, 13, 21, 22, 23], [1, 1, 1, 6]), 2) // → [11, 21, 12, 22, 13, 23]
channelShuffle(tensor([11, 12, 21, 22, 31, 32], [1, 1, 1, 6]), 3) // → [11, 21, 31, 12, 22, 32]`,
  starter: `
function channelShuffle(x: Tensor, groups: number): Tensor {
  const [m, height, width, channels] = x.shape;
  return yourCode(); // [m, h, w, c]
}`,
  solution: solution.channelShuffle,
  tests: [
    {
      title: "channelShuffle(x, 2) makes 0 3 1 4 2 5 of the channels 0 to 5",
      async run(channelShuffle, { random }) {
        const x = fromFunction([1, 1, 1, 6], (...index) => index[3]); // [m, h, w, c]
        const of = "channelShuffle([0, 1, 2, 3, 4, 5], 2)";
        expectTensor(await channelShuffle(x, 2), solution.channelShuffle(x, 2), { of });
        const other = randomIntegers([1, 2, 1, 2 * random.integer(4, 7)], 1, 99, random);
        expectTensor(await channelShuffle(other, 2), solution.channelShuffle(other, 2), {
          of: `channelShuffle([${[...other.data].slice(0, other.shape[3]).join(", ")}], 2)`,
        });
      },
    },
    {
      title: "channelShuffle(x, 3) of twelve channels",
      async run(channelShuffle, { random }) {
        const x = fromFunction([1, 1, 1, 12], (...index) => index[3]);
        const of = "channelShuffle([0, 1, ..., 11], 3)";
        expectTensor(await channelShuffle(x, 3), solution.channelShuffle(x, 3), { of });
        const other = randomIntegers([1, 2, 1, 3 * random.integer(2, 5)], 1, 99, random);
        expectTensor(await channelShuffle(other, 3), solution.channelShuffle(other, 3), {
          of: "channelShuffle(x, 3)",
        });
      },
    },
    {
      title: "channelShuffle(x, 4) of two images of 3 x 2 pixels and eight channels",
      async run(channelShuffle, { random }) {
        const x = randomIntegers([2, 3, 2, 8], 1, 99, random);
        const of = "channelShuffle(x, 4)";
        expectTensor(await channelShuffle(x, 4), solution.channelShuffle(x, 4), { of });
      },
    },
    {
      title: "channelShuffle(x, 1) and channelShuffle(x, c) change nothing",
      async run(channelShuffle, { random }) {
        const x = randomIntegers([1, 2, 2, 6], 1, 99, random);
        expectTensor(await channelShuffle(x, 1), x, { of: "channelShuffle(x, 1)" });
        expectTensor(await channelShuffle(x, 6), x, { of: "channelShuffle(x, 6)" });
      },
    },
  ],
  hints: [
    "Write the channels of one pixel in a table, a group in each row: what is its shape? In which direction do you read it to get 0 3 1 4 2 5?",
    "Reshape so that the last axis becomes two, [groups, c / groups]; swap these two; reshape back.",
    "x.reshape([m, height, width, groups, channels / groups]).transpose([0, 1, 2, 4, 3]) and once more reshape. Or with fromFunction: output channel k comes from channel (k % groups) · c / groups + floor(k / groups).",
  ],
  wrongAnswers: [
    {
      says: "This is x itself: reshape alone moves nothing. The two axes have to be swapped in between.",
      answer: (x) => x.clone(),
    },
    {
      says: "You shuffle back: this undoes a shuffle. The table has a row for each group, [groups, c / groups], and not the other way about.",
      answer: (x, groups) => solution.channelShuffle(x, x.shape[3] / groups),
    },
    {
      says: "Your order is random. The shuffle is a fixed permutation: the network learns with it, and needs the same one every time.",
      answer: ordered((channels) => permutation(channels, random(11))),
    },
    {
      says: "The channels are turned round, last first. They are to be dealt out to the groups.",
      answer: ordered((channels) => Array.from({ length: channels }, (_, k) => channels - 1 - k)),
    },
    {
      says: "The order within each group is turned round, but each channel is still in its group.",
      answer: ordered((channels, groups) => {
        const size = channels / groups;
        return Array.from({ length: channels }, (_, k) => k - (k % size) + size - 1 - (k % size));
      }),
    },
    {
      says: "The groups have changed places, and none of them has been opened.",
      answer: ordered((channels, groups) => {
        const size = channels / groups;
        return Array.from({ length: channels }, (_, k) => (k + size) % channels);
      }),
    },
    {
      says: "You swap axes of the whole image: rows and columns have got into the channels. Keep m, height and width as axes of their own.",
      answer: (x, groups) => {
        const perImage = x.size / x.shape[0];
        return x
          .reshape([x.shape[0], groups, perImage / groups])
          .transpose([0, 2, 1])
          .reshape(x.shape);
      },
    },
    {
      says: "The tensor has five axes: after the swap it wants to be reshaped back to [m, h, w, c].",
      answer: (x, groups) => {
        const [m, height, width, channels] = x.shape;
        return x.reshape([m, height, width, groups, channels / groups]).transpose([0, 1, 2, 4, 3]);
      },
    },
    {
      says: "Only the first image is shuffled.",
      answer: (x, groups) => {
        const shuffled = solution.channelShuffle(x, groups);
        return fromFunction(x.shape, (i, ...rest) => (i === 0 ? shuffled : x).get(i, ...rest));
      },
    },
  ],
});

/** Output channel k is input channel order[k]. */
function ordered(orderOf: (channels: number, groups: number) => ArrayLike<number>): Shuffle {
  return (x: Tensor, groups) => {
    const order = orderOf(x.shape[3], groups);
    return fromFunction(x.shape, (i, row, column, k) => x.get(i, row, column, order[k]));
  };
}
