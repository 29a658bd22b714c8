import { type MimeBundle } from "convbook";
import { KERNEL, type NotebookKernel } from "#dist/notebook/index.js";

export interface SentDisplay {
  data: MimeBundle;
  displayId: string | undefined;
  update: boolean;
}

/** What `run` sends when this process is a kernel. */
export function fakeKernel(run: () => void): SentDisplay[] {
  const sent: SentDisplay[] = [];
  const kernel: NotebookKernel = {
    display: ({ data, transient }, update) =>
      sent.push({ data, displayId: transient.display_id, update }),
  };
  const holder = globalThis as { [KERNEL]?: NotebookKernel };
  holder[KERNEL] = kernel;
  try {
    run();
  } finally {
    delete holder[KERNEL];
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
