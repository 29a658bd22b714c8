import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { layers, network, type Module } from "convbook";

const { conv, relu } = layers;
const notAModule = "relu" as unknown as Module;
/** A module that gives a promise of what a module gives. */
const promised = (async (x: unknown) => x) as unknown as Module;

/** Each way of joining modules, with the argument under which its module is known. */
const joins: Record<string, [(module: Module) => Module, string]> = {
  "layers.sequential": [(module) => layers.sequential(module), "module 1"],
  "layers.block": [(module) => layers.block("a", module), "module 1"],
  "layers.shared": [(module) => layers.shared(module), "module 1"],
  "layers.repeat": [(module) => layers.repeat(2, () => module), "module 1"],
  "layers.branches": [(module) => layers.branches(relu(), module), "branch 2"],
  "layers.residual": [(module) => layers.residual(module), "body"],
  "layers.auxiliary": [(module) => layers.auxiliary(module), "head"],
};

describe("what joins modules", () => {
  for (const [call, [join, argument]] of Object.entries(joins)) {
    it(`${call} tells in its own name that it was given no module`, () => {
      throws(
        () => join(notAModule),
        (error: Error) =>
          error.message.startsWith(`${call}(): ${argument} must be a function`) &&
          (call === "layers.sequential" || !error.message.includes("sequential")),
      );
    });

    it(`${call} tells in its own name of a module that gives no tensor`, () => {
      throws(
        () => network("net", [4, 4, 2], join(promised)),
        (error: Error) => {
          ok(error.message.includes(call), error.message);
          ok(error.message.includes(`what ${argument} gives must be a symbolic tensor`));
          ok(error.message.includes("not async"));
          return true;
        },
      );
    });
  }

  it("names the shortcut of a residual connection", () => {
    throws(
      () => layers.residual(relu(), { shortcut: notAModule }),
      /residual\(\): shortcut must be/,
    );
  });

  it("passes through a body and around it", () => {
    const around = layers.residual(conv({ filters: 2, kernelSize: 1 }), { shortcut: relu() });
    const kinds = network("net", [4, 4, 2], around).layers.map(({ operation }) => operation.kind);
    deepStrictEqual(kinds, ["input", "conv", "activation", "add"]);
  });
});
