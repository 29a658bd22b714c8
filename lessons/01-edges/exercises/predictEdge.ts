import { exercise, expectNumbers } from "convbook";
import * as solution from "../solution";

export const predictEdge = exercise({
  id: "01.predictEdge",
  title: "Predict: a bright half beside a dark one",
  minutes: 2,
  task: "The picture has six rows, all equal to 9 9 9 0 0 0; the filter has three rows, all equal to 1 0 −1. Let `predictEdge()` return the numbers in the first row of the result. Predict them in your head: no code is needed.",
  example: `
predictEdge() // such as [1, 2, 3]`,
  starter: `
function predictEdge(): number[] {
  // picture: 9 9 9 0 0 0     filter: 1 0 -1
  //          9 9 9 0 0 0             1 0 -1
  //          9 9 9 0 0 0             1 0 -1
  //          (six such rows)
  return yourCode();
}`,
  solution: solution.predictEdge,
  tests: [
    {
      title: "predictEdge() is the first row of the result, from left to right",
      async run(predictEdge) {
        expectNumbers(await predictEdge(), solution.predictEdge(), { of: "predictEdge()" });
      },
    },
  ],
  hints: [
    "At how many positions, from left to right, can a filter three wide stand on a picture six wide? Write down the three columns that it sees at each.",
    "At the first position it sees three times 9 9 9. What is 9·1 + 9·0 + 9·(-1)? At the second it sees 9 9 0, in three rows.",
  ],
  wrongAnswers: [
    {
      says: "The signs are turned: this is dark minus bright. The 1 stands on the left here, and so does the bright half.",
      answer: () => [0, -27, -27, 0],
    },
    {
      says: "That is what one row of the filter makes of it. The filter has three rows, and their products are added up as well.",
      answer: () => [0, 9, 9, 0],
    },
    {
      says: "Six numbers would need six positions of the filter. It is three wide: which is the last position at which it fits?",
      answer: () => [0, 0, 27, 27, 0, 0],
    },
    {
      says: "The edge lies under the filter at two positions: once as 9 9 0, once as 9 0 0. What does each of them give?",
      answer: () => [0, 27, 0, 0],
    },
    {
      says: "All weights are taken as positive: these are sums of the picture, not differences of its two sides.",
      answer: () => [54, 27, 27, 0],
    },
    {
      says: "0 and 1 would say whether there is an edge. A filter says how strong it is: it multiplies and adds.",
      answer: () => [0, 1, 1, 0],
    },
  ],
});
