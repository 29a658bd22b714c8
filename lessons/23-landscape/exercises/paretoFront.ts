import { exercise, type ExerciseTest, expectThat, type Random } from "convbook";
import * as solution from "../solution";

type ParetoFront = typeof solution.paretoFront;
type Nets = Parameters<ParetoFront>[0];

export const paretoFront = exercise({
  id: "23.paretoFront",
  title: "The nets that no other beats",
  minutes: 10,
  task:
    "Write `paretoFront(nets)`: the names of the nets that no other beats, the cheapest first. `top1` is " +
    "the accuracy in percent. Two nets that are equal in both numbers do not beat each other: they stay, " +
    "in the order in which they came.",
  example: `
paretoFront([
  { name: "a", cost: 5, top1: 70 },
  { name: "b", cost: 4, top1: 60 },
  { name: "c", cost: 3, top1: 65 },
])
// → ["c", "a"]`,
  starter: `
function paretoFront(nets: { name: string; cost: number; top1: number }[]): string[] {
  return yourCode();
}`,
  solution: solution.paretoFront,
  tests: [
    frontTest("paretoFront(nets) of five nets", 1, 1),
    frontTest("paretoFront(nets) of a dozen, three times", 3, 3),
  ],
  hints: [
    "Sort by cost. Going through them from the cheapest on, what must a net be to stay?",
    "Where two cost the same, which of them has to come first for that to work? And what do two that are equal in both do to each other?",
    "inOrder = [...nets].sort((a, b) => a.cost - b.cost || b.top1 - a.top1); a net stays if it is more accurate than the last that stayed, or equal to it in both.",
  ],
  wrongAnswers: [
    {
      says: "Your list holds nets that are beaten by one of the same cost, or of the same accuracy: for those you asked that both be worse.",
      answer: (nets) =>
        byCost(nets)
          .filter((net) => !nets.some((o) => o.cost < net.cost && o.top1 > net.top1))
          .map(nameOf),
    },
    {
      says: "Of two nets that are equal in both you keep one or none. Neither is better in anything, so neither beats the other.",
      answer: (nets) =>
        byCost(nets)
          .filter(
            (net, i, all) =>
              !all.some(
                (o, j) => o.cost <= net.cost && o.top1 >= net.top1 && (better(o, net) || j < i),
              ),
          )
          .map(nameOf),
    },
    {
      says: "The right nets, in the order in which they came. Sort them by cost.",
      answer: (nets) => nets.filter((net) => !beaten(net, nets)).map(nameOf),
    },
    {
      says: "The most expensive comes first in your list. The cheapest should.",
      answer: (nets) =>
        byCost(nets)
          .filter((net) => !beaten(net, nets))
          .map(nameOf)
          .reverse(),
    },
    {
      says: "You keep the nets that are beaten, and drop those that are not.",
      answer: (nets) =>
        byCost(nets)
          .filter((net) => beaten(net, nets))
          .map(nameOf),
    },
    {
      says: "You compare each net with its neighbour in the order of cost only. One that is better than its neighbour may still be beaten by a net before that.",
      answer: (nets) => {
        const all = byCost(nets);
        return all
          .filter((net, i) => i === 0 || !(better(all[i - 1], net) && all[i - 1].top1 >= net.top1))
          .map(nameOf);
      },
    },
    {
      says: "Your front is of the expensive nets: you took a higher cost for the better one.",
      answer: (nets) =>
        byCost(nets)
          .filter(
            (net) =>
              !nets.some(
                (o) =>
                  o.cost >= net.cost &&
                  o.top1 >= net.top1 &&
                  (o.cost > net.cost || o.top1 > net.top1),
              ),
          )
          .map(nameOf),
    },
    {
      says: "One net came back, the most accurate. The cheaper ones that nothing beats belong to the front as well.",
      answer: (nets) =>
        byCost(nets)
          .sort((a, b) => b.top1 - a.top1)
          .slice(0, 1)
          .map(nameOf),
    },
  ],
});

const nameOf = ({ name }: { name: string }): string => name;

function byCost(nets: Nets): Nets {
  return [...nets].sort((a, b) => a.cost - b.cost);
}

function better(a: Nets[number], b: Nets[number]): boolean {
  return a.cost < b.cost || a.top1 > b.top1;
}

function beaten(net: Nets[number], nets: Nets): boolean {
  return nets.some((o) => o.cost <= net.cost && o.top1 >= net.top1 && better(o, net));
}

function frontTest(title: string, points: number, trials: number): ExerciseTest<ParetoFront> {
  return {
    title,
    points,
    async run(paretoFront, { random }) {
      for (let trial = 0; trial < trials; trial++) {
        const nets = drawn(random, trials === 1 ? 0 : 4, trial % 2 === 0);
        const actual = await paretoFront(nets);
        const expected = solution.paretoFront(nets);
        const list = nets.map(({ name, cost, top1 }) => `${name}: ${cost}, ${top1}%`).join("; ");
        expectThat(
          Array.isArray(actual) && actual.join() === expected.join(),
          `Of the nets (name: cost, accuracy) ${list}: expected ${expected.join(", ")}, got ${Array.isArray(actual) ? actual.join(", ") || "nothing" : String(actual)}.`,
        );
      }
    },
  };
}

/**
 * Nets of which three or more are the front, two of them twins; one is beaten at the same cost, one at the same
 * accuracy, one by a net that is not its neighbour in the order of cost.
 */
function drawn(random: Random, more: number, lowerFirst: boolean): Nets {
  const [cost, top1] = [random.integer(10, 40), random.integer(50, 60)];
  const step = (): number => random.integer(1, 3);
  const middle = { cost: cost + 10, top1: top1 + 8 };
  const nets = [
    { cost, top1 },
    { cost: cost + step(), top1: top1 - step() }, // beaten by the cheapest
    { ...middle },
    { ...middle },
    { cost: middle.cost, top1: middle.top1 - step() }, // beaten at the same cost
    { cost: middle.cost + step(), top1: middle.top1 }, // beaten at the same accuracy
    { cost: middle.cost + 5, top1: middle.top1 - 4 }, // beaten, and worse than
    { cost: middle.cost + 6, top1: middle.top1 - 3 }, // its neighbour, which is beaten too
    { cost: cost + 20, top1: top1 + 8 + step() },
    ...Array.from({ length: more }, () => ({
      cost: cost + random.integer(21, 60),
      top1: top1 + random.integer(0, 30),
    })),
  ];
  const letters = "ABCDEFGHIJKLMN".split("");
  // The front's last comes first and its first second: neither the order of the input nor its reverse is the front's.
  const [first, ...rest] = nets;
  const last = [...rest].sort((a, b) => b.top1 - a.top1 || a.cost - b.cost)[0];
  const others = shuffledBy(
    rest.filter((net) => net !== last),
    random,
  );
  // Of those that cost the same, the beaten one before its equals in one trial and behind them in the next.
  const isLower = (net: (typeof nets)[number]): boolean =>
    net.cost === middle.cost && net.top1 < middle.top1;
  others.sort((a, b) => (Number(isLower(b)) - Number(isLower(a))) * (lowerFirst ? 1 : -1));
  return [last, first, ...others].map((net, i) => ({ name: letters[i], ...net }));
}

function shuffledBy<T>(list: readonly T[], random: Random): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(random.integer(0, rest.length - 1), 1)[0]);
}
