/** The line and column of an offset, counted from 1. */
export function lineAndColumn(source: string, offset: number): { line: number; column: number } {
  const start = source.lastIndexOf("\n", offset - 1) + 1;
  let line = 1;
  for (let i = source.indexOf("\n"); i >= 0 && i < offset; i = source.indexOf("\n", i + 1)) line++;
  return { line, column: offset - start + 1 };
}
