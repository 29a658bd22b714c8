import Module from "node:module";
import path from "node:path";
import type { MimeBundle } from "convbook";

export interface SentDisplay {
  data: MimeBundle;
  displayId: string | undefined;
  update: boolean;
}

/** What `run` sends when this process looks like a tslab kernel: the kernel's module is loaded and ready. */
export function fakeKernel(run: () => void): SentDisplay[] {
  const sent: SentDisplay[] = [];
  const file = path.resolve("fake", "tslab", "dist", "jupyter.js");
  const kernel = new Module(file);
  kernel.exports = {
    lastWriteDisplayData: (
      message: { data: MimeBundle; transient: { display_id?: string } },
      update: boolean,
    ) => sent.push({ data: message.data, displayId: message.transient.display_id, update }),
  };
  require.cache[file] = kernel;
  try {
    run();
  } finally {
    delete require.cache[file];
  }
  return sent;
}

/** The lines that `run` prints with console.log. */
export function printed(run: () => void): string[] {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: unknown) => lines.push(String(line));
  try {
    run();
  } finally {
    console.log = log;
  }
  return lines;
}
