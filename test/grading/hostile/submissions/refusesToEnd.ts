// Attempts to ignore every signal, and to loop when its process ends.
// Verdict: timeout
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
  const real = await dugOut();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGXCPU"]) real.on(signal, () => {});
  real.on("exit", () => {
    for (;;);
  });
  real.reallyExit = () => {
    for (;;);
  };
  real.exit();
}
