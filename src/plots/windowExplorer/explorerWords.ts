import type { Letter, Setting, WindowNumbers } from "./windowNumbers";

/** A term of a formula; a letter, or a number in place of it, says whose colour it has. */
export interface FormulaTerm {
  text: string;
  letter?: Letter | "o";
}

/** What an explorer says of a setting. */
export interface ExplorerWords {
  /** The formula in letters. */
  formula: FormulaTerm[];
  /** The formula with the numbers of the setting, up to the result. */
  numbers: FormulaTerm[];
  /** What is never read, or why the filter fits nowhere and what to change. */
  verdict: string;
  /** What the window at an output reads. */
  placeOf(row: number, column: number): string;
}

/**
 * The words for a setting. The page runs this function's own source text: it needs nothing outside of itself.
 *
 * @param sliders the letters that can be moved; a letter that cannot, and changes nothing, is left out of the formula
 * @param most how far the sliders go
 */
export function explorerWords(
  setting: Setting,
  numbers: WindowNumbers,
  sliders: readonly Letter[],
  most: Setting,
): ExplorerWords {
  const { n, f, s, p, d } = setting;
  const { padded, covered, output, leftOver, leftOverInput, skippedInput } = numbers;
  const has = (letter: Letter, nothing: number): boolean =>
    sliders.includes(letter) || setting[letter] !== nothing;
  const [hasStride, hasPadding, hasDilation] = [has("s", 1), has("p", 0), has("d", 1)];
  const count = (many: number): string =>
    many === 1 ? "1 row and 1 column" : `${many} rows and ${many} columns`;

  /** The formula, with the letters or with their numbers. */
  function written(value: (letter: Letter) => string, times: string): FormulaTerm[] {
    const piece = (letter: Letter): FormulaTerm => ({ text: value(letter), letter });
    const pieces: FormulaTerm[] = [{ text: hasStride ? "⌊(" : "" }, piece("n")];
    if (hasPadding) pieces.push({ text: ` + 2${times}` }, piece("p"));
    pieces.push({ text: " − " });
    if (hasDilation)
      pieces.push(piece("d"), { text: `${times}(` }, piece("f"), { text: " − 1) − 1" });
    else pieces.push(piece("f"));
    if (hasStride) pieces.push({ text: ") / " }, piece("s"), { text: "⌋" });
    pieces.push({ text: " + 1" });
    return pieces.filter(({ text }) => text !== "");
  }

  function numbersWritten(): FormulaTerm[] {
    const room = padded - covered;
    const pieces: FormulaTerm[] = [
      { text: "= " },
      ...written((letter) => `${setting[letter]}`, "·"),
    ];
    if (hasStride)
      pieces.push(
        { text: ` = ⌊${room < 0 ? "−" : ""}${Math.abs(room)} / ` },
        { text: `${s}`, letter: "s" },
        { text: "⌋ + 1" },
      );
    if (output === 0) return [...pieces, { text: ": less than one place" }];
    if (hasStride && s > 1) pieces.push({ text: ` = ${output - 1} + 1` });
    pieces.push({ text: " = " }, { text: `${output}`, letter: "o" });
    return pieces;
  }

  function whatToChange(): string {
    const shorter = Math.floor((padded - 1) / (f - 1));
    const ways: [Letter, value: number, isPossible: boolean][] = [
      ["n", covered - 2 * p, covered - 2 * p <= most.n],
      ["p", Math.ceil((covered - n) / 2), Math.ceil((covered - n) / 2) <= most.p],
      ["f", Math.floor((padded - 1) / d) + 1, true],
      ["d", shorter, shorter >= 1],
    ];
    const possible = ways
      .filter(([letter, , isPossible]) => isPossible && sliders.includes(letter))
      .map(([letter, value]) => `${letter}\u00a0=\u00a0${value}`); // on one line
    if (possible.length === 0) return "";
    const last = possible.pop()!;
    return ` It would with ${possible.length > 0 ? `${possible.join(", ")} or ` : ""}${last}.`;
  }

  function verdict(): string {
    if (output === 0) {
      const reach = d > 1 ? `${d}·(${f} − 1) + 1 = ${covered}` : `${covered}`;
      const around = p > 0 ? `${n} + 2·${p} = ${padded}` : `${padded}`;
      return `The filter does not fit: it covers ${reach} pixels, and the input has ${around}.${whatToChange()}`;
    }
    const sentences: string[] = [];
    if (leftOver > 0) {
      const whose =
        leftOverInput === 0
          ? " They are padding: nothing of the input is lost."
          : leftOverInput < leftOver
            ? ` Of each, ${leftOverInput} ${leftOverInput > 1 ? "are" : "is"} of the input, the rest padding.`
            : "";
      sentences.push(`Left over: ${count(leftOver)} are never read.${whose}`);
    }
    if (skippedInput > 0)
      sentences.push(`In between, the taps step over ${count(skippedInput)} of the input.`);
    return sentences.join(" ") || "Nothing is left over: the last window ends at the edge.";
  }

  function placeOf(row: number, column: number): string {
    const inside = (place: number): number[] =>
      Array.from({ length: f }, (_, tap) => place * s + tap * d - p).filter((i) => i >= 0 && i < n);
    const listed = (name: string, entries: number[]): string => {
      if (entries.length === 1) return `${name} ${entries[0]}`;
      if (entries.length === 2) return `${name}s ${entries[0]} and ${entries[1]}`;
      if (d === 1) return `${name}s ${entries[0]} to ${entries[entries.length - 1]}`;
      return `${name}s ${entries.join(", ")}`;
    };
    const [rows, columns] = [inside(row), inside(column)];
    const seen = rows.length * columns.length;
    const start = `Output row ${row}, column ${column} reads `;
    if (seen === 0) return `${start}nothing but padding.`;
    const zeros = f * f - seen;
    return (
      `${start}${listed("row", rows)} and ${listed("column", columns)} of the input` +
      (zeros > 0 ? `; ${zeros} of its ${f * f} values ${zeros > 1 ? "are" : "is"} padding.` : ".")
    );
  }

  return {
    formula: [{ text: "o", letter: "o" }, { text: " = " }, ...written((letter) => letter, "")],
    numbers: numbersWritten(),
    verdict: verdict(),
    placeOf,
  };
}
