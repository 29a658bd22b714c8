import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A filter of system calls for an answer's process, in the form that Linux loads (seccomp, classic BPF) and bubblewrap
 * passes on. It is a third wall behind the namespaces: it takes the kernel's parts away that an answer has no use for,
 * and in which most of its holes were found. What is refused gives EPERM, as if a right were missing.
 *
 * https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html
 */

/** Numbers of system calls by architecture of Node's `process.arch`: the kernel's tables, which never change. */
interface Numbers {
  /** The kernel's name for the architecture (AUDIT_ARCH_...). */
  audit: number;
  /** No sockets, none made and none used; not even those of this machine alone. */
  sockets: number[];
  /** What looks into other processes, or makes processes that are no threads. */
  processes: number[];
  /** What speaks to large parts of the kernel: keys, io_uring, BPF, mounts, modules, namespaces, ... */
  kernel: number[];
  /** `clone`, allowed for threads, and `clone3`, whose flags a filter cannot see: programs fall back on the other. */
  clone: number;
  clone3: number;
}

/** The same numbers on all architectures: system calls since 2019. */
const SINCE_2019 = [425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 438, 440, 442];

const NUMBERS: Partial<Record<NodeJS.Architecture, Numbers>> = {
  x64: {
    audit: 0xc000003e,
    sockets: [41, 42, 43, 44, 45, 46, 47, 49, 50, 53, 288, 299, 307],
    processes: [57, 58, 101, 310, 311, 312],
    kernel: [
      ...[103, 135, 155, 161, 163, 165, 166, 167, 168, 169, 175, 176, 179, 246, 248, 249, 250],
      ...[272, 298, 300, 303, 304, 308, 313, 320, 321, 323],
      ...SINCE_2019,
    ],
    clone: 56,
    clone3: 435,
  },
  arm64: {
    audit: 0xc00000b7,
    sockets: [198, 199, 200, 201, 202, 203, 206, 207, 211, 212, 242, 243, 269],
    processes: [117, 270, 271, 272],
    kernel: [
      ...[39, 40, 41, 51, 60, 89, 92, 97, 104, 105, 106, 116, 142, 217, 218, 219, 224, 225],
      ...[241, 262, 264, 265, 268, 273, 280, 282, 294],
      ...SINCE_2019,
    ],
    clone: 220,
    clone3: 435,
  },
};

/** Instructions of classic BPF: load a word of the call's data, jump, end. */
const LOAD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_AT_LEAST = 0x35;
const JUMP_IF_SET = 0x45;
const RETURN = 0x06;
/** Offsets in the call's data: the number, the architecture, the lower half of the first argument. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const FIRST_ARGUMENT = 16;
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const refuse = (errno: number): number => 0x00050000 | errno;
const EPERM = 1;
const ENOSYS = 38;
const CLONE_THREAD = 0x00010000;
/** From here on, system calls of x64 are those of its 32-bit ABI, x32, which has numbers of its own. */
const X32 = 0x40000000;

type Instruction = [code: number, ifTrue: number, ifFalse: number, value: number];

/** The filter for an architecture; undefined where we have no table of its system calls. */
export function systemCallFilter(architecture: NodeJS.Architecture): Buffer | undefined {
  const numbers = NUMBERS[architecture];
  if (!numbers) return undefined;
  const { audit, sockets, processes, kernel, clone, clone3 } = numbers;
  const refused = [...sockets, ...processes, ...kernel].sort((a, b) => a - b);
  const program: Instruction[] = [
    [LOAD, 0, 0, ARCHITECTURE],
    [JUMP_IF_EQUAL, 1, 0, audit],
    [RETURN, 0, 0, KILL],
    [LOAD, 0, 0, NUMBER],
    [JUMP_IF_AT_LEAST, 0, 1, X32],
    [RETURN, 0, 0, refuse(EPERM)],
    [JUMP_IF_EQUAL, 0, 1, clone3],
    [RETURN, 0, 0, refuse(ENOSYS)],
    ...refused.flatMap((number): Instruction[] => [
      [JUMP_IF_EQUAL, 0, 1, number],
      [RETURN, 0, 0, refuse(EPERM)],
    ]),
    [JUMP_IF_EQUAL, 0, 3, clone],
    [LOAD, 0, 0, FIRST_ARGUMENT],
    [JUMP_IF_SET, 1, 0, CLONE_THREAD],
    [RETURN, 0, 0, refuse(EPERM)],
    [RETURN, 0, 0, ALLOW],
  ];
  const bytes = Buffer.alloc(8 * program.length);
  for (const [i, [code, ifTrue, ifFalse, value]] of program.entries()) {
    bytes.writeUInt16LE(code, 8 * i);
    bytes.writeUInt8(ifTrue, 8 * i + 2);
    bytes.writeUInt8(ifFalse, 8 * i + 3);
    bytes.writeUInt32LE(value, 8 * i + 4);
  }
  return bytes;
}

let written: string | undefined;

/** The filter in a file of its own, for as long as this process lives: each child reads it from its beginning. */
export function systemCallFilterFile(): string | undefined {
  if (written !== undefined) return written;
  const filter = systemCallFilter(process.arch);
  if (!filter) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "convbook-filter-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  written = join(folder, "system-calls.bpf");
  writeFileSync(written, filter, { mode: 0o400 });
  return written;
}
