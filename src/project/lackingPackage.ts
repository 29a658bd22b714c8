import { readFileSync } from "node:fs";
import { inProject } from "./paths";

/**
 * What `load` requires. Where a package is lacking that an installation for use leaves out (those that package.json
 * has as optional peers take hundreds of megabytes), the error says which, and how to get it.
 *
 * @param call who needs it, as the caller knows them: "fit()"
 * @param load one `require`, written where it is needed: so that nobody else waits for it either
 */
export function whereInstalled<Loaded>(call: string, load: () => Loaded): Loaded {
  try {
    return load();
  } catch (error) {
    const name = lackingPackage(error);
    const version = name && leftOut()[name];
    if (!version) throw error;
    throw new Error(
      `${call} needs the package ${name}, which is not installed: an installation of convbook leaves out what takes much room. Run: npm install ${name}@${version}`,
      { cause: error },
    );
  }
}

/** The package that Node has looked for in vain. */
function lackingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")) return;
  return /^Cannot find module '((?:@[^/']+\/)?[^./'][^/']*)/.exec(error.message)?.[1];
}

/** The packages that are left out, with the versions that fit. */
function leftOut(): Record<string, string | undefined> {
  const manifest = readFileSync(inProject("package.json"), "utf8");
  const { peerDependencies } = JSON.parse(manifest) as { peerDependencies: Record<string, string> };
  return peerDependencies;
}
