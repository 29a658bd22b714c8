import type { SourceLocation, SourceText } from "../sources";

/** Lines and columns of locations in cells, as editors count them. Each cell is read once, however many locations are wanted. */
export class LineLocations {
  private readonly starts = new Map<number, number[]>();

  constructor(private readonly cells: readonly SourceText[]) {}

  originOf(source: number): string {
    return this.cells[source].origin;
  }

  at({ source, offset }: SourceLocation): { cell: number; line: number; column: number } {
    const starts = this.startsOf(source);
    let [first, last] = [0, starts.length - 1];
    while (first < last) {
      const middle = Math.ceil((first + last) / 2);
      if (starts[middle] <= offset) first = middle;
      else last = middle - 1;
    }
    const cell = Number(this.originOf(source).split(" ").at(-1)) || source + 1;
    return { cell, line: first + 1, column: offset - starts[first] + 1 };
  }

  /** `"cell 5, line 2, column 3"` */
  inWords(location: SourceLocation, until: "line" | "column" = "column"): string {
    const { line, column } = this.at(location);
    const inLine = until === "column" ? `, column ${column}` : "";
    return `${this.originOf(location.source)}, line ${line}${inLine}`;
  }

  private startsOf(source: number): number[] {
    const known = this.starts.get(source);
    if (known) return known;
    const starts = [0];
    for (const { index, 0: ending } of this.cells[source].text.matchAll(/\r\n|\r|\n/g))
      starts.push(index + ending.length);
    this.starts.set(source, starts);
    return starts;
  }
}
