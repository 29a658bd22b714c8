import { benchConvolutions } from "./convolutions";
import { benchGrading } from "./grading";
import { benchKernels } from "./kernels";
import { benchMnist } from "./mnist";
import { benchNetworks } from "./networks";
import { benchTraining } from "./training";

const parts = {
  layers: benchConvolutions,
  networks: benchNetworks,
  training: benchTraining,
  grading: benchGrading,
  kernels: benchKernels,
  mnist: benchMnist,
};
/** What runs when no part is named: not the one that takes many minutes. */
const usual = ["layers", "networks", "training", "grading", "kernels"];

/** Runs the parts named on the command line, or the usual ones. */
async function main(names: string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join()}. Parts: ${Object.keys(parts).join(", ")}`);
    process.exitCode = 1;
    return;
  }
  for (const [name, run] of Object.entries(parts))
    if ((names.length === 0 ? usual : names).includes(name)) await run();
}

void main(process.argv.slice(2));
