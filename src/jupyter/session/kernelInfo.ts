import { PROTOCOL_VERSION } from "../wire/message";

/** Who this kernel is. The language is read out without loading its compiler. */
export function kernelInfo(): Record<string, unknown> {
  const { version } = require("typescript/package.json") as { version: string };
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "convbook",
    implementation_version: "1.0.0",
    banner: `TypeScript ${version}, the teaching kernel of convbook`,
    language_info: {
      name: "typescript",
      version,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      // In this form the editors of JupyterLab and of the classic notebook both colour TypeScript.
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    },
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/handbook/intro.html" },
    ],
  };
}
