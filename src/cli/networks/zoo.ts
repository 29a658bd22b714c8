import type { Command } from "commander";
import { all, families } from "../../zoo";

/** Adds `convbook zoo`. */
export function addZooCommand(program: Command): void {
  program
    .command("zoo")
    .summary("list the networks that the other commands know by name")
    .description("Lists the networks of the zoo by family, each with what sets it apart.")
    .option("--json", "for programs")
    .action(({ json }: { json?: boolean }) => console.log(json ? toJson() : toText()));
}

function toJson(): string {
  const rows = all().map(({ name, note, family }) => ({
    name,
    family: family.name,
    year: family.papers[0].year,
    ...(note !== undefined && { note }),
  }));
  return JSON.stringify(rows, undefined, 2);
}

function toText(): string {
  return families
    .map(({ name, papers, variants }) =>
      [
        `${name} (${papers[0].year})`,
        ...variants.map((one) => `  ${one.name}${one.note === undefined ? "" : `: ${one.note}`}`),
      ].join("\n"),
    )
    .join("\n");
}
