/**
 * The globals of a cell that the language's own declarations do not know: what Node provides and lessons use,
 * written down shortly. Node's own declarations are eighty times longer; once a cell imports one of Node's
 * modules they take the place of these.
 */
export const NODE_IN_SHORT = `
interface Console {
  /** Prints its arguments below the cell. */
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  /** Prints to standard error. */
  error(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  trace(...values: unknown[]): void;
  /** Prints the message when the condition does not hold. */
  assert(condition?: boolean, ...values: unknown[]): void;
  clear(): void;
  /** Counts its calls, by label. */
  count(label?: string): void;
  countReset(label?: string): void;
  /** Prints an object with its properties. */
  dir(value: unknown, options?: { depth?: number | null; colors?: boolean; showHidden?: boolean }): void;
  dirxml(...values: unknown[]): void;
  /** Indents what is printed from here to groupEnd. */
  group(...label: unknown[]): void;
  groupCollapsed(...label: unknown[]): void;
  groupEnd(): void;
  /** Prints rows as a table. */
  table(rows: unknown, columns?: readonly string[]): void;
  /** Starts a clock; timeEnd prints what it shows. */
  time(label?: string): void;
  timeEnd(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
}
declare var console: Console;

interface Timer {
  ref(): this;
  unref(): this;
  hasRef(): boolean;
  refresh(): this;
  [Symbol.toPrimitive](): number;
}
/** Calls the function once, after so many milliseconds. */
declare function setTimeout<A extends unknown[]>(callback: (...args: A) => void, milliseconds?: number, ...args: A): Timer;
declare function setTimeout(callback: (value: void) => void, milliseconds?: number): Timer;
/** Calls the function again and again, every so many milliseconds, until clearInterval. */
declare function setInterval<A extends unknown[]>(callback: (...args: A) => void, milliseconds?: number, ...args: A): Timer;
declare function setInterval(callback: (value: void) => void, milliseconds?: number): Timer;
declare function setImmediate<A extends unknown[]>(callback: (...args: A) => void, ...args: A): { ref(): void; unref(): void };
declare function setImmediate(callback: (value: void) => void): { ref(): void; unref(): void };
declare function clearTimeout(timer: Timer | number | string | undefined): void;
declare function clearInterval(timer: Timer | number | string | undefined): void;
declare function clearImmediate(immediate: object | undefined): void;
declare function queueMicrotask(callback: () => void): void;
/** A deep copy. */
declare function structuredClone<T>(value: T, options?: { transfer?: readonly object[] }): T;

interface Performance {
  /** Milliseconds since the kernel started, with fractions. */
  now(): number;
  readonly timeOrigin: number;
}
declare var performance: Performance;

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: any;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
declare var AbortSignal: { prototype: AbortSignal; abort(reason?: unknown): AbortSignal; timeout(milliseconds: number): AbortSignal };
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare var AbortController: { prototype: AbortController; new (): AbortController };

interface Blob {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  slice(start?: number, end?: number, type?: string): Blob;
  text(): Promise<string>;
}
declare var Blob: { prototype: Blob; new (parts?: readonly (ArrayBuffer | ArrayBufferView | Blob | string)[], options?: { type?: string }): Blob };

interface Headers extends Iterable<[string, string]> {
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
  entries(): IterableIterator<[string, string]>;
  forEach(callback: (value: string, name: string) => void): void;
}
type HeadersInit = Headers | [string, string][] | Record<string, string>;
declare var Headers: { prototype: Headers; new (init?: HeadersInit): Headers };
interface RequestInit {
  method?: string;
  headers?: HeadersInit;
  body?: string | ArrayBuffer | ArrayBufferView | Blob | URLSearchParams | null;
  redirect?: "error" | "follow" | "manual";
  signal?: AbortSignal | null;
}
interface Response {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly redirected: boolean;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
  arrayBuffer(): Promise<ArrayBuffer>;
  blob(): Promise<Blob>;
  json(): Promise<any>;
  text(): Promise<string>;
  clone(): Response;
}
declare var Response: { prototype: Response; new (body?: RequestInit["body"], init?: { status?: number; statusText?: string; headers?: HeadersInit }): Response };
/** Asks a server: await fetch("https://...") gives its response. */
declare function fetch(address: string | URL, options?: RequestInit): Promise<Response>;

interface URLSearchParams extends Iterable<[string, string]> {
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  toString(): string;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  forEach(callback: (value: string, name: string) => void): void;
}
declare var URLSearchParams: { prototype: URLSearchParams; new (init?: string | [string, string][] | Record<string, string>): URLSearchParams };
interface URL {
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toString(): string;
  toJSON(): string;
}
declare var URL: { prototype: URL; new (address: string | URL, base?: string | URL): URL; canParse(address: string, base?: string): boolean };

interface TextEncoder {
  encode(text?: string): Uint8Array;
}
declare var TextEncoder: { prototype: TextEncoder; new (): TextEncoder };
interface TextDecoder {
  decode(bytes?: ArrayBuffer | ArrayBufferView): string;
}
declare var TextDecoder: { prototype: TextDecoder; new (encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder };
declare function atob(base64: string): string;
declare function btoa(binary: string): string;
interface Crypto {
  randomUUID(): string;
  getRandomValues<T extends ArrayBufferView>(array: T): T;
}
declare var crypto: Crypto;

type BufferEncoding = "ascii" | "utf8" | "utf-8" | "utf16le" | "base64" | "base64url" | "latin1" | "binary" | "hex";
interface Buffer extends Uint8Array {
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  equals(other: Uint8Array): boolean;
  write(text: string, offset?: number, length?: number, encoding?: BufferEncoding): number;
  readUInt8(offset?: number): number;
  readUInt16LE(offset?: number): number;
  readUInt16BE(offset?: number): number;
  readUInt32LE(offset?: number): number;
  readUInt32BE(offset?: number): number;
  readInt8(offset?: number): number;
  readInt16LE(offset?: number): number;
  readInt16BE(offset?: number): number;
  readInt32LE(offset?: number): number;
  readInt32BE(offset?: number): number;
  readFloatLE(offset?: number): number;
  readFloatBE(offset?: number): number;
  readDoubleLE(offset?: number): number;
  readDoubleBE(offset?: number): number;
}
declare var Buffer: {
  prototype: Buffer;
  alloc(size: number, fill?: string | number | Uint8Array): Buffer;
  from(values: readonly number[] | Uint8Array | ArrayBuffer): Buffer;
  from(buffer: ArrayBuffer, offset?: number, length?: number): Buffer;
  from(text: string, encoding?: BufferEncoding): Buffer;
  concat(parts: readonly Uint8Array[], length?: number): Buffer;
  byteLength(text: string | ArrayBufferView | ArrayBuffer, encoding?: BufferEncoding): number;
  isBuffer(value: unknown): value is Buffer;
};

interface Process {
  readonly argv: string[];
  readonly arch: string;
  readonly env: Record<string, string | undefined>;
  readonly pid: number;
  readonly platform: string;
  readonly version: string;
  readonly versions: Record<string, string | undefined>;
  readonly stdout: { write(text: string | Uint8Array): boolean; readonly columns?: number; readonly isTTY?: boolean };
  readonly stderr: { write(text: string | Uint8Array): boolean; readonly columns?: number; readonly isTTY?: boolean };
  cwd(): string;
  chdir(folder: string): void;
  /** Ends the kernel. */
  exit(code?: number): never;
  hrtime: { (earlier?: [number, number]): [number, number]; bigint(): bigint };
  memoryUsage(): { rss: number; heapTotal: number; heapUsed: number; external: number; arrayBuffers: number };
  cpuUsage(earlier?: { user: number; system: number }): { user: number; system: number };
  uptime(): number;
  nextTick<A extends unknown[]>(callback: (...args: A) => void, ...args: A): void;
  on(event: string, listener: (...args: any[]) => void): this;
  emitWarning(warning: string | Error): void;
}
declare var process: Process;

/** Loads a module at once; \`import\` at the top of a cell is the usual way. */
declare var require: { (specifier: string): any; resolve(specifier: string): string; cache: Record<string, any> };
declare var global: typeof globalThis;

/** What declarations of packages name of Node's. */
declare module "node:util" {
  export const inspect: { (value: unknown, options?: object): string; readonly custom: unique symbol };
}
`;

/** What the kernel itself gives to cells, beside Node's own globals. */
export const KERNEL_GLOBALS = `
/** Asks for a line of text, in a box below the cell, and waits for it. */
declare function prompt(question?: string, preset?: string): string;
`;
