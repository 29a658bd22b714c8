import type { Place, SourceText } from "../sources";

/** Lines and columns of places in cells, as editors count them. Each cell is read once, however many places are asked for. */
export class LinePlaces {
  private readonly starts = new Map<number, number[]>();

  constructor(private readonly cells: readonly SourceText[]) {}

  originOf(piece: number): string {
    return this.cells[piece].origin;
  }

  at({ piece, offset }: Place): { cell: number; line: number; column: number } {
    const starts = this.startsOf(piece);
    let [first, last] = [0, starts.length - 1];
    while (first < last) {
      const middle = Math.ceil((first + last) / 2);
      if (starts[middle] <= offset) first = middle;
      else last = middle - 1;
    }
    const cell = Number(this.originOf(piece).split(" ").at(-1)) || piece + 1;
    return { cell, line: first + 1, column: offset - starts[first] + 1 };
  }

  /** `"cell 5, line 2, column 3"` */
  inWords(place: Place, until: "line" | "column" = "column"): string {
    const { line, column } = this.at(place);
    const inLine = until === "column" ? `, column ${column}` : "";
    return `${this.originOf(place.piece)}, line ${line}${inLine}`;
  }

  private startsOf(piece: number): number[] {
    const known = this.starts.get(piece);
    if (known) return known;
    const starts = [0];
    for (const { index, 0: ending } of this.cells[piece].text.matchAll(/\r\n|\r|\n/g))
      starts.push(index + ending.length);
    this.starts.set(piece, starts);
    return starts;
  }
}
