import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as convbook from "convbook";
import { exercisesOf, inProcess, runExercise, solutionListing } from "convbook/authoring";
import { inProject } from "#dist/project/index.js";
import { openSandbox, type Sandbox } from "#dist/sandbox/index.js";

const contender = exercisesOf("23").find(({ id }) => id === "23.contender")!;
const BASELINE = `network("mine", [28, 28, 1], layers.flatten(), layers.dense({ units: 10 }))`;
/** What only keeping to the budget is worth. */
const IN_BUDGET = 1;

/** What an answer tries, and what it comes to. */
const hostile: Record<string, [code: string, points: number]> = {
  "has learnt the test digits by heart": [
    `function contender(): any { return (digit: any) => [7, 2, 1, 0, 4][0]; }`,
    0,
  ],
  "hands in answers in place of a network": [
    `function contender(): any { return { classes: Array(5000).fill(7), accuracy: 1 }; }`,
    0,
  ],
  "looks every digit up in a table of weights": [
    `function contender(): Network {
       return network("mine", [28, 28, 1], layers.flatten(), layers.dense({ units: 3000 }), layers.relu(), layers.dense({ units: 10 }));
     }`,
    0,
  ],
  "hides a table in weights that do not count as trainable": [
    `function contender(): Network {
       const net = network("mine", [28, 28, 1], layers.flatten(), layers.dense({ units: 100 }), layers.relu(), layers.dense({ units: 10 }));
       const data: any = networkToData(net);
       for (const layer of data.layers) layer.trainable = false;
       return networkFromData(data);
     }`,
    0,
  ],
  "takes weights along that were trained before": [
    `function contender(): any {
       const net = ${BASELINE};
       return Object.assign(Object.create(Object.getPrototypeOf(net)), net, { weights: { dense1: { matrix: full([784, 10], 1) } } });
     }`,
    IN_BUDGET,
  ],
  "puts a function into a layer": [
    `function contender(): any {
       const data: any = networkToData(${BASELINE});
       data.layers[1].operation = { ...data.layers[1].operation, forward: (x: any) => x, labels: () => [1] };
       try { return networkFromData(data); } catch { return ${BASELINE}; }
     }`,
    IN_BUDGET,
  ],
  "changes the library, and what it counts with": [
    `import * as library from "convbook";
     function contender(): any {
       for (const name of ["cost", "trainFromSeed", "networkToData", "mnist", "sizeOf"])
         try { (library as any)[name] = () => ({ macs: 0, params: 0, classes: [], layers: [] }); } catch {}
       Math.random = () => 0;
       Float32Array.prototype.indexOf = () => 7;
       return ${BASELINE};
     }`,
    IN_BUDGET,
  ],
  "says that it is small": [
    `function contender(): any {
       const net: any = network("mine", [28, 28, 1], layers.flatten(), layers.dense({ units: 100 }), layers.relu(), layers.dense({ units: 10 }));
       return new Proxy(net, { get: (to, name) => (name === "params" || name === "macs" ? 0 : to[name]) });
     }`,
    0,
  ],
  "is small when it is first asked, and large when it is trained": [
    `let calls = 0;
     function contender(): Network {
       return calls++ === 0 ? ${BASELINE} : network("mine", [28, 28, 1], layers.flatten(), layers.dense({ units: 300 }), layers.relu(), layers.dense({ units: 10 }));
     }`,
    IN_BUDGET,
  ],
  "keeps the trainer busy for ever": [
    `function contender(): Network {
       return network("mine", [28, 28, 1], layers.zeroPad(2000), layers.crop(2000), layers.flatten(), layers.dense({ units: 10 }));
     }`,
    0,
  ],
  "is of a kind that is not known, and costs what it says": [
    `function contender(): Network {
       return network("mine", [28, 28, 1], layers.unknown({ type: "X", shape: [10], params: 0 }));
     }`,
    0,
  ],
  "has its filters in sums, trained at home": [
    `function contender(): Network {
       const { crop, flatten, dense, scaledAdd, zeroPad } = layers;
       const shifted = (x: any, dy: number, dx: number) => crop([[1 + dy, 1 - dy], [1 + dx, 1 - dx]])(zeroPad(1)(x));
       const fixed = (x: any) => [0.3, -0.7, 0.2, 0.9, -0.4, 0.6, 0.1, -0.8, 0.5].reduce(
         (sum: any, scale, i) => scaledAdd(sum, shifted(x, Math.floor(i / 3) - 1, (i % 3) - 1), { scale }), x);
       const twice = (x: any) => layers.concat(...Array.from({ length: 15 }, () => fixed(x)));
       return network("mine", [28, 28, 1], twice, layers.maxPool({ size: 4 }), flatten(), dense({ units: 10 }));
     }`,
    0,
  ],
  "cannot be trained": [
    `function contender(): Network {
       return network("mine", [28, 28, 1], layers.flatten(), layers.dropout({ rate: 0.5 }), layers.dense({ units: 10 }));
     }`,
    0,
  ],
};

describe("23.contender in the sandbox", function () {
  this.timeout(600_000);
  let sandbox: Sandbox;
  before(() => void (sandbox = openSandbox({ callLimit: 20_000 })));
  after(() => sandbox.close());

  const graded = async (code: string, seed = 1) => {
    const imported = `import { ${Object.keys(convbook).join(", ")} } from "convbook";\n`;
    const cells = [{ origin: "cell 1", text: imported + code }];
    const submission = await sandbox.submission(cells, ["contender"]);
    const library: ReturnType<Sandbox["library"]>[] = [];
    const apart = (name: string) => {
      library.push(sandbox.library(name));
      return library[library.length - 1];
    };
    const answer = submission.answer("contender");
    const result = await runExercise(contender, answer, { seed, apart });
    library.forEach((boundary) => boundary.end());
    submission.end();
    return result;
  };

  it("gives the leader's entry full points", async () => {
    const result = await graded(solutionListing(contender), 5);
    assert.equal(result.earned, contender.points, JSON.stringify(result.tests));
  });

  it("trains to the same bits as the notebook's own process, each of three times", async () => {
    const { layers, mnist, network, trainFromSeed } = convbook;
    const { conv, dense, flatten, relu } = layers;
    const net = network(
      "n",
      [28, 28, 1],
      conv({ filters: 3, kernelSize: 5, stride: 3 }),
      relu(),
      flatten(),
      dense({ units: 10 }),
    );
    const { images, labels } = mnist().train.take(200);
    const input = [
      net,
      { x: images, y: labels },
      { seed: 9, epochs: 2, classify: images },
    ] as const;
    const here = await trainFromSeed(...input);
    for (let time = 0; time < 3; time++) {
      const boundary = sandbox.library("trainFromSeed");
      const { outcome } = await boundary.call(input);
      boundary.end();
      assert.deepEqual(outcome, { value: here });
    }
  });

  it("says the same of an entry as the notebook's check, down to the accuracy", async () => {
    const baseline = () =>
      convbook.network(
        "mine",
        [28, 28, 1],
        convbook.layers.flatten(),
        convbook.layers.dense({ units: 10 }),
      );
    const messages = (result: Awaited<ReturnType<typeof graded>>) =>
      result.tests.map((test) => test.message);
    const there = await graded(`function contender(): Network { return ${BASELINE}; }`, 7);
    const here = await runExercise(contender, inProcess(baseline), { seed: 7 });
    assert.match(String(messages(here)[1]), /reads 9\d\.\d% of 5,000 digits/);
    assert.deepEqual(messages(there), messages(here));
  });

  for (const [what, [code, points]] of Object.entries(hostile))
    it(`gives ${points} of ${contender.points} points to an entry that ${what}`, async () => {
      const result = await graded(code);
      assert(result.earned <= points, `${result.earned}: ${JSON.stringify(result.tests)}`);
      if (points > 0) assert.equal(result.earned, points, JSON.stringify(result.tests));
    });

  it("refuses a name that is none of the library's", async () => {
    assert.throws(() => sandbox.library("f; process.exit()"), /no name of the library/);
    const boundary = sandbox.library("noSuchFunction");
    const { outcome } = await boundary.call([]);
    boundary.end();
    assert("error" in outcome);
  });
});

describe("the lines of 23.contender", () => {
  interface Entry {
    accuracies: Record<string, number[]>;
  }
  const file = inProject("assets", "experiments", "contenders.json");
  const { results } = JSON.parse(readFileSync(file, "utf8")) as { results: Record<string, Entry> };
  const accuraciesOf = (start: string): number[] =>
    Object.entries(results).find(([name]) => name.startsWith(start))![1].accuracies["5"];

  it("lie more than three deviations from the baseline's accuracies and from the leader's", () => {
    const [baseline, leader] = [accuraciesOf("the baseline"), accuraciesOf("the leader")];
    assert(baseline.length >= 12 && leader.length >= 12);
    const [low, high] = [baseline, leader].map((list) => {
      const mean = list.reduce((a, b) => a + b) / list.length;
      const deviation = Math.sqrt(
        list.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (list.length - 1),
      );
      return { mean, deviation };
    });
    assert(0.945 > low.mean + 3 * low.deviation, JSON.stringify(low));
    assert(0.952 < high.mean - 3 * high.deviation, JSON.stringify(high));
  });
});
