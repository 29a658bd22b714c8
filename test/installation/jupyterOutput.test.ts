import assert from "node:assert/strict";
import { jupyterOutput } from "#dist/installation/jupyterOutput.js";

/** As JupyterLab 4.6 prints it, shortened. */
const log = `[I 2026-11-29 01:00:00.000 ServerApp] jupyter_lsp | extension was successfully linked.
[W 2026-11-29 01:00:00.100 ServerApp] The disk is nearly full.
  12 MB are left.
[I 2026-11-29 01:00:01.000 ServerApp] Use Control-C to stop this server and shut down all kernels.
[C 2026-11-29 01:00:01.100 ServerApp]

    To access the server, open this file in a browser:
        file:///course/.convbook/jupyter/runtime/jpserver-1-open.html
    Or copy and paste one of these URLs:
        http://localhost:8888/lab/tree/work/00-start-here.ipynb?token=abc
        http://127.0.0.1:8888/lab/tree/work/00-start-here.ipynb?token=abc
[W 2026-11-29 01:00:02.000 ServerApp] Notebook work/00-start-here.ipynb is not trusted
[E 2026-11-29 01:00:03.000 ServerApp] Kernel died`;

describe("jupyterOutput", () => {
  it("jupyterOutput() tells one address, warnings and errors, and nothing else", () => {
    const read = jupyterOutput();
    const understood = log.split("\n").map(read);
    assert.deepEqual(
      understood.flatMap(({ address }) => address ?? []),
      ["http://localhost:8888/lab/tree/work/00-start-here.ipynb?token=abc"],
    );
    assert.deepEqual(
      understood.flatMap(({ show }) => show),
      [
        "[W 2026-11-29 01:00:00.100 ServerApp] The disk is nearly full.",
        "  12 MB are left.",
        "[E 2026-11-29 01:00:03.000 ServerApp] Kernel died",
      ],
    );
  });
});
