import assert from "node:assert/strict";
import { Cells } from "./testCompiler";

describe("compile(cell)", function () {
  this.timeout(120_000);
  const cells = new Cells();

  it("a name may be declared again as another kind of thing", () => {
    cells.runnable("const thing = 1; thing.toFixed()");
    cells.runnable("function thing() { return 'f'; }\nthing().length");
    cells.runnable("class thing { field = 1 }\nnew thing().field");
    cells.runnable("let thing = 'text'; thing.length");
    cells.runnable("thing = 'other';");
    cells.runnable("enum thing { A, B }\nthing.A");
  });

  it("a refused cell leaves no name and no type behind", () => {
    cells.runnable("function half() { return 1; }");
    cells.refused("function half() { return 'text'; }\nhalf().toFixed()");
    cells.runnable("half().toFixed()");
  });

  it("a page of words that are no code is refused in time", () => {
    const words = Array.from({ length: 1500 }, (_, i) => `word${i}`).join("\n");
    const begin = process.cpuUsage();
    assert.match(cells.refused(words).text, /Cannot find name 'word0'/);
    const { user, system } = process.cpuUsage(begin);
    assert.ok(user + system < 15e6, `${(user + system) / 1e6} s`); // some 1 s; once it was 41
  });

  it("what was made with a class keeps its type when the class is declared anew", () => {
    cells.runnable("class Dog { bark() { return 'wuff'; } }\nconst first = new Dog();");
    cells.runnable("class Dog { meow() { return 1; } }");
    cells.runnable("first.bark() + new Dog().meow()");
    assert.match(cells.refused("first.meow()").text, /meow/);
  });

  it("a cell does not replace what every program relies on; importing it from Node does no harm", () => {
    assert.match(cells.refused("class Map {}").text, /Map is a name of the language's[^]*myMap/);
    assert.match(cells.refused('const URL = "a";').text, /myURL/);
    cells.refused('import { setTimeout } from "node:timers/promises";');
    cells.runnable('import { URL } from "node:url"; new URL("a:b")');
    cells.runnable("function local() { const Map = 3; return Map; }");
    cells.runnable("interface Set2 { a: number }");
  });
});
