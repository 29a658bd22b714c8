import assert from "node:assert/strict";
import ts from "typescript";
import { PANEL_SCRIPT } from "#dist/controls/panelScript.js";

describe("PANEL_SCRIPT", () => {
  it("PANEL_SCRIPT is a module without a mistake in its syntax: no compiler sees into a text", () => {
    const { diagnostics } = ts.transpileModule(PANEL_SCRIPT, {
      fileName: "panel.js",
      reportDiagnostics: true,
      compilerOptions: { allowJs: true, target: ts.ScriptTarget.ES2022 },
    });
    assert.deepEqual(
      diagnostics?.map(({ messageText }) => messageText),
      [],
    );
    assert.match(PANEL_SCRIPT, /^export default/m);
  });
});
