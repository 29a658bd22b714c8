export { openSandbox, type Sandbox, type SandboxOptions } from "./sandbox";
export { SandboxFault } from "./Pool";
export type { SandboxedAnswer, Submission } from "./Submission";
export type { Isolation, TypeErrorReport } from "./Isolation";
export type { LibraryBoundary } from "./libraryBoundary";
/** @internal */
export { Reader } from "./reading/Reader";
