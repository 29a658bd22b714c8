#!/usr/bin/env node
/**
 * How long it takes to describe and to cost every network of the zoo, in fresh processes, so that nothing
 * has been compiled before. The aim is 250 ms at the median. On a
 * busy machine look at how long the process had a processor (Linux tells); the rest of the time it waited.
 *
 *     node bench/zoo.mjs [processes]
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const AIM = 250;
const processes = Number(process.argv[2] ?? 7);
const library = fileURLToPath(new URL("..", import.meta.url));

const script = `
  const { readFileSync } = require("node:fs");
  const onProcessor = () => {
    try {
      return Number(readFileSync("/proc/thread-self/schedstat", "utf8").split(" ")[0]) / 1e6;
    } catch {
      return NaN;
    }
  };
  const start = process.hrtime.bigint();
  const { cost, zoo } = require(${JSON.stringify(library)});
  const imported = process.hrtime.bigint();
  const before = onProcessor();
  let [networks, layers] = [0, 0];
  for (const entry of zoo.all()) {
    networks++;
    layers += cost(entry.build()).layers.length;
  }
  const busy = onProcessor() - before;
  const costed = process.hrtime.bigint();
  const ms = (from, to) => Number(to - from) / 1e6;
  const times = { imported: ms(start, imported), costed: ms(imported, costed), busy };
  console.log(JSON.stringify({ networks, layers, ...times }));
`;

const runs = Array.from({ length: processes }, () =>
  JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" })),
);
const median = (of) => runs.map(of).sort((a, b) => a - b)[Math.floor(processes / 2)];
const whole = median(({ costed }) => costed);
const [{ networks, layers }] = runs;
const busy = median((run) => run.busy ?? NaN);
const size = `${networks} networks of ${layers.toLocaleString("en-GB")} layers`;
console.log(`${size}, median of ${processes} processes`);
console.log(
  `  import             ${median(({ imported }) => imported)
    .toFixed(0)
    .padStart(5)} ms`,
);
console.log(
  `  describe and cost  ${whole.toFixed(0).padStart(5)} ms, ${(whole / AIM).toFixed(2)} of the aim`,
);
if (busy > 0)
  console.log(
    `  on the processor   ${busy.toFixed(0).padStart(5)} ms, ${(busy / AIM).toFixed(2)} of the aim`,
  );
