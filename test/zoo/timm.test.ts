import assert from "node:assert/strict";
import { cost, type Network, zoo } from "convbook";

const convolutions = (net: Network): number =>
  net.layers.filter(({ operation }) => operation.kind === "conv").length;

/**
 * timm 1.0's own modules on the meta device: parameters, the products of all Conv2d and Linear by forward hooks, and
 * how many Conv2d there are.
 */
const counted: [name: string, net: () => Network, params: number, macs: number, convs: number][] = [
  ["xception41", () => zoo.alignedXception({ depth: 41 }), 26_969_560, 9_204_134_312, 84],
  ["xception65", () => zoo.alignedXception({ depth: 65 }), 39_916_312, 13_852_682_216, 132],
  ["xception71", () => zoo.alignedXception({ depth: 71 }), 42_338_736, 17_946_553_928, 146],
  ["legacy_seresnet50", () => legacySeResnet(50), 28_088_024, 3_860_488_192, 85],
  ["legacy_seresnet18", () => legacySeResnet(18), 11_778_592, 1_814_160_384, 36],
];

function legacySeResnet(depth: number): Network {
  return zoo.seResnet({ depth, strideIn: "1x1", firstPool: "ceil" });
}

describe("timm's aligned Xception and legacy SE-ResNet", () => {
  for (const [name, build, params, macs, convs] of counted)
    it(`${name} is described: ${params} parameters, ${macs} multiply-adds`, () => {
      const net = build();
      const { params: ours, macs: work } = cost(net);
      assert.deepEqual([ours, work, convolutions(net)], [params, macs, convs]);
    });
});
