import { cost, formatCount, type Network, subnetwork } from "../network";
import { bnInception } from "./bnInception";
import { googlenet } from "./googlenet";
import { inceptionResnet } from "./inceptionResnet";
import { inceptionV3 } from "./inceptionV3";
import { inceptionV4 } from "./inceptionV4";
import { xception } from "./xception";

/** A step in the history of Inception. */
export interface InceptionMilestone {
  readonly name: string;
  /** Year and month in which its paper came out: `"2014-09"`. */
  readonly date: string;
  /** One of its modules, from the middle of the network. */
  readonly module: Network;
  /** The idea, the cost of the whole network, the error with its source. */
  readonly notes: readonly string[];
  /** Multiply-adds of the whole network for one image, counted as papers do. */
  readonly macs: number;
  readonly params: number;
  /** Single-crop top-1 accuracy on ImageNet, percent. */
  readonly top1: number;
  /** Whose figure the accuracy is: compare within one source. */
  readonly line: string;
}

/**
 * Inception from its first version to Xception, in the order of time: what `moduleTimeline` and `accuracyChart` draw.
 *
 * The errors are of three papers: arXiv 1512.00567, table 3 (the first three, one crop), 1602.07261, table 2 (v4 and
 * Inception-ResNet; it repeats two of the others), both by Szegedy and others, and 1610.02357, table 1 (Xception), where
 * Inception v3 stands with 21.8%, not 21.2: trained without its auxiliary head. The last two leave out some 1,700
 * validation images with poor boxes; by the v4 paper's own word that makes errors some 0.3 points smaller than in other
 * reports, its group's earlier ones among them.
 *
 * @example
 * zoo.inceptionMilestones().map(({ date }) => date) // → ["2014-09", "2015-02", "2015-12", "2016-02", "2016-02", "2016-10"]
 */
export function inceptionMilestones(): InceptionMilestone[] {
  return steps().map(({ name, date, network, block, idea, error, line, source, printed }) => {
    const { params, macs } = cost(network);
    const inPrint = printed === undefined ? "" : ` (in print ${printed})`;
    const bill = `${formatCount(macs)} multiply-adds${inPrint}, ${formatCount(params)} parameters`;
    const notes = [`${idea}.`, bill, `top-1 error ${error.toFixed(1)}% (${source})`];
    const top1 = Number((100 - error).toFixed(1));
    return { name, date, module: subnetwork(network, block), notes, macs, params, top1, line };
  });
}

interface Step {
  name: string;
  date: string;
  network: Network;
  block: string;
  idea: string;
  error: number;
  line: string;
  /** The paper that has the error. */
  source: string;
  /** The multiply-adds that stand beside the error in its table, where they are not ours. */
  printed?: string;
}

function steps(): Step[] {
  const rethinking = { line: "Szegedy et al.", source: "arXiv 1512.00567" };
  const fourth = { line: "Szegedy et al.", source: "arXiv 1602.07261" };
  return [
    {
      name: "v1, GoogLeNet",
      date: "2014-09",
      network: googlenet(),
      block: "inception4a",
      idea: "Which filter size? Several side by side, with 1×1 necks",
      error: 29,
      ...rethinking,
    },
    {
      name: "BN-Inception",
      date: "2015-02",
      network: bnInception(),
      block: "inception4a",
      idea: "Training is slow: batch norm; and 5×5 as two 3×3",
      error: 25.2,
      ...rethinking,
    },
    {
      name: "v3",
      date: "2015-12",
      network: inceptionV3(),
      block: "mixed17_1",
      idea: "More from each multiply-add: 7×7 as 1×7 and 7×1; a kind of module for each size of map; 299 pixels; label smoothing",
      error: 21.2,
      ...rethinking,
      printed: "4.8 G",
    },
    {
      name: "v4",
      date: "2016-02",
      network: inceptionV4(),
      block: "inceptionB_1",
      idea: "v3 evened out: modules of a size alike and wider (here 1,024 channels for 768), 14 for 9; a stem that branches; no sums",
      error: 20,
      ...fourth,
    },
    {
      name: "Inception-ResNet v2",
      date: "2016-02",
      block: "inceptionB_1",
      network: inceptionResnet({ version: 2, release: "paper" }),
      idea: "Do sums help? Fewer branches, and a sum with what goes around. Cost of the net in its figures; the released one takes 13.2 G",
      error: 19.9,
      ...fourth,
    },
    {
      name: "Xception",
      date: "2016-10",
      network: xception(),
      block: "middle1",
      idea: "How many parts? Each channel by itself, then 1×1; sums. As many parameters as v3, which has 21.8% in its table",
      error: 21,
      line: "Chollet",
      source: "arXiv 1610.02357",
    },
  ];
}
