import { ArgumentError, nearest } from "../tensor";

/**
 * What torchvision, timm and Keras call a network whose name here says more: which width and which size, or
 * whose version. Names that differ in punctuation alone need no row.
 */
const NAMES_ELSEWHERE: Readonly<Record<string, string>> = {
  alexnet: "AlexNet, torchvision",
  lenet: "LeNet-5",
  mobilenet: "MobileNet v1 1-224",
  mobilenetv1: "MobileNet v1 1-224",
  mobilenetv2: "MobileNet v2 1-224",
  mobilenetv3large: "MobileNet v3 large 1",
  mobilenetv3small: "MobileNet v3 small 1",
  shufflenetv2x05: "ShuffleNet v2 0.5",
  shufflenetv2x10: "ShuffleNet v2 1",
  shufflenetv2x15: "ShuffleNet v2 1.5",
  shufflenetv2x20: "ShuffleNet v2 2",
  mnasnet05: "MnasNet-B1 0.5",
  mnasnet075: "MnasNet-B1 0.75",
  mnasnet10: "MnasNet-B1 1",
  mnasnet13: "MnasNet-B1 1.3",
  squeezenet: "SqueezeNet 1.0",
  nasnetmobile: "NASNet-A mobile",
  nasnetlarge: "NASNet-A large",
  wideresnet502: "Wide ResNet-50-2",
  wideresnet1012: "Wide ResNet-101-2",
  seresnext5032x4d: "SE-ResNeXt-50 32×4d",
  seresnext10132x4d: "SE-ResNeXt-101 32×4d",
  ...Object.fromEntries([11, 13, 16, 19].map((n) => [`vgg${n}bn`, `VGG-${n} with batch norm`])),
};

/** A name without case and punctuation: `"ResNeXt-50 32×4d"` and `"resnext50_32x4d"` are both `"resnext5032x4d"`. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("×", "x")
    .replace(/[^a-z0-9]/g, "");
}

/**
 * The one of the names that is meant: written exactly so, or with other case and punctuation
 * (`"resnet50"`, `"efficientnet_b0"`), or as torchvision, timm or Keras call it (`"mobilenet_v2"`).
 *
 * @throws ArgumentError with the names most like it
 */
export function lookUp(call: string, name: unknown, names: readonly string[]): string {
  if (typeof name === "string") {
    if (names.includes(name)) return name;
    const wanted = plain(name);
    const found = names.find((candidate) => plain(candidate) === wanted) ?? NAMES_ELSEWHERE[wanted];
    if (found !== undefined && wanted !== "") return found;
  }
  throw new ArgumentError({
    call,
    argument: "name",
    expected: "the name of a network of the zoo",
    received: name,
    remedy: remedyFor(String(name), names),
  });
}

const MOST_SUGGESTIONS = 6;

function remedyFor(name: string, names: readonly string[]): string {
  const wanted = plain(name);
  const containing = names.filter(
    (candidate) => wanted !== "" && plain(candidate).includes(wanted),
  );
  const near = containing.length > 0 ? containing : nearest(wanted, names, plain);
  if (near.length === 0) return "zoo.all() lists them.";
  return `Near it: ${near.slice(0, MOST_SUGGESTIONS).join(", ")}. zoo.all() lists all.`;
}
