export { clearOutput } from "./clearOutput";
export * from "./display";
export { escapeMarkup } from "./escapeMarkup";
export { printable } from "./printable";
export { inNotebook, KERNEL, notebookKernel } from "./kernel";
export type { Comm, CommMessage, DisplayMessage, NotebookKernel, OpenComm } from "./kernel";
export { DISPLAY, showsAs } from "./selfDisplay";
/** @internal */
export { breathe } from "./progress/breathe";
/** @internal */
export { type Interrupt, listenForInterrupt } from "./progress/interrupt";
