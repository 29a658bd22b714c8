/**
 * What code may use without an import besides the language itself, as types. Node's own types say the same in
 * a hundred times the text, and the first check would take twice as long. What they say in detail is left out: a
 * cell that the kernel runs must not be refused here.
 */
export const GLOBALS = `
declare type Callback = (...input: any[]) => void;
declare const console: { [method: string]: (...values: any[]) => void };
declare const performance: any;
declare interface NodesTimer { hasRef(): boolean; ref(): any; unref(): any; refresh(): any; close(): any; [Symbol.toPrimitive](): number; }
declare interface NodesImmediate { hasRef(): boolean; ref(): any; unref(): any; }
declare function setTimeout(f: Callback, milliseconds?: number, ...input: any[]): NodesTimer;
declare function setInterval(f: Callback, milliseconds?: number, ...input: any[]): NodesTimer;
declare function setImmediate(f: Callback, ...input: any[]): NodesImmediate;
declare function clearTimeout(timer: any): void;
declare function clearInterval(timer: any): void;
declare function clearImmediate(timer: any): void;
declare function queueMicrotask(f: () => void): void;
declare function structuredClone<T>(value: T, options?: any): T;
declare const process: any, require: any, Buffer: any, URL: any, WebAssembly: any, crypto: any;
declare const TextEncoder: any, TextDecoder: any, AbortController: any, fetch: any;
`;
