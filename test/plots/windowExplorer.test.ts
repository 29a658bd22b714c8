import assert from "node:assert/strict";
import { ArgumentError, outputSize, windowExplorer } from "convbook";
import { entriesUnder, slideAlong, unseenEntries } from "#dist/arithmetic/index.js";
import { explorerPicture } from "#dist/plots/windowExplorer/explorerPicture.js";
import { explorerWords } from "#dist/plots/windowExplorer/explorerWords.js";
import {
  type Letter,
  type Setting,
  windowNumbers,
} from "#dist/plots/windowExplorer/windowNumbers.js";
import { attributesIn } from "./pictures";

const ALL: readonly Letter[] = ["n", "f", "s", "p", "d"];
const MOST: Setting = { n: 12, f: 5, s: 4, p: 4, d: 3 };

/** Every setting that the sliders can show. */
function* settings(): Generator<Setting> {
  for (let n = 1; n <= MOST.n; n++)
    for (let f = 1; f <= MOST.f; f++)
      for (let s = 1; s <= MOST.s; s++)
        for (let p = 0; p <= MOST.p; p++) for (let d = 1; d <= MOST.d; d++) yield { n, f, s, p, d };
}

const axisOf = ({ n, f, s, p, d }: Setting) =>
  slideAlong("test", n, f, { stride: s, padding: p, dilation: d });
const fits = ({ n, f, p, d }: Setting): boolean => d * (f - 1) + 1 <= n + 2 * p;
const wordsOf = (setting: Setting, sliders = ALL) =>
  explorerWords(setting, windowNumbers(setting), sliders, MOST);

describe("windowExplorer", function () {
  this.timeout(60_000);

  it("windowNumbers(every setting) is what outputSize and its like say", () => {
    let count = 0;
    for (const setting of settings()) {
      const { n, f, s, p, d } = setting;
      const numbers = windowNumbers(setting);
      const options = { stride: s, padding: p, dilation: d };
      count += 1;
      if (!fits(setting)) {
        assert.equal(numbers.output, 0);
        assert.throws(() => outputSize(n, f, options), ArgumentError);
        continue;
      }
      const axis = axisOf(setting);
      assert.equal(numbers.output, outputSize(n, f, options));
      assert.equal(numbers.leftOver, unseenEntries(axis));
      const seen = new Set(
        Array.from({ length: axis.output }, (_, k) => entriesUnder(axis, k)).flat(),
      );
      const unread = Array.from({ length: n }, (_, i) => i).filter((i) => !seen.has(i));
      assert.equal(numbers.leftOverInput + numbers.skippedInput, unread.length);
      assert.deepEqual(
        numbers.isRead.slice(p, p + n).flatMap((read, i) => (read ? [] : [i])),
        unread,
      );
    }
    assert.equal(count, 12 * 5 * 4 * 5 * 3);
  });

  it("explorerWords(every setting).numbers is a true equation, when its brackets are computed", () => {
    for (const setting of settings()) {
      if (!fits(setting)) continue;
      const text = wordsOf(setting).numbers.map((term) => term.text).join(""); // prettier-ignore
      const sides = text
        .split("=")
        .slice(1)
        .map((side) => side.replaceAll("−", "-").replaceAll("·", "*"))
        .map((side) => side.replaceAll("⌊", "Math.floor(").replaceAll("⌋", ")"))
        .map((side) => Number(new Function(`return ${side}`)()));
      assert.ok(sides.length >= 3, text);
      for (const side of sides) assert.equal(side, axisOf(setting).output, text);
    }
  });

  it("explorerWords(what does not fit).verdict names changes that each make it fit, by as little as can be", () => {
    let [misfits, ways] = [0, 0];
    for (const setting of settings()) {
      if (fits(setting)) continue;
      const { verdict } = wordsOf(setting);
      assert.match(verdict, /^The filter does not fit: it covers .* pixels, and the input has /);
      const changes = [...verdict.matchAll(/([nfspd])\u00a0=\u00a0(\d+)/g)];
      assert.ok(changes.length > 0, verdict);
      misfits += 1;
      for (const [, letter, value] of changes) {
        ways += 1;
        assert.ok(fits({ ...setting, [letter]: Number(value) }), verdict);
        assert.ok(Number(value) <= MOST[letter as Letter], verdict);
        const towards = Math.sign(setting[letter as Letter] - Number(value));
        assert.ok(!fits({ ...setting, [letter]: Number(value) + towards }), verdict);
      }
    }
    assert.ok(misfits > 300 && ways > 2 * misfits, `${misfits} misfits, ${ways} ways`);
  });

  it("explorerWords(...).placeOf(row, column) lists what the window reads", () => {
    const { placeOf } = wordsOf({ n: 5, f: 3, s: 2, p: 1, d: 1 });
    assert.equal(
      placeOf(0, 1),
      "Output row 0, column 1 reads rows 0 and 1 and columns 1 to 3 of the input; 3 of its 9 values are padding.",
    );
    assert.equal(
      wordsOf({ n: 8, f: 3, s: 1, p: 0, d: 2 }).placeOf(1, 0),
      "Output row 1, column 0 reads rows 1, 3, 5 and columns 0, 2, 4 of the input.",
    );
    assert.match(wordsOf({ n: 2, f: 1, s: 1, p: 2, d: 1 }).placeOf(0, 3), /reads nothing but padd/);
  });

  it("windowExplorer({n, f, s, p}).text names what is left over, and whose it is", () => {
    const verdict = (options: object): string => windowExplorer(options).text.split("\n")[2];
    assert.equal(verdict({ n: 8, s: 2 }), "Left over: 1 row and 1 column are never read.");
    assert.equal(
      verdict({ n: 8, s: 2, p: 1 }),
      "Left over: 1 row and 1 column are never read. They are padding: nothing of the input is lost.",
    );
    assert.equal(
      verdict({ n: 5, f: 1, s: 4, p: 1 }),
      "Left over: 2 rows and 2 columns are never read. Of each, 1 is of the input, the rest padding. " +
        "In between, the taps step over 3 rows and 3 columns of the input.",
    );
    assert.match(verdict({ n: 7, s: 2 }), /^Nothing is left over/);
  });

  it("windowExplorer({sliders}) leaves out of the formula what is not moved and changes nothing", () => {
    const formula = (options: object): string => windowExplorer(options).text.split("\n")[1];
    assert.equal(formula({ sliders: ["f", "n"] }), "o = n − f + 1 = 5 − 3 + 1 = 3");
    assert.equal(
      formula({ sliders: ["n", "p", "s"], s: 2, p: 1 }),
      "o = ⌊(n + 2p − f) / s⌋ + 1 = ⌊(5 + 2·1 − 3) / 2⌋ + 1 = ⌊4 / 2⌋ + 1 = 2 + 1 = 3",
    );
    assert.match(
      formula({ sliders: ["n"], d: 2 }),
      /^o = n − d\(f − 1\) − 1 \+ 1 = 5 − 2·\(3 − 1\)/,
    );
  });

  it("explorerPicture(...) has a cell for each value, hatches what is never read, and stays in its frame", () => {
    for (const setting of settings()) {
      if ((setting.n + setting.s + setting.p) % 3) continue; // a third of them
      const numbers = windowNumbers(setting);
      const last = Math.max(numbers.output - 1, 0);
      for (const width of [320, 720]) {
        const picture = explorerPicture(setting, numbers, width, { row: last, column: last });
        const { markup, input, output, cell, height } = picture;
        const classes = attributesIn(markup, "rect", "class");
        const having = (name: string): number =>
          classes.filter((names) => names.split(" ").includes(name)).length;
        assert.equal(having("pixel"), setting.n ** 2);
        assert.equal(having("pixel") + having("zero"), numbers.padded ** 2);
        assert.equal(having("value"), numbers.output ** 2);
        assert.equal(having("tap"), setting.f ** 2);
        const read = numbers.isRead.filter(Boolean).length;
        if (numbers.output > 0) assert.equal(having("unread"), numbers.padded ** 2 - read ** 2);
        const drawn = Math.max(numbers.padded, numbers.covered) * cell;
        assert.ok(input.x >= 0 && input.x + drawn <= width, `${width}`);
        assert.ok(input.y >= 20 && input.y + drawn <= height);
        if (numbers.output === 0) continue;
        assert.ok(output.x >= 0 && output.x + numbers.output * cell <= width);
        assert.ok(output.y >= 10 && output.y + numbers.output * cell <= height);
        if (width === 320) assert.ok(output.y + numbers.output * cell < input.y, "above the input");
        const [, end] = /translate\(([\d.]+) /.exec(picture.partsAt(last, last).window)!;
        const right = Number(end) + (numbers.covered + numbers.leftOver) * cell;
        assert.ok(
          Math.abs(right - numbers.padded * cell) < 0.2,
          "what is left over ends the input",
        );
      }
    }
  });

  it("windowExplorer().html is a picture, and a script that nothing else ends", () => {
    const { html } = windowExplorer({ n: 6, p: 2 });
    assert.match(
      html,
      /^<div class="convbook-explorer"><img src="data:image\/svg\+xml;base64,[^"]+" alt="A 3 × 3 filter on a 6 × 6 input, padding 2/,
    );
    assert.equal(html.match(/<script>/g)?.length, 1);
    assert.equal(html.match(/<\/script>/g)?.length, 1);
    assert.ok(!html.includes("<!--"));
    const code = html.replace(/^.*?<script>/s, "").replace(/<\/script>.*$/s, "");
    assert.doesNotThrow(() => new Function(code), "what a browser compiles");
    assert.doesNotMatch(code, /\brequire\(|\bexports\b|https?:(?!\/\/www\.w3\.org)/);
    assert.ok(html.length < 64_000, `${html.length} characters`);
  });

  it("windowExplorer(what its sliders cannot show) is refused", () => {
    const refused = (options: object, message: RegExp) =>
      assert.throws(() => windowExplorer(options), message);
    refused({ n: 13 }, /n \(the input\) must be where its slider can stand, 1 to 12, but got 13/);
    refused({ f: 0 }, /f \(the filter\) must be .* 1 to 5/);
    refused({ s: 0 }, /s \(the stride\) must be .* 1 to 4/);
    refused({ p: -1 }, /p \(the padding\) must be .* 0 to 4/);
    refused({ d: 4 }, /d \(the dilation\) must be .* 1 to 3/);
    refused({ n: 5.5 }, /n must be an integer, but got 5\.5/);
    refused({ p: NaN }, /p must be an integer, but got NaN/);
    refused({ n: "5" }, /n must be an integer/);
    refused({ sliders: [] }, /sliders must be letters of n, f, s, p, d, each once/);
    refused({ sliders: ["n", "n"] }, /sliders must be letters/);
    refused({ sliders: ["k"] }, /sliders must be letters/);
    refused({ sliders: "nfp" }, /sliders must be letters/);
    refused({ stride: 2 }, /options must be of .*"stride" \(2\)\. Did you mean "s"\?/);
  });
});
