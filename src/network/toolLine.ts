/** One figure of a line that a tool printed. */
export interface PrintedFigure {
  /** As it stands in the line, unit and all. */
  readonly text: string;
  readonly value: number;
  /** By how much a count may differ that is printed so: half of the last digit. */
  readonly tolerance: number;
  /** What the line says it is; nothing where it does not say. */
  readonly quantity?: "params" | "macs";
  /** Who prints such a line. */
  readonly tool?: "fvcore" | "keras" | "ptflops" | "thop" | "torchinfo";
}

/** Longer lines are no tool's; a table has this many lines at most. */
const MOST_CHARACTERS = 400;
const MOST_LINES = 400;

const NUMBER = String.raw`(\d[\d,]{0,30}(?:\.\d{1,20})?)`;
const FIGURE = String.raw`${NUMBER} ?([kKMGT]?)`;

type Pattern = {
  tool: NonNullable<PrintedFigure["tool"]>;
  pattern: RegExp;
  /** What each pair of groups, a number and its unit, is. */
  quantities: readonly NonNullable<PrintedFigure["quantity"]>[];
};

/** What each tool prints of a whole network: one line, or the row of the whole in its table. */
const patterns: readonly Pattern[] = [
  {
    tool: "torchinfo",
    pattern: new RegExp(String.raw`^Total mult-adds: ${FIGURE}$`),
    quantities: ["macs"],
  },
  {
    tool: "keras",
    pattern: new RegExp(String.raw`^(?:Total )?params: ${FIGURE} \([\d.]{1,20} [KMG]?B\)$`, "i"),
    quantities: ["params"],
  },
  {
    tool: "torchinfo",
    pattern: new RegExp(String.raw`^Total params: ${FIGURE}$`),
    quantities: ["params"],
  },
  {
    tool: "ptflops",
    pattern: new RegExp(String.raw`^Computational complexity: ${FIGURE}Mac$`),
    quantities: ["macs"],
  },
  {
    tool: "ptflops",
    pattern: new RegExp(String.raw`^Number of parameters: ${FIGURE}$`),
    quantities: ["params"],
  },
  {
    tool: "ptflops",
    pattern: new RegExp(String.raw`^${FIGURE}Mac,? ${FIGURE}$`),
    quantities: ["macs", "params"],
  },
  {
    // The first line of its tree of modules; a part of the network has fewer of the parameters.
    tool: "ptflops",
    pattern: new RegExp(
      String.raw`^${FIGURE}, 100\.0{1,3}% Params, ${FIGURE}Mac, [\d.]{1,8}% MACs,?$`,
    ),
    quantities: ["params", "macs"],
  },
  {
    tool: "fvcore",
    pattern: new RegExp(
      String.raw`^\| model \| ${FIGURE} \| ${FIGURE} (?:\| [\d.]{1,20}[KMGT]? )?\|$`,
    ),
    quantities: ["params", "macs"],
  },
  {
    tool: "fvcore",
    pattern: new RegExp(
      String.raw`^#params: ${FIGURE}, #flops: ${FIGURE}(?:, #acts: [\d.]{1,20}[KMGT]?)?$`,
    ),
    quantities: ["params", "macs"],
  },
  {
    tool: "thop",
    pattern: new RegExp(String.raw`^\(?'?${FIGURE}'?, '?${FIGURE}'?\)?$`),
    quantities: ["macs", "params"],
  },
];

const WORD = "(MACs?|mult-adds|multiply-adds|FLOPs?|params|parameters)";

/** A figure that somebody quotes: `4.1 GFLOPs`, `25.6M parameters`, `4111512576`, `FLOPs: 4.1G`. */
const quoted = new RegExp(String.raw`^(?:${WORD} ?[:=] ?)?${FIGURE} ?${WORD}?$`, "i");

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** The figures of what a tool printed, line by line; lines that say nothing of the whole network are passed over. */
export function readToolLines(text: string): PrintedFigure[] {
  return text.split("\n", MOST_LINES).flatMap((line) => {
    if (line.length > MOST_CHARACTERS) return [];
    const plain = tidied(line);
    for (const { tool, pattern, quantities } of patterns) {
      const groups = pattern.exec(plain)?.slice(1);
      if (groups)
        return quantities.map((quantity, i) => ({
          ...figure(groups[2 * i], groups[2 * i + 1]),
          quantity,
          tool,
        }));
    }
    const [, before, number, unit, behind] = quoted.exec(plain) ?? [];
    if (number === undefined) return [];
    const word = behind ?? before;
    return [{ ...figure(number, unit), ...(word !== undefined && { quantity: quantityOf(word) }) }];
  });
}

/** Spaces as one, and torchinfo's unit behind the number, where the others have it. */
function tidied(line: string): string {
  const words = line.trim().split(/\s+/).join(" ");
  const unit = /^Total mult-adds \((?:Units\.)?([KMGT])[A-Z]*\): ([\d.,]{1,30})$/.exec(words);
  return unit ? `Total mult-adds: ${unit[2]} ${unit[1]}` : words;
}

function quantityOf(word: string): NonNullable<PrintedFigure["quantity"]> {
  return /^par/i.test(word) ? "params" : "macs";
}

function figure(number: string, unit: string) {
  const digits = number.replaceAll(",", "");
  // `4133742592.0` is a whole number that Python prints as a fraction.
  const decimals = /\.0$/.test(digits) && unit === "" ? 0 : (digits.split(".")[1] ?? "").length;
  const size = UNITS[unit.toUpperCase()];
  return {
    text: `${number}${unit && ` ${unit}`}`,
    value: Number(digits) * size,
    tolerance: size === 1 ? 0 : (size / 10 ** decimals) * 0.5,
  };
}
