import { type Command, Option } from "commander";
import {
  type ConventionName,
  conventionNames,
  conventions,
  type Cost,
  cost,
  formatCount,
  formatShape,
  kindLabel,
} from "../../network";
import { table } from "../../plots";
import { type Described, inputShape, NETWORK_ARGUMENT, networkOf } from "./networkOf";

interface Options {
  convention: ConventionName | "all";
  input?: number[];
  layers?: boolean;
  json?: boolean;
}

/** Adds `convbook cost`. */
export function addCostCommand(program: Command): void {
  program
    .command("cost")
    .summary("count a network's parameters and multiply-adds")
    .description(
      "Counts the parameters and multiply-adds of a network for one image, as the named tool or paper counts them.",
    )
    .argument("<network>", NETWORK_ARGUMENT)
    .addOption(
      new Option("--convention <name>", "who counts")
        .choices([...conventionNames, "all"])
        .default("paper"),
    )
    .option("--layers", "a row for each layer")
    .option(
      "--input <shape>",
      "height, width and channels where a file leaves them open",
      inputShape,
    )
    .option("--json", "for programs")
    .action((name: string, { convention, input, layers, json }: Options) => {
      const described = networkOf(name, input);
      const names = convention === "all" ? conventionNames : [convention];
      const counts = names.map((convention) => cost(described.network, { convention }));
      if (json)
        console.log(JSON.stringify(toJson(counts, described, layers === true), undefined, 2));
      else console.log(toText(counts, described, layers === true));
    });
}

function toJson(counts: readonly Cost[], { network, note, remarks }: Described, layers: boolean) {
  return {
    network: network.name,
    ...(note !== undefined && { note }),
    input: network.input.shape,
    output: network.output.shape,
    counts: counts.map((counted) => ({
      convention: counted.convention,
      params: counted.params,
      macs: counted.macs,
      paramsByKind: counted.paramsByKind,
      macsByKind: counted.macsByKind,
      ...(layers && {
        layers: counted.layers.map(({ layer, params, macs }) => ({
          path: layer.path,
          kind: layer.operation.kind,
          output: layer.shape,
          params,
          macs,
        })),
      }),
    })),
    remarks,
  };
}

function toText(
  counts: readonly Cost[],
  { network, note, remarks }: Described,
  layers: boolean,
): string {
  const [from, to] = [network.input, network.output].map(({ shape }) => formatShape(shape));
  const name = note === undefined ? network.name : `${network.name} (${note})`;
  const lines = [`${name}: ${from} → ${to}, ${network.layers.length} layers`, ""];
  const totals = counts.map(({ convention, params, macs }) => ({
    convention,
    parameters: params,
    "multiply-adds": macs,
    "in short": formatCount(macs),
  }));
  lines.push(table(totals).text);
  if (counts.length === 1) lines.push("", `Counted: ${conventions[counts[0].convention].counts}`);
  if (layers)
    for (const counted of counts)
      lines.push("", ...(counts.length > 1 ? [`${counted.convention}:`] : []), layerTable(counted));
  if (remarks.length > 0) lines.push("", ...remarks.map((remark) => `- ${remark}`));
  return lines.join("\n");
}

function layerTable({ layers }: Cost): string {
  const rows = layers.map(({ layer, params, macs }) => ({
    layer: layer.path,
    kind: kindLabel(layer),
    output: layer.shape.join("×"),
    parameters: params,
    "multiply-adds": macs,
  }));
  return table(rows).text;
}
