import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { kernels, kernelSpec } from "../kernel";
import { changedLessons, lessonFolders } from "../lessonCopies";
import { inProject, python, pythonVariables } from "../../project";
import { type Finding, START } from "./Finding";

/** Each check looks at one part of an installation and never throws: what it cannot find is its finding. */

/** The Node that runs this: in a notebook, the kernel's. */
export function checkNode(): Finding {
  const { engines } = readJson<{ engines: { node: string } }>(inProject("package.json"));
  const [least, version] = [engines.node.replace(">=", ""), process.versions.node];
  const found = `${version} on ${process.platform} (${process.arch})`;
  return compareVersions(version, least) >= 0
    ? { subject: "Node", state: "good", found }
    : { subject: "Node", state: "bad", found, remedy: `Install Node ${least} or newer.` };
}

/** Whether Jupyter would start a kernel from this checkout, with a Node that exists. */
export function checkKernel(file = kernelSpec.file): Finding {
  const subject = "TypeScript kernel";
  if (!fs.existsSync(file))
    return { subject, state: "bad", found: "not registered", remedy: START };
  const text = fs.readFileSync(file, "utf8");
  const kernel = kernels.find((known) => kernelSpec.text(known) === text);
  if (!kernel) {
    const found = "registered for another folder or another Node";
    return { subject, state: "bad", found, remedy: START };
  }
  try {
    require("zeromq"); // its compiled part is missing on rare systems, and then no kernel starts
  } catch (error) {
    const remedy = `The package zeromq has no binary for ${process.platform} on ${process.arch}: npm rebuild zeromq compiles one (it needs cmake).`;
    return { subject, state: "bad", found: firstLine(error), remedy };
  }
  const { version } = readJson<{ version: string }>(
    kernel === "tslab"
      ? inProject("node_modules", "tslab", "package.json")
      : inProject("package.json"),
  );
  return { subject, state: "good", found: `${kernel} ${version}` };
}

/** Whether the project's own Python environment has JupyterLab in the pinned version. */
export async function checkJupyter(): Promise<Finding> {
  const subject = "JupyterLab";
  const wanted = pinnedVersion("jupyterlab");
  const code =
    "import sys, importlib.metadata as m; print(m.version('jupyterlab'), *sys.version_info[:3])";
  try {
    const { stdout } = await promisify(execFile)(python, ["-c", code], {
      env: pythonVariables(),
    });
    const [version, ...numbers] = stdout.trim().split(" ");
    const found = `${version}, Python ${numbers.join(".")}`;
    if (version === wanted) return { subject, state: "good", found };
    return {
      subject,
      state: "warning",
      found: `${found}; the course uses ${wanted}`,
      remedy: START,
    };
  } catch {
    return { subject, state: "bad", found: "no Python environment that works", remedy: START };
  }
}

/** Whether JupyterLab has the extension that draws plotly figures. */
export function checkPlotRenderer(): Finding {
  const subject = "Plots";
  const folder = inProject(".venv", "share", "jupyter", "labextensions", "jupyterlab-plotly");
  if (!fs.existsSync(path.join(folder, "package.json")))
    return { subject, state: "bad", found: "plotly's extension is missing", remedy: START };
  return { subject, state: "good", found: `drawn by plotly ${pinnedVersion("plotly")}` };
}

/** Whether there is room to work. */
export function checkDisk(free = freeBytes()): Finding {
  const subject = "Disk";
  const found = `${(free / 1e9).toFixed(1)} GB free`;
  if (free > 1e9) return { subject, state: "good", found };
  const remedy = "Free some space: a notebook that cannot be saved is lost.";
  return { subject, state: free > 1e8 ? "warning" : "bad", found, remedy };
}

/** Whether the learner's copies of lessons are the newest. */
export function checkLessons(folders = lessonFolders): Finding {
  const subject = "Lessons";
  const changed = changedLessons(folders).map((notebook) => path.basename(notebook, ".ipynb"));
  if (changed.length === 0) return { subject, state: "good", found: "your copies are up to date" };
  return {
    subject,
    state: "warning",
    found: `the course has a newer version of ${changed.join(", ")}`,
    remedy: `In a terminal: npx convbook reset ${changed[0]}. Your own version is kept beside it.`,
  };
}

function freeBytes(): number {
  const { bavail, bsize } = fs.statfsSync(inProject());
  return bavail * bsize;
}

/** The version of a package that environment/requirements.txt pins. */
function pinnedVersion(name: string): string {
  const requirements = fs.readFileSync(inProject("environment", "requirements.txt"), "utf8");
  return new RegExp(`^${name}==([^ ]+)`, "m").exec(requirements)?.[1] ?? "unknown";
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

function readJson<T>(file: string): T {
  return JSON.parse(fs.readFileSync(file, "utf8")) as T;
}

function firstLine(error: unknown): string {
  return String((error as Error).message).split("\n")[0];
}
