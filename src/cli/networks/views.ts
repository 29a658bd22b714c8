import { writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type ConventionName, conventionNames } from "../../network";
import { compareNetworks, draw, summary } from "../../plots";
import { inputShape, NETWORK_ARGUMENT, networkOf } from "./networkOf";

/** Adds `convbook summary`. */
export function addSummaryCommand(program: Command): void {
  program
    .command("summary")
    .summary("list a network's layers by block")
    .description(
      "Lists a network's layers with shapes, parameters and multiply-adds, folded by block.",
    )
    .argument("<network>", NETWORK_ARGUMENT)
    .addOption(
      new Option("--convention <name>", "who counts").choices(conventionNames).default("paper"),
    )
    .option("--depth <levels>", "how many levels of blocks are unfolded", wholeNumber)
    .option(
      "--input <shape>",
      "height, width and channels where a file leaves them open",
      inputShape,
    )
    .action(
      (name: string, options: { convention: ConventionName; depth?: number; input?: number[] }) => {
        const { network, remarks } = networkOf(name, options.input);
        console.log(
          summary(network, { convention: options.convention, depth: options.depth }).text,
        );
        for (const remark of remarks) console.log(`- ${remark}`);
      },
    );
}

/** Adds `convbook draw`. */
export function addDrawCommand(program: Command): void {
  program
    .command("draw")
    .summary("draw a network as an SVG file")
    .description(
      "Draws a network from top to bottom: boxes for blocks or layers, arrows for what flows.",
    )
    .argument("<network>", NETWORK_ARGUMENT)
    .requiredOption("-o, --out <file>", "the SVG file to write", svgFile)
    .option("--block <path>", "draw the inside of this block")
    .option("--depth <levels>", "how many levels of blocks are opened", wholeNumber)
    .option(
      "--input <shape>",
      "height, width and channels where a file leaves them open",
      inputShape,
    )
    .action(
      (
        name: string,
        options: { out: string; block?: string; depth?: number; input?: number[] },
      ) => {
        const { network } = networkOf(name, options.input);
        const { svg, text } = draw(network, { block: options.block, depth: options.depth });
        write(options.out, svg);
        console.log(`${text.split("\n")[0]}. Written: ${options.out}`);
      },
    );
}

/** Adds `convbook compare`. */
export function addCompareCommand(program: Command): void {
  program
    .command("compare")
    .summary("set networks side by side")
    .description("Sets networks side by side: parameters, multiply-adds, memory, receptive field.")
    .argument("<networks...>", NETWORK_ARGUMENT)
    .action((names: string[]) => {
      console.log(compareNetworks(...names.map((name) => networkOf(name).network)).text);
    });
}

function svgFile(name: string): string {
  if (/\.svg$/i.test(name)) return name;
  throw new InvalidArgumentError("Its name must end in .svg: that is what is drawn.");
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === "ENOENT"
        ? "its folder is not there"
        : code === "EISDIR"
          ? "there is a folder of that name"
          : message;
    throw new Error(`${file} cannot be written: ${reason}.`, { cause: error });
  }
}

function wholeNumber(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number, 0 or more.");
}
