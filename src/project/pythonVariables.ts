/**
 * The variables to start the project's own Python with: without those of another one. A `PYTHONHOME` or `PYTHONPATH`
 * that conda or a module system has set would have it look for its library there, and die in its first second.
 * (Installing is another matter, `pythonEnvironment` of scripts/setup: there the user's own settings count.)
 *
 * @example
 * pythonVariables({ PATH: "/bin", PYTHONHOME: "/opt/conda" }) // → { PATH: "/bin", PYTHONNOUSERSITE: "1" }
 */
export function pythonVariables(
  variables: Record<string, string | undefined> = process.env,
): Record<string, string | undefined> {
  const kept = Object.entries(variables).filter(([name]) => !name.startsWith("PYTHON"));
  return { ...Object.fromEntries(kept), PYTHONNOUSERSITE: "1" };
}
