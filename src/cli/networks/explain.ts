import { type Command, Option } from "commander";
import { type ConventionName, conventionNames, cost, explain, explainLine } from "../../network";
import { inputShape, NETWORK_ARGUMENT, networkOf } from "./networkOf";

interface Options {
  convention: ConventionName;
  against?: ConventionName;
  input?: number[];
  line?: string;
}

/** Adds `convbook explain`. */
export function addExplainCommand(program: Command): void {
  program
    .command("explain")
    .summary("say why two counts differ, cause by cause")
    .description(
      "Sets two networks beside each other, or two ways to count one, and names the causes of the difference; they add up to it exactly.",
    )
    .argument("<network>", NETWORK_ARGUMENT)
    .argument("[other]", "another; left out where two conventions are compared")
    .addOption(
      new Option("--convention <name>", "who counts").choices(conventionNames).default("paper"),
    )
    .addOption(new Option("--against <name>", "who counts the other").choices(conventionNames))
    .option("--line <text>", "what a tool printed of the network: says what that counts")
    .option(
      "--input <shape>",
      "height, width and channels where a file leaves them open",
      inputShape,
    )
    .action((name: string, other: string | undefined, options: Options) => {
      const { convention, against, input, line } = options;
      if (line !== undefined) {
        console.log(String(explainLine(networkOf(name, input).network, line)));
        return;
      }
      if (other === undefined && against === undefined)
        throw new Error(
          "explain takes a second network, --against with another convention, or --line.",
        );
      const described = [networkOf(name, input), networkOf(other ?? name, input)];
      const [a, b] = described.map(({ network }) => network);
      const counts = [
        cost(a, { convention }),
        cost(b, { convention: against ?? convention }),
      ] as const;
      console.log(String(explain(...counts)));
      const remarks = new Set(described.flatMap((one) => one.remarks));
      for (const remark of remarks) console.log(`- ${remark}`);
    });
}
