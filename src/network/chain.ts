import { ArgumentError } from "../tensor";
import { type Module, SymbolicTensor } from "./graph";

/** One module after another, for a call that takes them in its own name. */
export function chained(call: string, modules: readonly Module[]): Module {
  const steps = modules.map((module, i) => only(call, `module ${i + 1}`, module));
  return (x) => steps.reduce((tensor, step) => step(tensor), x);
}

/** A single module that a call takes as this argument, with what it gets and gives looked at. */
export function only(call: string, argument: string, module: Module): Module {
  requireModule(call, argument, module);
  return (x) => {
    const result = module(x);
    requireResult(call, argument, result);
    return result;
  };
}

function requireModule(call: string, argument: string, received: unknown): void {
  if (typeof received === "function") return;
  throw new ArgumentError({
    call,
    argument,
    expected: "a function from a symbolic tensor to another",
    received,
    remedy: Array.isArray(received)
      ? "Spread a list of them: ...modules."
      : "Layers are such functions: layers.relu(), layers.conv({ filters: 8, kernelSize: 3 }).",
  });
}

function requireResult(call: string, argument: string, received: unknown): void {
  if (received instanceof SymbolicTensor) return;
  throw new ArgumentError({
    call,
    argument: `what ${argument} gives`,
    expected: "a symbolic tensor",
    received,
    receivedAs:
      received instanceof Promise
        ? "a promise"
        : typeof received === "function"
          ? "a function"
          : undefined,
    remedy:
      typeof received === "function"
        ? "A layer is made by calling it: relu(), not relu."
        : isPlain(received)
          ? "Several outputs: network(name, { x: shape }, ({ x }) => ({ a, b }))."
          : "It returns what comes out of its last layer: (x) => relu()(conv({ ... })(x)), and is not async.",
  });
}

function isPlain(value: unknown): boolean {
  return typeof value === "object" && value !== null && !(value instanceof Promise);
}
