import { engine } from "convbook";
import { type Layer, layers, multiplyAdds } from "./layers";
import { countsProcessorTime, geometricMean, medians, type Task } from "./measure";
import { compiledPeer, enginePeer, kernelsPeer } from "./peers/convbook";
import { onnxruntimePeer } from "./peers/onnxruntime";
import { type Pass, passes, type Peer } from "./peers/Peer";
import { tfjsPeer } from "./peers/tfjs";
import { simdPeak } from "./peak";
import { printTable } from "./table";

/** Seconds that a peer gets for a pass of a layer. */
const BUDGET = Number(process.env.BENCH_SECONDS ?? 0.3);
/** Seconds that a layer may take a slow peer; it is given a smaller one, and the time scaled up. */
const LONGEST = 0.5;

const peers: Peer[] = [
  enginePeer(1),
  enginePeer(2),
  enginePeer(2, "fastest"),
  compiledPeer(2, false),
  compiledPeer(2, true),
  kernelsPeer,
  tfjsPeer("cpu"),
  tfjsPeer("wasm"),
  tfjsPeer("tensorflow"),
  onnxruntimePeer(1),
];

/** What the engine is to reach against each peer, with two threads, as the geometric mean over the layers. */
const aims: Record<Pass, Record<string, number>> = {
  forward: { "tfjs wasm": 3, "tfjs cpu": 100, "tfjs-node": 0.75 },
  "gradient to input": { "tfjs cpu": 60, "tfjs-node": 0.6 },
  "gradient to filter": { "tfjs cpu": 60, "tfjs-node": 0.6 },
};

/** Times every peer on every layer, and prints GFLOP/s by the definition (two a multiply-add) and the engine's ratios. */
export async function benchConvolutions(): Promise<void> {
  const { separate, fused } = await simdPeak();
  const giga = (perSecond: number): string => ((2 * perSecond) / 1e9).toFixed(1);
  console.log(
    `Peak of one thread in 128-bit SIMD WebAssembly: ${giga(separate)} GFLOP/s` +
      (fused ? `, with fused multiply-add ${giga(fused)}` : "") +
      `. The engine ${engine.status().fusedMultiplyAdd ? "fuses" : "does not fuse"} them here.`,
  );
  const present = await startAll();
  const results = new Map<string, number>();
  const key = (pass: Pass, layer: Layer, peer: Peer): string =>
    [pass, layer.name, peer.name].join();

  for (const layer of layers) {
    process.stderr.write(`${layer.name}\n`);
    const tasks = new Map<Peer, Partial<Record<Pass, Task>>>();
    const scale = new Map<Peer, number>();
    for (const peer of present) {
      const part = shrink(layer, (peer.speed ?? Infinity) * LONGEST);
      scale.set(peer, multiplyAdds(layer) / multiplyAdds(part));
      tasks.set(peer, await peer.tasks(part));
    }
    for (const pass of passes) {
      const able = [...tasks].filter(([, task]) => task[pass]);
      const times = await medians(new Map(able.map(([peer, task]) => [peer, task[pass]!])), BUDGET);
      for (const [peer, time] of times)
        results.set(key(pass, layer, peer), time * scale.get(peer)!);
    }
  }

  for (const pass of passes)
    printPass(pass, present, (layer, peer) => results.get(key(pass, layer, peer)));
}

/** The layer on fewer images, then on lower ones, until it takes no more multiply-adds than `most`. */
function shrink(layer: Layer, most: number): Layer {
  const [batch, height, width, channels] = layer.x;
  const tooMuch = multiplyAdds(layer) / most;
  const images = Math.max(1, Math.floor(batch / Math.max(1, tooMuch)));
  const rest = (tooMuch * images) / batch;
  const lower = Math.max(4 * layer.filter[0], Math.floor(height / Math.max(1, rest)));
  return { ...layer, x: [images, Math.min(height, lower), width, channels] };
}

async function startAll(): Promise<Peer[]> {
  const present: Peer[] = [];
  for (const peer of peers) {
    const missing = await peer.start();
    if (missing) console.log(`${peer.name}: ${missing}`);
    else present.push(peer);
  }
  return present;
}

function printPass(
  pass: Pass,
  present: readonly Peer[],
  timeOf: (layer: Layer, peer: Peer) => number | undefined,
): void {
  const able = present.filter((peer) => layers.some((layer) => timeOf(layer, peer)));
  const rows = layers.map((layer) => [
    layer.name,
    ...able.map((peer) => {
      const time = timeOf(layer, peer);
      return time ? ((2 * multiplyAdds(layer)) / time / 1e9).toPrecision(3) : "none";
    }),
  ]);
  console.log(`\n${pass}: GFLOP/s by the definition, median`);
  printTable(["", ...able.map((peer) => peer.name)], rows);

  // Both ways: from arrays to arrays, and where tensors stay in the engine's memory, which is what the aims are for.
  const ways = able.filter(({ name }) => /^engine.*2 threads, (fastest|Winograd)$/.test(name));
  const times = (peer: Peer, way: Peer): number => {
    const both = layers.filter((layer) => timeOf(layer, peer) && timeOf(layer, way));
    return geometricMean(both.map((layer) => timeOf(layer, peer)! / timeOf(layer, way)!));
  };
  const ratios = able.map((peer) => {
    const means = ways.map((way) => times(peer, way));
    const aim = countsProcessorTime ? undefined : aims[pass][peer.name];
    return [
      peer.name,
      ...means.map((mean) => mean.toPrecision(3)),
      aim ? `${aim} ${means.at(-1)! >= aim ? "reached" : "missed"}` : "",
    ];
  });
  console.log(`\n${pass}: times as fast, as the geometric mean over the layers`);
  printTable(["as", ...ways.map(({ name }) => name), "aim"], ratios);
}
