import type { Command } from "commander";
import { pretrained, type PretrainedName } from "../pretrained";

/** Adds `convbook classify`. */
export function addClassifyCommand(program: Command): void {
  program
    .command("classify")
    .argument("<photos...>", "pictures: JPEG, PNG, WebP, ...")
    .option("--network <name>", "one of pretrained()'s networks", "EfficientNet-Lite0")
    .summary("say what photographs show")
    .description(
      "Shows photographs to a network trained on ImageNet and prints the five likeliest classes of each, with " +
        "their probabilities. The weights are fetched the first time.",
    )
    .action(async (photos: string[], { network }: { network: string }) => {
      const { classify } = await pretrained(network as PretrainedName);
      for (const photo of photos) {
        if (photos.length > 1) console.log(photo);
        try {
          for (const { name, probability } of await classify(photo))
            console.log(`${(100 * probability).toFixed(1).padStart(5)}%  ${name}`);
        } catch (error) {
          if (photos.length === 1) throw error;
          console.error((error as Error).message); // the others are still to be shown
          process.exitCode = 1;
        }
      }
    });
}
