import assert from "node:assert/strict";
import { typeErrors } from "#dist/cli/notebooks/typeCheck.js";
import { code, lesson } from "./cells";

const noSolution = (id: string): string => assert.fail(`asked for the solution of ${id}`);
const answer = code("function f(x: number): number {\n  return yourCode();\n}", {
  convbook: { exercise: "90.f", role: "answer" },
});
const starting = 'import { tensor, yourCode } from "convbook";';

describe("typeErrors", function () {
  this.timeout(30_000);

  it("typeErrors(sound lessons) finds nothing where cells use what others have left", () => {
    const sound = lesson(
      'import { tensor, type Tensor } from "convbook";\nimport fs, { existsSync as exists } from "node:fs";\nimport * as path from "node:path";',
      "let n = 1;\nconst [a, { b: c }] = [tensor([1]), { b: 2 }] as const;\ninterface Point { x: number }",
      "n = c + a.size;\nconst p: Point = { x: n };\nawait Promise.resolve(p);",
      'const a = "declared again, with another type";\nfunction n(): string { return a; }',
      "const t: Tensor = tensor([n().length]);\nexists(path.join(a)) && fs.existsSync(a)",
      "t",
    );
    assert.deepEqual(typeErrors([sound], noSolution), [[]]);
  });

  it("typeErrors(a lesson) finds what strict forbids, and says in which cell and line", () => {
    const [[error, ...others]] = typeErrors(
      [lesson("const xs = [1, 2];", "const first: number =\n  xs.find((x) => x > 1);")],
      noSolution,
    );
    assert.equal(others.length, 0);
    assert.match(
      error,
      /^90-sample, code cell 2 \(lesson.md line 20\) has a type error in its line 1/,
    );
    assert.match(error, /'number \| undefined' is not assignable to type 'number'/);
    assert.match(error, /21 \|   xs.find/);
  });

  it("typeErrors(a lesson) finds a name that no cell above declares", () => {
    const [errors] = typeErrors([lesson("late + 1", "const late = 1;")], noSolution);
    assert.match(errors[0], /code cell 1 .*\n.*Cannot find name 'late'/);
  });

  it("typeErrors(a lesson) finds a cell that does not parse", () => {
    const [errors] = typeErrors([lesson("const x = ;")], noSolution);
    assert.match(errors[0], /code cell 1 .*\nExpression expected/);
  });

  it("typeErrors(two lessons) keeps them apart", () => {
    const lessons = [lesson("const x = 1;"), lesson("x")];
    const [first, second] = typeErrors(lessons, noSolution);
    assert.deepEqual(first, []);
    assert.match(second[0], /Cannot find name 'x'/);
  });

  it("typeErrors(a lesson with an exercise) checks it with the solution in place, too", () => {
    const exercise = lesson(starting, answer, "f(1).toFixed()");
    const good = "function f(x: number): number {\n  return tensor([x]).get(0);\n}";
    assert.deepEqual(
      typeErrors([exercise], () => good),
      [[]],
    );
    const missing = "function f(x: number): number {\n  return zeros([x]).get(0);\n}";
    const [[error]] = typeErrors([exercise], () => missing);
    assert.match(error, /^With the solutions in place: .*the answer cell of exercise 90.f/);
    assert.match(error, /its line 2.*\nCannot find name 'zeros'/);
  });
});
