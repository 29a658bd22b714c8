import { spawnSync } from "node:child_process";
import { registerKernel } from "#dist/installation/index.js";
import { inProject, projectRoot, python } from "#dist/project/index.js";
import { printTable } from "./table";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** The names that the kernels are registered under, and what they are called here. */
const KERNELS = { convbook: "ours", "tslab-stock": "stock tslab", python3: "ipykernel" };
/** What ours should need at most, in seconds, of memory in MiB. */
const AIMS: Record<string, number> = {
  ready: 1,
  "first cell done": 1.5,
  "simple cell": 0.015,
  "library cell": 0.04,
  "import convbook": 0.3,
  memory: 150,
};

/** What a kernel should hold at most after a lesson, in MiB. */
const AFTER_LESSON = 200;

/** One of arithmetic and pictures, one with a network's gradients, one that trains and looks into networks. */
const LESSONS = ["02-padding", "06-backpropagation", "11-what-the-layers-see"];

type Quantities = Record<string, (number | null)[]>;

/** What a learner waits for: the teaching kernel beside stock tslab and Python's, in interleaved rounds. */
export function benchKernels(): void {
  registerKernel();
  const names = Object.keys(KERNELS);
  const { status, stdout, stderr } = spawnSync(python, [inProject("bench", "kernels.py")], {
    cwd: projectRoot,
    input: JSON.stringify({ kernels: names, rounds: ROUNDS, lessons: LESSONS.map(notebook) }),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr.slice(-2000));
  if (stderr) console.error(stderr.slice(-2000));
  const { quantities: found, lessons } = JSON.parse(stdout) as {
    quantities: Record<string, Quantities>;
    lessons: Record<string, Record<string, number | null>>;
  };
  console.log(`kernels: medians of ${ROUNDS} rounds, seconds, memory in MiB`);
  const rows = Object.keys(found.convbook).map((quantity) => {
    const medians = names.map((name) => median(found[name][quantity]));
    const [ours, stock] = medians;
    const aim = AIMS[quantity];
    return [
      quantity,
      ...medians.map((value) => (value === undefined ? "-" : digits(value))),
      ours !== undefined && stock !== undefined ? (ours / stock).toFixed(2) : "-",
      aim === undefined || ours === undefined ? "-" : (ours / aim).toFixed(2),
    ];
  });
  printTable(["", ...Object.values(KERNELS), "of stock", "of the aim"], rows);
  console.log("memory in MiB after all cells of a lesson, once");
  const afterLessons = LESSONS.map((lesson) => {
    const { convbook: ours, "tslab-stock": stock } = lessons[notebook(lesson)];
    const ratio = (of: number | null) => (ours && of ? (ours / of).toFixed(2) : "-");
    const shown = (value: number | null) => (value === null ? "-" : digits(value));
    return [lesson, shown(ours), shown(stock), ratio(stock), ratio(AFTER_LESSON)];
  });
  printTable(["", "ours", "stock tslab", "of stock", "of the aim"], afterLessons);
}

const notebook = (lesson: string) => inProject("notebooks", `${lesson}.ipynb`);

function median(values: readonly (number | null)[]): number | undefined {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)];
}

function digits(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(3);
}
