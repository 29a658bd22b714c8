import assert from "node:assert/strict";
import { cost, Network, networkToData, zoo } from "convbook";

describe("zoo.all", () => {
  const entries = zoo.all();
  const networks = new Map(entries.map((entry) => [entry, entry.build()]));

  it("zoo.all() names every network once, as the network names itself", () => {
    assert.equal(new Set(entries.map((entry) => entry.name)).size, entries.length);
    for (const [entry, network] of networks) assert.equal(network.name, entry.name);
  });

  it("a name means one network: every builder's default, and its sizes, are the ones of that name", () => {
    const structure = (network: Network) => {
      const { name, ...data } = networkToData(network);
      return { name, text: JSON.stringify(data) };
    };
    const known = new Map(
      [...networks.values()].map(structure).map(({ name, text }) => [name, text]),
    );
    const builders = Object.entries(zoo).filter(
      (entry): entry is [string, (options?: object) => Network] =>
        typeof entry[1] === "function" && !["all", "find"].includes(entry[0]),
    );
    const choices: object[] = [
      {},
      ...[18, 34, 41, 50, 65, 71, 101, 121, 152, 169].map((depth) => ({ depth })),
      ...["3x3", "1x1"].flatMap((strideIn) => [50, 101].map((depth) => ({ depth, strideIn }))),
      ...["symmetric", "same"].map((padding) => ({ padding })),
      ...["conv", "dense", "mixed"].map((head) => ({ head })),
      ...["padded", "ceil"].map((firstPool) => ({ firstPool })),
      ...["A1", "B1"].map((version) => ({ version })),
      ...["small", "large", "mobile", "Lite0", "B0"].map((size) => ({ size })),
    ];
    let compared = 0;
    const multiplied = ["efficientnet", "mobilenetV2"]; // there, depth is a factor
    for (const [builder, build] of builders)
      for (const options of choices) {
        if ("depth" in options && multiplied.includes(builder)) continue;
        let network: Network;
        try {
          network = build(options);
        } catch {
          continue; // a builder without such an option, or such a size
        }
        if (!(network instanceof Network)) continue; // a function of another kind
        const { name, text } = structure(network);
        assert.ok(
          (known.get(name) ?? text) === text,
          `zoo.${builder}(${JSON.stringify(options)}), ${name}`,
        );
        known.set(name, text);
        compared++;
      }
    assert.ok(compared > builders.length);
  });

  it("zoo.families carry paper, year and facts", () => {
    for (const { name, papers, facts, variants } of zoo.families) {
      assert.ok(papers.length > 0 && facts.length > 0 && variants.length > 0, name);
      for (const { arxiv, year } of papers)
        if (arxiv !== undefined) {
          assert.match(arxiv, /^\d{4}\.\d{4,5}$/);
          assert.equal(Number(arxiv.slice(0, 2)) + 2000, year, `${name}, ${arxiv}`);
        }
    }
  });

  it("zoo.find(name) finds one, and names those near a miss", () => {
    assert.equal(zoo.find("VGG-16").family.name, "VGG");
    assert.throws(() => zoo.find("my own network"), /zoo\.all\(\) lists them/);
    assert.throws(() => zoo.find("senet-154x"), /Near it: SENet-154\./);
    assert.throws(() => zoo.find("vgg-1"), /Near it: VGG-11/);
  });

  it("every classifier ends in as many scores as there are classes", () => {
    for (const [{ name }, network] of networks) {
      assert.equal(network.output.shape.length, 1, name);
      const { kind } = network.output.operation;
      assert.ok(kind === "activation" || name === "LeNet-5 of 1998", name);
    }
  });

  /** Rounded to the digits that are printed, or cut off after them. */
  function agrees(counted: number, printed: number): boolean {
    const zeros = /0*$/.exec(String(printed))![0].length;
    const unit = 10 ** zeros;
    const over = counted - printed;
    return unit === 1 ? over === 0 : Math.abs(over) <= unit / 2 || (over >= 0 && over < unit);
  }

  for (const [{ name, published = [] }, network] of networks)
    for (const { source, convention, params, macs, differs } of published)
      it(`${name} against ${source}${differs ? `: differs, ${differs}` : ""}`, () => {
        const counted = cost(network, { convention });
        const agreements = [
          params === undefined || agrees(counted.params, params),
          macs === undefined || agrees(counted.macs, macs),
        ];
        // A reason for a difference that is none would be out of date.
        assert.equal(
          agreements.every(Boolean),
          differs === undefined,
          `counted ${counted.params} and ${counted.macs}, published ${params} and ${macs}`,
        );
      });
});

describe("zoo, options", () => {
  it("zoo.*({classes, inputSize, inputChannels}) shape both ends", () => {
    const nets = [
      zoo.resnet({ depth: 18, classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.resnetV2({ depth: 50, classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.googlenet({ classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.densenet({ classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.mobilenetV2({ classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.mobilenetV3({ classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.shufflenetV1({ classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.shufflenetV2({ classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.efficientnet({ classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.nasnet({ classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.vgg({ classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.squeezenet({ classes: 7, inputSize: 64, inputChannels: 1 }),
      zoo.seResnet({ classes: 7, inputSize: 64, inputChannels: 1 }),
    ];
    for (const net of nets) {
      assert.deepEqual(net.input.shape, [64, 64, 1], net.name);
      assert.deepEqual(net.output.shape, [7], net.name);
    }
  });

  const refused: [title: string, build: () => unknown, message: RegExp][] = [
    ["resnet({depth: 51})", () => zoo.resnet({ depth: 51 }), /depth must be one of 18, 34/],
    ["resnetCifar({depth: 21})", () => zoo.resnetCifar({ depth: 21 }), /6n \+ 2/],
    ["wideResnet({depth: 20})", () => zoo.wideResnet({ depth: 20 }), /6n \+ 4/],
    ["densenetCifar({depth: 41})", () => zoo.densenetCifar({ depth: 41 }), /3n \+ 4/],
    ["mobilenetV2({alpha: -1})", () => zoo.mobilenetV2({ alpha: -1 }), /alpha must be /],
    ["efficientnet({depth: 0})", () => zoo.efficientnet({ depth: 0 }), /depth must be /],
    ["resnextCifar({depth: 30})", () => zoo.resnextCifar({ depth: 30 }), /9n \+ 2/],
    ["vgg({depth: 12})", () => zoo.vgg({ depth: 12 as 13 }), /depth must be "11" or/],
    ["alexnet({version})", () => zoo.alexnet({ version: "x" as "one-tower" }), /version must be/],
    ["shufflenetV1({groups: 5})", () => zoo.shufflenetV1({ groups: 5 as 4 }), /1, 2, 3, 4 or 8/],
    ["efficientnet({size})", () => zoo.efficientnet({ size: "B9" as "B0" }), /one of B0, B1/],
    [
      "alexnet({inputSize: 32})",
      () => zoo.alexnet({ inputSize: 32 }),
      /AlexNet, two-group\/conv\d\/\w+: /,
    ],
    [
      "inceptionV3({inputSize: 64})",
      () => zoo.inceptionV3({ inputSize: 64 }),
      /Inception v3\/reduction8\//,
    ],
  ];
  for (const [title, build, message] of refused)
    it(`zoo.${title} is refused`, () => {
      assert.throws(build, message);
    });
});

describe("zoo.find", () => {
  const meant: Record<string, string> = {
    resnet50: "ResNet-50",
    "efficientnet-b0": "EfficientNet-B0",
    mobilenet_v2: "MobileNet v2 1-224",
    resnext50_32x4d: "ResNeXt-50 32×4d",
    wide_resnet50_2: "Wide ResNet-50-2",
    vgg16_bn: "VGG-16 with batch norm",
    shufflenet_v2_x1_0: "ShuffleNet v2 1",
    squeezenet1_1: "SqueezeNet 1.1",
  };
  for (const [name, expected] of Object.entries(meant))
    it(`zoo.find("${name}") is ${expected}`, () => assert.equal(zoo.find(name).name, expected));

  it("no two networks of the zoo have names that differ in punctuation alone", () => {
    const plain = zoo.all().map(({ name }) => name.toLowerCase().replace(/[^a-z0-9]/g, ""));
    const twice = plain.filter((name, i) => plain.indexOf(name) !== i);
    assert.deepEqual(twice, []);
  });

  it('zoo.find("renset50") names what is near', () => {
    assert.throws(() => zoo.find("renset50"), /Near it: ResNet-50\./);
  });
});
