import { join } from "node:path";
import {
  compile,
  type CompiledNetwork,
  cost,
  engine,
  initialWeights,
  type Network,
  type NetworkWeights,
  random,
  randomNormal,
  type Tensor,
  toLayersModel,
  zoo,
} from "convbook";
import { geometricMean, medians, type Task } from "./measure";
import { simdPeak } from "./peak";
import { channelsFirst, networkModel } from "./peers/onnxNetwork";
import { pytorchNetwork } from "./peers/pytorch";
import { startBackend, tensorflow } from "./peers/tfjs";
import { printTable } from "./table";

/** Seconds that a peer gets for a network. */
const BUDGET = Number(process.env.BENCH_SECONDS ?? 2);

const networks: Record<string, () => Network> = {
  "MobileNet v2": () => zoo.mobilenetV2(),
  "EfficientNet-Lite0": () => zoo.find("EfficientNet-Lite0").build(),
  "ResNet-50": () => zoo.resnet({ depth: 50 }),
  GoogLeNet: () => zoo.googlenet(),
  "ShuffleNet v2": () => zoo.shufflenetV2(),
};

/** What the engine with two threads is to reach, as the geometric mean over the networks, one image at a time. */
const aims: Record<string, number> = {
  "onnxruntime-web, 2": 3,
  "tfjs wasm": 6,
  "onnxruntime-node, 2": 0.33,
};

interface Case {
  name: string;
  network: Network;
  weights: NetworkWeights;
  x: Tensor;
}

/** A task for a network, with what gives its memory back; or why there is none. */
type Made = { task: Task; end?: () => unknown } | string;
type Peer = (made: Case) => Promise<Made>;

const peers: Record<string, Peer> = {
  "engine, 1": enginePeer(1, false),
  "engine, 2": enginePeer(2, false),
  "engine, 2, Winograd": enginePeer(2, true),
  "tfjs wasm": tfjsPeer("wasm"),
  "onnxruntime-web, 1": onnxPeer("onnxruntime-web", 1),
  "onnxruntime-web, 2": onnxPeer("onnxruntime-web", 2),
  "onnxruntime-node, 1": onnxPeer("onnxruntime-node", 1),
  "onnxruntime-node, 2": onnxPeer("onnxruntime-node", 2),
  "tfjs-node": tfjsPeer("tensorflow"),
  "PyTorch, 1": pytorchPeer(1),
  "PyTorch, 2": pytorchPeer(2),
};

/** Times whole networks at 224 by everybody who can run them, one image and eight. */
export async function benchNetworks(): Promise<void> {
  const { separate, fused } = await simdPeak();
  const peak = 2 * Math.max(separate, fused ?? 0);
  console.log(`Peak of one thread in SIMD WebAssembly: ${(peak / 1e9).toFixed(1)} GFLOP/s`);
  for (const batch of [1, 8]) {
    const times = new Map<string, Map<string, number>>();
    for (const [name, build] of Object.entries(networks)) {
      process.stderr.write(`${name}, ${batch}\n`);
      const network = build();
      const weights = initialWeights(network, random(1));
      const x = randomNormal([batch, ...network.input.shape], random(2));
      times.set(name, await timesOf({ name, network, weights, x }));
    }
    printTimes(batch, times, peak);
  }
  await printMemory();
}

async function timesOf(made: Case): Promise<Map<string, number>> {
  const tasks = new Map<string, Task>();
  const ends: (() => unknown)[] = [];
  for (const [name, peer] of Object.entries(peers)) {
    const result = await peer(made).catch((error: Error) => error.message);
    if (typeof result === "string") {
      process.stderr.write(`  without ${name}: ${result.slice(0, 120)}\n`);
      continue;
    }
    tasks.set(name, result.task);
    if (result.end) ends.push(result.end);
  }
  const times = await medians(tasks, BUDGET);
  for (const end of ends) await end();
  return times;
}

function printTimes(batch: number, times: Map<string, Map<string, number>>, peak: number): void {
  const names = Object.keys(peers).filter((peer) => [...times.values()].some((of) => of.has(peer)));
  const milliseconds = (time: number | undefined): string =>
    time === undefined ? "" : (1000 * time).toFixed(time < 0.02 ? 1 : 0);
  console.log(`\nMilliseconds for ${batch === 1 ? "1 image" : `${batch} images`} (peer, threads)`);
  printTable(
    ["", ...names],
    [...times].map(([net, of]) => [net, ...names.map((name) => milliseconds(of.get(name)))]),
  );
  const ofPeak = (net: string, name: string, threads: number): string => {
    const operations = 2 * batch * cost(networks[net]()).macs;
    return `${((100 * operations) / (times.get(net)!.get(name)! * threads * peak)).toFixed(0)}%`;
  };
  printTable(
    ["fraction of the peak", "1 thread", "2 threads"],
    [...times.keys()].map((net) => [net, ofPeak(net, "engine, 1", 1), ofPeak(net, "engine, 2", 2)]),
  );
  for (const name of names) {
    if (name.startsWith("engine")) continue;
    const own = name.endsWith(", 1") ? "engine, 1" : "engine, 2";
    const ratios = [...times.values()]
      .filter((of) => of.has(name))
      .map((of) => of.get(name)! / of.get(own)!);
    const aim = aims[name] ? `, aim ${aims[name]}` : "";
    console.log(`${own} is ${geometricMean(ratios).toFixed(2)} times as fast as ${name}${aim}`);
  }
}

async function printMemory(): Promise<void> {
  const rows: string[][] = [];
  for (const [name, build] of Object.entries(networks)) {
    const network = build();
    const model = await compile(network, initialWeights(network, random(1)));
    const { weights, maps, widestCut } = model.memory;
    model.dispose();
    const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
    rows.push([name, ...[weights, maps, widestCut].map(mebibytes), (maps / widestCut).toFixed(2)]);
  }
  console.log("\nMiB of the engine's memory, 1 image");
  printTable(["", "weights", "maps", "widest cut", "ratio"], rows);
}

function enginePeer(threads: number, winograd: boolean): Peer {
  return async ({ network, weights, x }) => {
    const model: CompiledNetwork = await compile(network, weights, { winograd });
    const enter = (): void => {
      if (engine.status().threads !== threads) engine.configure({ threads });
      model.run(x); // until its threads are there
    };
    return { task: { enter, run: () => model.run(x) }, end: () => model.dispose() };
  };
}

function pytorchPeer(threads: number): Peer {
  return ({ name, x }) => pytorchNetwork(name, x.shape[0], threads);
}

function tfjsPeer(backend: "wasm" | "tensorflow"): Peer {
  return async ({ network, x }) => {
    const problem = await startBackend(backend);
    if (problem) return problem;
    const tf = tensorflow();
    const model = toLayersModel(network);
    const images = tf.tensor(x.data as Float32Array, [...x.shape]);
    const run = (): void => tf.tidy(() => void (model.predict(images) as typeof images).dataSync());
    const enter = (): Promise<boolean> => tf.setBackend(backend);
    return { task: { enter, run }, end: () => model.dispose() };
  };
}

/** The part of both packages that is used here. */
interface OnnxRuntime {
  env: { wasm: { numThreads?: number }; logLevel: string };
  Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => unknown;
  InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{ run(feeds: object): Promise<object>; release(): Promise<void> }>;
  };
}

/** onnxruntime-web takes its threads from when it is first used: the larger number, or BENCH_WEB_THREADS=1 for one. */
const webThreads = Number(process.env.BENCH_WEB_THREADS ?? 2);

/**
 * Loads a package with an onnxruntime-common of its own: -web and -node would share it, and with it the list of what
 * runs sessions, so that each ran the other's.
 */
function loadAlone(folder: string): OnnxRuntime {
  const loaded = runtimes.get(folder);
  if (loaded) return loaded;
  for (const file of Object.keys(require.cache))
    if (file.includes("onnxruntime-common")) delete require.cache[file];
  const runtime = require(folder) as OnnxRuntime;
  runtimes.set(folder, runtime);
  return runtime;
}

const runtimes = new Map<string, OnnxRuntime>();

function onnxPeer(name: "onnxruntime-web" | "onnxruntime-node", threads: number): Peer {
  return async ({ network, weights, x }) => {
    if (name === "onnxruntime-web" && threads !== webThreads)
      return `BENCH_WEB_THREADS=${threads} measures it`;
    let runtime: OnnxRuntime;
    try {
      runtime = loadAlone(join(__dirname, "../../bench/node_modules", name));
    } catch {
      return "not installed: npm install --prefix bench";
    }
    if (name === "onnxruntime-web") runtime.env.wasm.numThreads = threads;
    runtime.env.logLevel = "error";
    const options = { intraOpNumThreads: threads, logSeverityLevel: 3 };
    const model = networkModel(network, weights, x.shape[0]);
    const session = await runtime.InferenceSession.create(model, options);
    const images = x.transpose([0, 3, 1, 2]).data as Float32Array;
    const shape = channelsFirst(x.shape[0], network.input.shape);
    const feeds = { [network.input.path]: new runtime.Tensor("float32", images, shape) };
    return { task: { run: () => session.run(feeds) }, end: () => session.release() };
  };
}
