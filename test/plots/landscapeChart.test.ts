import assert from "node:assert/strict";
import { landscapeChart } from "convbook";

const row = (name: string, family: string, year: number, publisher: string, top1: number) => ({
  name,
  family,
  line: family,
  year,
  publisher,
  params: 1e6,
  top1,
  macs: 1e9,
});
const rows = [
  row("a1", "A", 2012, "p", 50),
  row("a2", "A", 2012, "q", 55),
  row("b1", "B", 2015, "q", 60),
];
interface Menu {
  buttons: { label: string; method: string; args: [Record<string, unknown>, object?] }[];
}

describe("landscapeChart", () => {
  const costs = {
    "multiply-adds": (r: (typeof rows)[0]) => r.macs,
    half: (r: (typeof rows)[0]) => (r.name === "b1" ? undefined : 5),
  };
  const { data, layout } = landscapeChart(rows, costs);
  const menus = layout.updatemenus as Menu[];
  const choice = (menu: number, label: string) =>
    menus[menu].buttons.find((button) => button.label === label)!.args[0];

  it("shows all at first, a trace for each family with its year", () => {
    assert.deepEqual(
      data.map(({ name, y, opacity }) => [name, y, opacity]),
      [
        ["A, 2012", [50, 55], 1],
        ["B, 2015", [60], 1],
      ],
    );
  });

  it("has three menus that change one thing each: the axis of cost, accuracies, and what is seen", () => {
    assert.deepEqual(choice(0, "half"), { x: [[5, 5], [null]] });
    assert.deepEqual(choice(1, "q"), { y: [[null, 55], [60]] });
    assert.deepEqual(choice(1, "all sources"), { y: [[50, 55], [60]] });
    assert.deepEqual(choice(2, "2015"), { opacity: [0, 1], hoverinfo: ["skip", "text"] });
    assert.deepEqual(choice(2, "all years"), { opacity: [1, 1], hoverinfo: ["text", "text"] });
  });

  it("refuses no rows, no axes, and a cost of nothing", () => {
    assert.throws(() => landscapeChart([], costs), /rows must be networks/);
    assert.throws(() => landscapeChart(rows, {}), /axes must be an object with functions/);
    assert.throws(() => landscapeChart(rows, { zero: () => 0 }), /axes\["zero"\].*above 0/);
  });
});
