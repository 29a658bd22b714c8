import { type Random, random } from "convbook";

/** A notebook file with these code cells, in the shape that one editor or another gives it. */
export function notebookText(cells: readonly string[], source: Random = random(1)): string {
  const minor = source.integer(0, 5);
  const asLines = source.uniform() < 0.5;
  const saved = cells.flatMap((text, i) => {
    const code = {
      cell_type: "code",
      ...(minor === 5 ? { id: `cell-${i}` } : {}),
      metadata: source.uniform() < 0.3 ? { id: "aBcD", vscode: { languageId: "typescript" } } : {},
      execution_count: i,
      outputs: [{ output_type: "stream", name: "stdout", text: "what it printed" }],
      source: asLines ? text.split(/(?<=\n)/) : text,
    };
    const prose = { cell_type: "markdown", metadata: {}, source: ["## function zeroPad() {}"] };
    return source.uniform() < 0.3 ? [prose, code] : [code];
  });
  const metadata = { kernelspec: { name: "tslab", display_name: "TypeScript", language: "ts" } };
  return JSON.stringify(
    { cells: saved, metadata, nbformat: 4, nbformat_minor: minor },
    undefined,
    1,
  );
}
