import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "../project";
import type { Isolation } from "./Isolation";
import { runtimeFolders } from "./runtime";
import { systemCallFilterFile } from "./systemCalls";

/** What a child process may use up before the system stops it. */
export interface ProcessLimits {
  /** Memory, in MiB: heap, buffers and WebAssembly together. */
  memory: number;
  /** Processor time, in seconds: the end of a child that has outlived its grader. */
  processor: number;
}

/** How children are started here, and what stands between them and the rest. */
export interface Launcher {
  /** Program and arguments of a child process that runs `dist/sandbox/child/runner.js`. */
  command: readonly string[];
  /** The user and group that a child runs as, another one for each. Absent where all run as the grader does. */
  nextUser?: () => number;
  isolation: Isolation;
}

const RUNNER = join("dist", "sandbox", "child", "runner.js");
const LIBRARY = join("dist", "index.js");
/** Where the project's folders lie in a namespace of their own. */
const INSIDE = "/convbook";
/** From Node 25 on the permission model denies the network too. */
const NETWORK_DENIED = process.allowedNodeEnvironmentFlags.has("--allow-net");

/**
 * Finds the strongest isolation that works here, by trying it.
 *
 * @param namespaces false leaves bubblewrap out, which tests do
 */
export function findLauncher(limits: ProcessLimits, namespaces: boolean): Launcher {
  const folders = runtimeFolders();
  const { libraries, reserved } = bareNode();
  const limited = (command: readonly string[]): string[] =>
    withLimits({ ...limits, memory: limits.memory + reserved }, command);
  const active = [
    `Node's permission model: no files but the library's, no processes, no threads${NETWORK_DENIED ? ", no network" : ""}`,
    `limits of the system: ${limits.memory} MiB of memory, ${limits.processor} s of processor time`,
  ];
  const walls = [...bubblewrapArguments(folders, libraries), "/node"];
  const why = namespaces ? whyNot([...walls, "--version"]) : "not asked for";
  if (why === undefined) {
    const filter = systemCallFilterFile();
    const [, ...words] = walls; // with the filter it is tried once more
    const whyNoFilter =
      filter === undefined
        ? `there is no table of system calls for ${process.arch}`
        : whyNot(
            withFilter(filter, [
              "/bin/sh",
              "-c",
              'exec "$@"',
              "sh",
              "bwrap",
              ...SECCOMP,
              ...words,
              "--version",
            ]),
          );
    const command = nodeArguments(limits, INSIDE, [INSIDE]); // nothing else is in there
    return {
      command:
        whyNoFilter === undefined
          ? withFilter(filter!, limited(["bwrap", ...SECCOMP, ...words, ...command]))
          : limited([...walls, ...command]),
      isolation: {
        summary:
          "Each answer ran in a process of its own, in a namespace without files or network.",
        active: [
          "bubblewrap: its own view of files, processes and network",
          ...(whyNoFilter === undefined
            ? ["a filter of system calls: no sockets, no keys, no look into other processes"]
            : []),
          ...active,
        ],
        missing: whyNoFilter === undefined ? [] : [`a filter of system calls (${whyNoFilter})`],
      },
    };
  }
  requirePermissionModel(why);
  const readable = folders.map((folder) => inProject(folder));
  const node = [process.execPath, ...nodeArguments(limits, inProject(), readable)];
  const nextUser = usersForChildren();
  const rights = nextUser ? "a user who owns nothing" : "the user who grades";
  return {
    command: limited(node),
    ...(nextUser && { nextUser }),
    isolation: {
      summary: "Each answer ran in a process of its own, under Node's permission model only.",
      active: [...(nextUser ? ["a user of its own, who owns nothing"] : []), ...active],
      missing: [
        `bubblewrap (${why}): ${NETWORK_DENIED ? "" : "the network is open, and "}code that finds a hole in Node's permission model has the rights of ${rights}`,
      ],
    },
  };
}

/** Before these releases a program under the permission model finds no package, unless it may read all of them. */
function requirePermissionModel(whyNoBubblewrap: string): void {
  const [major, minor, patch] = process.versions.node.split(".").map(Number);
  const mended =
    major > 22 ||
    (major === 22 && minor >= 13) ||
    (major === 20 && (minor > 19 || (minor === 19 && patch >= 5)));
  if (mended) return;
  throw new Error(
    `Grading needs bubblewrap (${whyNoBubblewrap}) or a newer Node than ${process.version}: 20.19.5, 22.13, or any from 23 on.`,
  );
}

/** Numbers that systems keep for users who exist only as long as a process of theirs (systemd's DynamicUser). */
const FIRST_USER = 61184;
const USERS = 4000;

/** In a container the grader is often root: its children then need not be, and cannot end it or each other. */
function usersForChildren(): (() => number) | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const library = JSON.stringify(inProject(LIBRARY));
  const read = [process.execPath, "-e", `require("fs").readFileSync(${library})`];
  if (whyNot(read, FIRST_USER) !== undefined) return undefined; // only root may read there
  let next = 0;
  return () => FIRST_USER + (next++ % USERS);
}

/**
 * The shell sets the limits, closes what the grader itself may have inherited, and becomes the program. A limit
 * that the system does not know, or that is lower already, is left as it is.
 */
function withLimits({ memory, processor }: ProcessLimits, command: readonly string[]): string[] {
  const limits = [`-d ${memory * 1024}`, `-t ${processor}`, "-c 0", "-f 0"];
  const set = limits.map((limit) => `ulimit ${limit} 2>/dev/null;`).join(" ");
  const close = [4, 5, 6, 7, 8, 9].map((file) => `${file}<&-`).join(" ");
  return ["/bin/sh", "-c", `${set} exec "$@" ${close}`, "sh", ...command];
}

/** Where bubblewrap finds the filter that the shell has opened. */
const FILTER = 9;
const SECCOMP = ["--seccomp", String(FILTER)];

/** A command of the shell that opens the filter for what it becomes. */
function withFilter(filter: string, [shell, option, script, ...rest]: readonly string[]): string[] {
  const opened = script.replace(/ 9<&-$/, "");
  return [shell, option, `${opened} ${FILTER}<${JSON.stringify(filter)}`, ...rest];
}

function nodeArguments(
  { memory }: ProcessLimits,
  root: string,
  readable: readonly string[],
): string[] {
  const known = process.allowedNodeEnvironmentFlags;
  const permission = known.has("--permission") ? "--permission" : "--experimental-permission";
  return [
    permission,
    ...readable.map((folder) => `--allow-fs-read=${folder}/*`),
    "--no-warnings",
    "--no-addons",
    `--max-old-space-size=${Math.floor(memory / 2)}`,
    join(root, RUNNER),
    join(root, LIBRARY),
  ];
}

function bubblewrapArguments(folders: readonly string[], libraries: readonly string[]): string[] {
  const bind = (from: string, to: string): string[] => ["--ro-bind", from, to];
  return [
    "bwrap",
    "--unshare-all",
    "--die-with-parent",
    "--new-session",
    "--clearenv",
    ...["--cap-drop", "ALL"],
    ...["--proc", "/proc"],
    ...["--dev", "/dev"],
    ...["--tmpfs", "/tmp"],
    ...["--chdir", "/tmp"],
    ...bind(process.execPath, "/node"),
    ...libraries.flatMap((library) => bind(library, library)),
    ...folders.flatMap((folder) => bind(inProject(folder), join(INSIDE, folder))),
  ];
}

/** What Node needs before it has run anything. A bare process is measured: this one has loaded and allocated more. */
interface BareNode {
  /** The libraries that it is linked to, the loader among them. */
  libraries: string[];
  /** Memory that it sets aside and hardly uses, in MiB: from Node 24 on half a GiB, for machine code. */
  reserved: number;
}

function bareNode(): BareNode {
  const question = `
    const fs = require("fs");
    const status = fs.existsSync("/proc/self/status") ? fs.readFileSync("/proc/self/status", "utf8") : "";
    const kibibytes = /^VmData:\\s*(\\d+)/m.exec(status)?.[1] ?? 0;
    const { sharedObjects } = process.report.getReport();
    JSON.stringify({ libraries: sharedObjects, reserved: Math.ceil(kibibytes / 1024) });`;
  const answer = execFileSync(process.execPath, ["-p", question], { env: {}, encoding: "utf8" });
  const { libraries, reserved } = JSON.parse(answer) as BareNode;
  const isFile = (path: string): boolean => path.startsWith("/") && existsSync(path);
  return { libraries: libraries.filter(isFile), reserved };
}

/** Runs a command once; undefined when it works. */
function whyNot([program, ...rest]: readonly string[], user?: number): string | undefined {
  const as = { uid: user, gid: user, encoding: "utf8", timeout: 10_000 } as const;
  const { status, error, stderr } = spawnSync(program, rest, as);
  if (status === 0) return undefined;
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") return "not installed";
  return stderr?.trim().split("\n")[0] || error?.message || `it ended with ${status}`;
}
