import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import { type Given, type Letter, outputSize, outputSizeFormula } from "convbook";

// mathjs has declarations for `import` alone.
const { evaluate } = require("mathjs") as typeof import("mathjs", {
  with: { "resolution-mode": "import" },
});
const { solveFor, derivation } = outputSizeFormula;
type Numbers = Record<Letter, number>;

/** The output by the function that counts windows; `null` where the kernel does not fit. */
function outputFor({ n, f, p, s, d }: Numbers): number | null {
  const fits = d * (f - 1) + 1 <= n + 2 * p;
  return fits ? outputSize(n, f, { padding: p, stride: s, dilation: d }) : null;
}

/** Whether a line like "227 ≤ n < 231" is true for these numbers. */
function holds(line: string, numbers: Partial<Numbers>): boolean {
  const parts = line.replaceAll("·", "*").split(/ ([=≤<]) /);
  const [sides, signs] = [0, 1].map((odd) => parts.filter((_, i) => i % 2 === odd));
  const values: number[] = sides.map((side) => evaluate(side, numbers));
  return signs.every((sign, i) => {
    const difference = values[i + 1] - values[i];
    if (sign === "=") return Math.abs(difference) < 1e-9;
    return sign === "<" ? difference > 1e-9 : difference > -1e-9;
  });
}

const anyNumbers = fc
  .record({
    n: fc.integer({ min: 1, max: 40 }),
    f: fc.integer({ min: 1, max: 7 }),
    p: fc.integer({ min: 0, max: 4 }),
    s: fc.integer({ min: 1, max: 4 }),
    d: fc.integer({ min: 1, max: 3 }),
    o: fc.integer({ min: 1, max: 20 }),
  })
  .map((numbers): Numbers => ({ ...numbers, o: outputFor(numbers) ?? numbers.o }));

describe("outputSizeFormula", () => {
  for (const letter of ["n", "f", "p", "s", "d"] as const)
    it(`outputSizeFormula.solveFor("${letter}", numbers) finds what trying finds`, () => {
      fc.assert(
        fc.property(anyNumbers, fc.integer({ min: 0, max: 2 }), (numbers, more) => {
          const numbersWanted = { ...numbers, o: numbers.o + more };
          const { [letter]: _, ...given } = numbersWanted;
          const tried = [];
          for (let x = letter === "p" ? 0 : 1; x <= 120; x++)
            if (outputFor({ ...numbersWanted, [letter]: x }) === numbersWanted.o) tried.push(x);
          const { interval, values, steps } = solveFor(letter, given);
          const label = JSON.stringify({ letter, given });
          assert.deepEqual(
            values.filter((x) => x <= 100),
            tried.filter((x) => x <= 100),
            label,
          );
          const last = tried.at(-1) ?? null;
          assert.equal(interval?.[1] ?? null, last === 120 ? Infinity : last, label);
          for (const x of values.slice(0, 3))
            for (const { text } of steps)
              if (!/ or | to /.test(text))
                assert.ok(holds(text, { ...numbersWanted, [letter]: x }), `${label}: ${text}`);
        }),
        { seed: 7, numRuns: 25 },
      );
    });

  it('outputSizeFormula.solveFor("o", numbers) counts windows', () => {
    fc.assert(
      fc.property(anyNumbers, ({ o: _, ...given }) => {
        const { values, exact, steps, interval } = solveFor("o", given);
        const expected = outputFor({ ...given, o: 0 });
        assert.deepEqual(values, expected === null ? [] : [expected]);
        if (expected === null) return assert.equal(interval, null);
        const { n, f, p, s, d } = given;
        assert.ok(Math.abs(Number(exact) - ((n + 2 * p - d * (f - 1) - 1) / s + 1)) < 1e-12);
        for (const { text } of steps) assert.ok(holds(text, { ...given, o: expected }), text);
      }),
      { seed: 7, numRuns: 30 },
    );
  });

  it("outputSizeFormula.derivation(letter): each line is true of each solution", () => {
    const numbers = fc.sample(
      anyNumbers.filter((x) => outputFor(x) === x.o && x.f > 1 && x.o > 1),
      { seed: 7, numRuns: 40 },
    );
    for (const letter of ["n", "f", "p", "s", "d"] as const)
      for (const { text } of derivation(letter).steps)
        for (const x of numbers) assert.ok(holds(text, x), `${text} for ${JSON.stringify(x)}`);
    for (const { text } of derivation("o").steps)
      for (const x of numbers) {
        const lastWindow = { k: x.o - 1, c: x.d * (x.f - 1) + 1, m: x.n + 2 * x.p };
        assert.ok(holds(text, { ...x, ...lastWindow }), text);
      }
  });

  it("outputSizeFormula.derivation(letter) ends with the letter alone", () => {
    const last = (letter: Letter) => derivation(letter).steps.at(-1)?.text ?? "";
    assert.equal(last("o"), "o = floor((n + 2·p - d·(f - 1) - 1) / s) + 1");
    for (const letter of ["n", "f", "p", "s", "d"] as const)
      assert.match(last(letter), new RegExp(`^[^≤<]+[≤<] ${letter} [≤<][^≤<]+$`));
  });

  it("AlexNet's 224 pixels give no whole number of positions, 227 do", () => {
    const paper = solveFor("o", { n: 224, f: 11, s: 4, p: 0 });
    assert.equal(paper.exact, 54.25);
    assert.deepEqual(paper.values, [54]);
    assert.equal(
      paper.conclusion,
      "54.25 is not a whole number of positions: 54 windows fit, with 1 pixel left over at the end. Nothing would be left over for n = 223 (54 windows) or n = 227 (55).",
    );
    const mended = solveFor("o", { n: 227, f: 11, s: 4 });
    assert.equal(mended.exact, 55);
    assert.equal(mended.conclusion, "o = 55, with nothing left over at the end.");
    const inputs = solveFor("n", { o: 55, f: 11, s: 4 });
    assert.deepEqual([inputs.interval, inputs.exact], [[227, 230], 227]);
  });

  it("solveFor(letter, {letters}) is worked out in letters", () => {
    assert.equal(solveFor("p", { o: "n" }).exact, "(f - 1) / 2");
    assert.equal(solveFor("p", { o: "n" }).conclusion, "p = (f - 1) / 2.");
    assert.equal(
      solveFor("p", { o: "n / 2", s: 2 }).conclusion,
      "Every whole number p with (f - 2) / 2 ≤ p < f / 2.",
    );
    assert.equal(solveFor("o", { p: "(f - 1) / 2" }).exact, "n");
    assert.equal(solveFor("o", { f: 3, s: 2, p: 1 }).conclusion, "o = floor((n - 1) / 2) + 1.");
    assert.equal(solveFor("o").exact, "n - f + 1");
  });

  it('solveFor("p", even kernel) has no solution, and says which unlike ends do', () => {
    const { interval, exact, conclusion } = solveFor("p", { n: 28, f: 4, o: 28 });
    assert.equal(interval, null);
    assert.equal(exact, 1.5);
    assert.match(conclusion, /p = 1.5 is not a whole number: .* but \[1, 2\] does/);
    assert.equal(outputSize(28, 4, { padding: [1, 2] }), 28);
  });

  it("solveFor says why nothing solves it", () => {
    assert.match(
      solveFor("p", { n: 20, f: 3, o: 5 }).conclusion,
      /No whole number p of at least 0/,
    );
    assert.match(
      solveFor("o", { n: 5, f: 3, d: 3 }).conclusion,
      /There is no output: .* \(7 against 5\)/,
    );
    assert.match(solveFor("d", { n: 28, f: 1, o: 20 }).conclusion, /one tap: o is 28, not 20/);
    assert.match(solveFor("d", { f: 1 }).conclusion, /d makes no difference/);
  });

  it("solveFor(letter, many solutions) lists few and bounds many", () => {
    assert.match(solveFor("n", { f: 3, s: 9, o: 2 }).conclusion, /^n = 12 to 20\./);
    assert.deepEqual(solveFor("s", { n: 10, f: 3, o: 1 }).interval, [8, Infinity]);
    assert.match(solveFor("s", { n: 10, f: 3, o: 1 }).conclusion, /s = 8 or any larger number/);
    assert.equal(solveFor("s", { n: 10, f: 3, o: 1 }).values.length, 100);
  });

  it("outputSizeFormula.tex() writes it as on paper", () => {
    assert.equal(
      outputSizeFormula.tex(),
      String.raw`o = \left\lfloor \frac{n+2 p-d \left(f-1\right)-1}{s} \right\rfloor+1`,
    );
    assert.equal(String(outputSizeFormula), "o = floor((n + 2·p - d·(f - 1) - 1) / s) + 1");
  });

  it("solution.tex() and .mimeBundle() have a line for each step", () => {
    const solution = solveFor("n", { f: 11, s: 4, o: 55 });
    const tex = solution.tex();
    assert.match(tex, /^\\begin\{aligned\}.*\\end\{aligned\}$/);
    assert.equal(tex.split(String.raw` \\ `).length, solution.steps.length);
    assert.ok(tex.includes(String.raw`& 54 \le \frac{n-11}{4} < 55 && \text{A floor of }54\text{`));
    assert.ok(tex.includes(String.raw`n \in \{227, 228, 229, 230\}`));
    assert.ok(tex.includes(String.raw`\frac{n+2 \cdot 0-1 \left(11-1\right)-1}{4}`));
    const bundle = solution.mimeBundle();
    assert.ok(bundle["text/latex"].startsWith(`$$${tex}$$`));
    assert.equal(bundle["text/plain"], String(solution));
    assert.equal(inspect(solution), String(solution));
    for (const letter of ["o", "n", "f", "p", "s", "d"] as const) {
      const all = derivation(letter).tex();
      for (const [open, close] of ["{}", "()"])
        assert.equal(all.split(open).length, all.split(close).length);
    }
  });

  it("solveFor(what is no letter of it) is refused", () => {
    const refused = (letter: string, given: Record<string, unknown>, message: RegExp) =>
      assert.throws(() => solveFor(letter as Letter, given as Given), message);
    refused("q", {}, /letter must be "n" or "f" or "p" or "s" or "d" or "o", but got "q"/);
    refused("p", { pad: 1 }, /each letter given must be among n, f, s, d, o, but got "pad"/);
    refused("p", { p: 1 }, /among n, f, s, d, o, for p is what is asked for, but got "p"/);
    refused("p", { n: 28.5 }, /n must be a positive integer, but got 28.5/);
    refused("o", { n: NaN }, /n must be a positive integer, but got NaN/);
    refused("o", { s: 0 }, /s must be a positive integer, but got 0/);
    refused("o", { p: -1 }, /p must be an integer of at least 0, but got -1/);
    refused("p", { o: "n -" }, /o must be a number, or an expression in letters like "n \/ 2"/);
    refused("n", { o: "n" }, /o must be free of n, which is asked for, but got "n"/);
    refused("p", { o: "7 / 2" }, /o must be a positive integer, but got 3.5/);
  });
});
