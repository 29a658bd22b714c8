import { writeSync } from "node:fs";
import { Console } from "node:console";
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
  for (const name of OUTWARD) Reflect.deleteProperty(process, name);
  const { platform, arch, version, versions, hrtime, nextTick } = process;
  const facts = { node: versions.node, v8: versions.v8 };
  const uptime = (): number => performance.now() / 1000;
  const on = (): void => {}; // tfjs asks to be told of errors that nobody catches
  const stub = { platform, arch, version, versions: facts, hrtime, nextTick, uptime, on };
  replaceGlobal("process", { ...stub, env: {}, argv: [], execArgv: [], cwd: () => "/" });
  replaceGlobal("console", limitedConsole());
  for (const name of ["fetch", "WebSocket", "EventSource", "BroadcastChannel", "navigator"])
    replaceGlobal(name, undefined);
}

function replaceGlobal(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/** Prints up to the limit and drops the rest, so that much printing costs little and blocks nobody. */
function limitedConsole(): Console {
  let left = MOST_OUTPUT;
  const stdout = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      const bytes = Buffer.from(text).subarray(0, left);
      left -= bytes.length;
      if (bytes.length > 0) writeSync(1, bytes);
      done();
    },
  });
  return new Console({ stdout, stderr: stdout, colorMode: false });
}
