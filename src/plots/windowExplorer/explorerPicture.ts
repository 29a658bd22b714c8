import type { Setting, WindowNumbers } from "./windowNumbers";

/** Where things stand that move with the window, as attributes of SVG. Rows and columns may be fractions, on the way. */
export interface MovingParts {
  /** The window over the input, and the frame around the output value. */
  window: string;
  value: string;
  /** The beam between them. */
  beam: string;
}

export interface ExplorerPicture {
  width: number;
  height: number;
  /** The side of a cell, and the upper left corners of the padded input and of the output. */
  cell: number;
  input: { x: number; y: number };
  output: { x: number; y: number };
  /** What stands within the svg element. */
  markup: string;
  partsAt(row: number, column: number): MovingParts;
}

/**
 * The picture of a setting, `width` pixels wide: input and output beside each other, or where there is little room, the
 * output above. The page runs this function's own source text: it needs nothing outside of itself. Colours are classes,
 * see `explorerStyle.ts`.
 */
export function explorerPicture(
  { n, f, s, p, d }: Setting,
  { padded, covered, output, isRead }: WindowNumbers,
  width: number,
  at: { row: number; column: number },
): ExplorerPicture {
  const isWide = width >= 560;
  const [heading, rail, ruler, edge, gap] = [20, 26, 26, 4, 48];
  /** What input and output of the narrow picture share. */
  const stack = 390;
  const half = isWide ? (width - 70) / 2 : width;
  const room = half - rail - edge;
  const drawn = Math.max(padded, covered); // a filter that does not fit hangs over
  const cell = Math.min(
    42,
    room / Math.max(drawn, output),
    isWide ? Infinity : stack / (drawn + output),
  );
  const inputSide = drawn * cell;
  const outputSide = output * cell;
  const height = isWide
    ? Math.ceil(heading + rail + room + ruler)
    : heading + stack + gap + ruler + heading;

  // In the wide picture both stand on the middle line; in the narrow one the output above, the input at the bottom.
  const middle = heading + rail + room / 2;
  const inputX = rail + (room - inputSide) / 2;
  const input = isWide
    ? { x: inputX, y: middle - inputSide / 2 }
    : { x: inputX, y: height - heading - ruler - inputSide };
  const out = isWide
    ? { x: width - edge - room + (room - outputSide) / 2, y: middle - outputSide / 2 }
    : { x: inputX + (inputSide - outputSide) / 2, y: heading + 2 };

  const r = (value: number): string => String(Math.round(value * 10) / 10);
  const rect = (x: number, y: number, w: number, h: number, more: string): string =>
    `<rect x="${r(x)}" y="${r(y)}" width="${r(w)}" height="${r(h)}" ${more}/>`;
  const letters = (x: number, y: number, text: string, more: string): string =>
    `<text x="${r(x)}" y="${r(y)}" ${more}>${text}</text>`;

  /** Diagonals that meet those of the neighbouring cells. */
  const hatch = (x: number, y: number): string =>
    [0.5, 1, 1.5]
      .map((k) => {
        const [low, high] = [Math.max(0, k - 1) * cell, Math.min(1, k) * cell];
        return `M${r(x + low)} ${r(y + high)}L${r(x + high)} ${r(y + low)}`;
      })
      .join("");

  function inputCells(): string {
    const cells: string[] = [];
    let lines = "";
    for (let i = 0; i < padded; i++)
      for (let j = 0; j < padded; j++) {
        const [x, y] = [input.x + j * cell, input.y + i * cell];
        const isInside = i >= p && i < p + n && j >= p && j < p + n;
        const isSeen = isRead[i] && isRead[j];
        const kind = `class="${isInside ? "pixel" : "zero"}${output > 0 && !isSeen ? " unread" : ""}"`;
        const gap = isInside ? 0.75 : 2;
        cells.push(
          rect(
            x + gap,
            y + gap,
            cell - 2 * gap,
            cell - 2 * gap,
            `rx="2" ${kind} data-cell="${i} ${j}"`,
          ),
        );
        if (output > 0 && !isSeen) lines += hatch(x, y);
      }
    return cells.join("") + (lines && `<path class="hatch" d="${lines}"/>`);
  }

  /** A point for each place where a window begins, and the step between the first two. */
  function stops(): string {
    const points: string[] = [];
    for (let k = 0; k < output; k++) {
      const along = (k * s + 0.5) * cell;
      const size = Math.min(3.2, cell / 4);
      points.push(
        `<circle cx="${r(input.x + along)}" cy="${r(input.y - 7)}" r="${r(size)}" class="stop" data-column="${k}"/>`,
      );
      points.push(
        `<circle cx="${r(input.x - 7)}" cy="${r(input.y + along)}" r="${r(size)}" class="stop" data-row="${k}"/>`,
      );
    }
    if (output > 1 && s > 1 && s * cell >= 26) {
      const [from, to] = [input.x + cell / 2, input.x + (s + 0.5) * cell];
      const y = input.y - 7;
      points.push(`<path class="step" d="M${r(from + 6)} ${r(y)}H${r(to - 8)}m-4 -3l4 3l-4 3"/>`);
      points.push(letters((from + to) / 2, y - 6, "s", `class="letter-s" text-anchor="middle"`));
    }
    return points.join("");
  }

  /** The lengths p, n, p below the input. */
  function lengths(): string {
    const y = input.y + padded * cell + 7;
    const parts: [string, number, number][] = [
      ["p", 0, p],
      ["n", p, n],
      ["p", p + n, p],
    ];
    return parts
      .filter(([, , long]) => long > 0)
      .map(([name, from, long]) => {
        const [left, right] = [input.x + from * cell + 2, input.x + (from + long) * cell - 2];
        return (
          `<path class="length length-${name}" d="M${r(left)} ${r(y - 3)}v6m0 -3H${r(right)}m0 -3v6"/>` +
          letters((left + right) / 2, y + 16, name, `class="letter-${name}" text-anchor="middle"`)
        );
      })
      .join("");
  }

  function outputCells(): string {
    const cells: string[] = [];
    for (let i = 0; i < output; i++)
      for (let j = 0; j < output; j++)
        cells.push(
          rect(
            out.x + j * cell + 0.75,
            out.y + i * cell + 0.75,
            cell - 1.5,
            cell - 1.5,
            `rx="2" class="value" data-output="${i} ${j}"`,
          ),
        );
    return cells.join("");
  }

  /** The frame, and in it the taps, so small that what lies under them is seen around them. */
  function windowShape(): string {
    const inset = 0.21 * cell;
    const side = cell - 2 * inset;
    const taps: string[] = [];
    for (let a = 0; a < f; a++)
      for (let b = 0; b < f; b++) {
        const [x, y] = [input.x + b * d * cell + inset, input.y + a * d * cell + inset];
        taps.push(rect(x, y, side, side, `rx="${r(cell / 8)}" class="tap"`));
      }
    const frame = rect(input.x, input.y, covered * cell, covered * cell, `rx="3" class="frame"`);
    return frame + taps.join("");
  }

  function partsAt(row: number, column: number): MovingParts {
    const x = input.x + column * s * cell;
    const y = input.y + row * s * cell;
    const [u, v] = [out.x + column * cell, out.y + row * cell];
    const side = covered * cell;
    const corners = isWide
      ? [[x + side, y], [u, v], [u, v + cell], [x + side, y + side]] // prettier-ignore
      : [[x, y], [u, v + cell], [u + cell, v + cell], [x + side, y]]; // prettier-ignore
    return {
      window: `translate(${r(column * s * cell)} ${r(row * s * cell)})`,
      value: `translate(${r(column * cell)} ${r(row * cell)})`,
      beam: corners.map((corner) => corner.map(r).join(" ")).join(" "),
    };
  }

  const name = `class="name" text-anchor="middle"`;
  const sizes = p > 0 ? `${n} × ${n}, padded to ${padded} × ${padded}` : `${n} × ${n}`;
  const parts = partsAt(at.row, at.column);
  const kind = output > 0 ? "window" : "window misfit";
  const window = `<g data-part="window" class="${kind}" transform="${parts.window}">${windowShape()}</g>`;
  const markup = [
    letters(
      input.x + inputSide / 2,
      isWide ? input.y - rail - 2 : height - 4,
      `input ${sizes}`,
      name,
    ),
    inputCells(),
    lengths(),
  ];
  if (output === 0) {
    const [x, y] = isWide ? [width - edge - room / 2, middle] : [inputX + inputSide / 2, heading];
    markup.push(window, letters(x, y, "no output", `class="name none" text-anchor="middle"`));
  } else
    markup.push(
      letters(out.x + outputSide / 2, out.y - 8, `output ${output} × ${output}`, name),
      stops(),
      outputCells(),
      `<polygon data-part="beam" class="beam" points="${parts.beam}"/>`,
      window,
      `<g data-part="value" transform="${parts.value}">` +
        `${rect(out.x, out.y, cell, cell, `rx="3" class="chosen"`)}</g>`,
    );
  return { width, height, cell, input, output: out, markup: markup.join(""), partsAt };
}
