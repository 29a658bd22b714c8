import { writeSync } from "node:fs";
import { Console } from "node:console";
import Module from "node:module";
import { Writable } from "node:stream";
import { MOST_OUTPUT } from "../wire";

/**
 * By which a process reaches others, modules and streams. The real process is hidden from an answer, and who
 * digs it out finds it without.
 */
const OUTWARD = [
  ...["kill", "_kill", "_debugProcess", "_debugEnd", "abort"],
  ...["mainModule", "getBuiltinModule", "binding", "_linkedBinding", "dlopen"],
  ...["stdin", "stdout", "stderr", "openStdin", "report", "loadEnvFile"],
  ...["_getActiveHandles", "_getActiveRequests"],
];

/**
 * Takes away what an answer does not need: the network, and the process itself but for the few facts that
 * libraries ask about. It is a fence for the careless, no wall: the walls stand around the process.
 */
export function narrowGlobals(): void {
  closeNetworkModules();
  for (const name of OUTWARD) Reflect.deleteProperty(process, name);
  const {
    platform,
    arch,
    version,
    versions,
    hrtime,
    nextTick,
    memoryUsage,
    cpuUsage,
    resourceUsage,
  } = process;
  const facts = { node: versions.node, v8: versions.v8 };
  const uptime = (): number => performance.now() / 1000;
  const on = (): void => {}; // tfjs asks to be told of errors that nobody catches
  const events = { on, once: on, off: on, emitWarning: on };
  const printed = limitedOutput();
  for (const name of ["stdout", "stderr"])
    // Node's own assert asks them whether they are a terminal
    Object.defineProperty(process, name, { value: printed, configurable: true });
  const stub = { platform, arch, version, versions: facts, hrtime, nextTick, uptime, ...events };
  const measures = { memoryUsage, cpuUsage, resourceUsage };
  const streams = { stdout: printed, stderr: printed };
  const nothing = { env: {}, argv: [], execArgv: [], features: {}, release: {}, cwd: () => "/" };
  replaceGlobal("process", { ...stub, ...measures, ...streams, ...nothing });
  replaceGlobal("console", new Console({ ...streams, colorMode: false }));
  // Who only asks whether it is there finds it, as in a notebook.
  replaceGlobal("fetch", () => Promise.reject(new Error("An answer has no network.")));
  for (const name of ["WebSocket", "EventSource", "BroadcastChannel", "navigator"])
    replaceGlobal(name, undefined);
}

/** What reaches others by the network. The library's tfjs would load models from anywhere. */
const NETWORK = new Set(["node-fetch", "http", "https", "http2", "net", "tls", "dgram", "dns"]);

/** Nothing that is loaded from now on gets a module for the network, whatever package asks for it. */
function closeNetworkModules(): void {
  const loader = Module as unknown as { _load(name: string, ...rest: unknown[]): unknown };
  const load = loader._load;
  loader._load = function (name, ...rest) {
    const [first] = name.replace(/^node:/, "").split("/");
    if (NETWORK.has(first)) throw new Error(`An answer has no network, and so no "${name}".`);
    return load.call(this, name, ...rest);
  };
}

function replaceGlobal(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/** Prints up to the limit and drops the rest, so that much printing costs little and blocks nobody. */
function limitedOutput(): Writable {
  let left = MOST_OUTPUT;
  return new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      const bytes = Buffer.from(text).subarray(0, left);
      left -= bytes.length;
      if (bytes.length > 0) writeSync(1, bytes);
      done();
    },
  });
}
