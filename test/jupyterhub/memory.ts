import fs from "node:fs";

/** A process of a user's server, and how many bytes of memory it holds: its own, and its part of what is shared. */
export interface ProcessMemory {
  command: string;
  bytes: number;
}

/** The processes that run in a given folder or have a given variable, on Linux; elsewhere none are found. */
export function processesWith(variable: string, value: string): ProcessMemory[] {
  if (!fs.existsSync("/proc/self/smaps_rollup")) return [];
  return fs.readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const variables = fs.readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
      if (!variables.includes(`${variable}=${value}`)) return [];
      const command = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ");
      const memory = fs.readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
      const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(memory)?.[1]);
      return Number.isFinite(kilobytes) ? [{ command, bytes: 1024 * kilobytes }] : [];
    } catch {
      return []; // another user's, or it has just ended
    }
  });
}
