// This file must load in any Node that knows modules at all, to say politely that it is too old.
import { readFileSync } from "fs";

/** Ends the process with one clear line when this Node is older than package.json's `engines` asks for. */
export function requireNode() {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const problem = nodeProblem(
    process.versions.node,
    manifest.engines.node.replace(">=", ""),
    process.platform,
  );
  if (!problem) return;
  console.error("convbook: " + problem);
  process.exit(1);
}

/**
 * What is wrong with this Node, and what to do about it; undefined when it will do.
 *
 * @param {string} version of the running Node, "20.9.0"
 * @param {string} least the oldest that will do, "20.9"
 * @param {string} platform as process.platform has it
 * @returns {string | undefined}
 */
export function nodeProblem(version, least, platform) {
  if (platform === "win32")
    return "Windows itself is not supported. Install the Windows Subsystem for Linux (wsl --install), and clone and start the course there.";
  const [major, minor] = version.split(".").map(Number);
  const [leastMajor, leastMinor] = least.split(".").map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  const remedy =
    platform === "darwin"
      ? "brew install node, or the installer from nodejs.org"
      : "the packages from nodejs.org, or nvm (nvm install 22); your distribution's own may be too old";
  return `Node ${least} or newer is needed, but this is Node ${version}. Install a newer one (${remedy}) and run the same command again.`;
}
