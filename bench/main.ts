import { benchConvolutions } from "./convolutions";
import { benchTraining } from "./training";

const parts = { layers: benchConvolutions, training: benchTraining };

/** Runs the parts named on the command line, or all. */
async function main(names: string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join()}. Parts: ${Object.keys(parts).join(", ")}`);
    process.exitCode = 1;
    return;
  }
  for (const [name, run] of Object.entries(parts))
    if (names.length === 0 || names.includes(name)) await run();
}

void main(process.argv.slice(2));
