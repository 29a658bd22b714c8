import assert from "node:assert/strict";
import { systemCallFilter } from "#dist/sandbox/systemCalls.js";

const ALLOWED = "allowed";
const X64 = 0xc000003e;
const ARM64 = 0xc00000b7;

/** What the kernel makes of a system call: it runs the program on the data of the call. */
function verdict(filter: Buffer, audit: number, number: number, argument = 0): string {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number, 0);
  data.writeUInt32LE(audit, 4);
  data.writeUInt32LE(argument, 16);
  let loaded = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const code = filter.readUInt16LE(at);
    const value = filter.readUInt32LE(at + 4);
    const jump = (holds: boolean): void => void (at += 8 * filter[at + (holds ? 2 : 3)]);
    if (code === 0x20) loaded = data.readUInt32LE(value);
    else if (code === 0x15) jump(loaded === value);
    else if (code === 0x35) jump(loaded >= value);
    else if (code === 0x45) jump((loaded & value) !== 0);
    else if (code === 0x06) {
      if (value === 0x7fff0000) return ALLOWED;
      return value === 0x80000000 ? "killed" : `errno ${value & 0xffff}`;
    } else assert.fail(`instruction ${code}`);
  }
  return assert.fail("the program has no end");
}

describe("systemCallFilter(architecture)", () => {
  const threads = 0x00010000 | 0x100;
  const machines: [NodeJS.Architecture, number, Record<string, number>][] = [
    [
      "x64",
      X64,
      {
        socket: 41,
        ptrace: 101,
        keyctl: 250,
        bpf: 321,
        io: 425,
        unshare: 272,
        mount: 165,
        read: 0,
        write: 1,
        openat: 257,
        execve: 59,
        clone: 56,
      },
    ],
    [
      "arm64",
      ARM64,
      {
        socket: 198,
        ptrace: 117,
        keyctl: 219,
        bpf: 280,
        io: 425,
        unshare: 97,
        mount: 40,
        read: 63,
        write: 64,
        openat: 56,
        execve: 221,
        clone: 220,
      },
    ],
  ];
  for (const [architecture, audit, calls] of machines)
    it(`on ${architecture} refuses what an answer has no use for, and lets Node run`, () => {
      const filter = systemCallFilter(architecture)!;
      const { read, write, openat, execve, clone, ...refused } = calls;
      for (const [name, number] of Object.entries(refused))
        assert.equal(verdict(filter, audit, number), "errno 1", name);
      for (const number of [read, write, openat, execve])
        assert.equal(verdict(filter, audit, number), ALLOWED);
      assert.equal(verdict(filter, audit, clone, threads), ALLOWED);
      assert.equal(verdict(filter, audit, clone, 0x11), "errno 1", "a process");
      assert.equal(verdict(filter, audit, 435), "errno 38", "clone3");
    });

  it("ends who asks in another dialect", () => {
    const filter = systemCallFilter("x64")!;
    assert.equal(verdict(filter, ARM64, 0), "killed");
    assert.equal(verdict(filter, X64, 0x40000000 | 41), "errno 1");
  });

  it("is not made up for an architecture whose numbers we do not know", () => {
    assert.equal(systemCallFilter("riscv64"), undefined);
  });
});
