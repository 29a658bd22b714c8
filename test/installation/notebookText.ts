/** The text of a notebook file with one code cell, which has been run or not. */
export function notebookText(source: string, { executed = false } = {}): string {
  const outputs = executed ? [{ output_type: "stream", name: "stdout", text: ["2\n"] }] : [];
  const notebook = {
    cells: [
      { cell_type: "markdown", id: "text", metadata: {}, source: ["# A lesson"] },
      {
        cell_type: "code",
        id: "code",
        metadata: {},
        execution_count: executed ? 7 : null,
        outputs,
        source: [source],
      },
    ],
    metadata: { kernelspec: { name: "tslab" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}
