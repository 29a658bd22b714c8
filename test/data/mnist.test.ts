import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mnist, random } from "convbook";

describe("mnist", () => {
  const { train, test } = mnist();

  it("mnist() has the published number of each digit", () => {
    const count = (labels: number[]) => {
      const counts: number[] = new Array(10).fill(0);
      for (const label of labels) counts[label] += 1;
      return counts;
    };
    // As torchvision's copy of the data has them.
    assert.deepEqual(
      count(train.labels),
      [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    );
    assert.deepEqual(count(test.labels), [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    assert.deepEqual(train.labels.slice(0, 10), [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  });

  it("mnist().train has the published mean 0.1307 and deviation 0.3081", () => {
    let [sum, squares, count] = [0, 0, 0];
    for (const { images } of train.batches(5000)) {
      for (const value of images.data) {
        sum += value;
        squares += value * value;
      }
      count += images.size;
    }
    assert.equal((sum / count).toFixed(4), "0.1307");
    assert.equal(Math.sqrt(squares / count - (sum / count) ** 2).toFixed(4), "0.3081");
  });

  it("mnist() twice gives the same data, read once", () => {
    assert.equal(mnist().train, train);
  });

  describe("of a folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "convbook-mnist-"));
    after(() => rmSync(folder, { recursive: true }));
    const write = (name: string, header: number[], bytes: number) => {
      const file = Buffer.alloc(4 * header.length + bytes);
      header.forEach((value, i) => file.writeUInt32BE(value, 4 * i));
      writeFileSync(join(folder, name), file);
    };

    it("mnist({folder}).train of a missing file says what to run", () => {
      assert.throws(
        () => mnist({ folder }).train,
        /mnist\(\): folder must be .*where there is none of train-images-idx3-ubyte/,
      );
    });

    it("mnist({folder}).train of a file that is none says how it begins", () => {
      write("train-images-idx3-ubyte", [0x3c68746d, 0x6c3e0000, 0, 0], 0);
      assert.throws(
        () => mnist({ folder }).train,
        /must begin with the bytes 00000803, .* but it begins with 3c68746d/,
      );
      write("train-images-idx3-ubyte", [], 0);
      assert.throws(() => mnist({ folder }).train, /begins with none/);
    });

    it("mnist({folder}).train of a file cut short says how much is missing", () => {
      write("train-images-idx3-ubyte", [0x803, 3, 4, 5], 59);
      assert.throws(
        () => mnist({ folder }).train,
        /60 entries for its shape \[3, 4, 5\], but got .* which holds 59\. The file seems to be cut off/,
      );
    });

    it("mnist({folder}).train of more labels than images is refused", () => {
      write("train-images-idx3-ubyte", [0x803, 3, 4, 5], 60);
      write("train-labels-idx1-ubyte", [0x801, 4], 4);
      assert.throws(() => mnist({ folder }).train, /4 labels and 3 images/);
    });

    it("mnist({folder}).train reads other sets in the same files", () => {
      write("train-images-idx3-ubyte", [0x803, 3, 4, 5], 60);
      write("train-labels-idx1-ubyte", [0x801, 3], 3);
      assert.deepEqual(mnist({ folder }).train.images.shape, [3, 4, 5, 1]);
    });

    it("mnist({folder: 7}) is refused", () => {
      // @ts-expect-error: not a path
      assert.throws(() => mnist({ folder: 7 }), /folder must be the path of a folder, but got 7/);
    });
  });
});

describe("LabelledImages", () => {
  const { test } = mnist();

  it("images.image(i) is the i-th of images.images, 0 to 1", () => {
    const few = test.take(5);
    assert.deepEqual(few.images.shape, [5, 28, 28, 1]);
    const fourth = few.image(3);
    assert.deepEqual(fourth.shape, [1, 28, 28, 1]);
    assert.deepEqual(fourth.data, few.images.data.slice(3 * 784, 4 * 784));
    assert.ok(fourth.min() === 0 && fourth.max() > 0.9 && fourth.max() <= 1);
    assert.equal(few.label(3), few.labels[3]);
  });

  it("images.slice(begin, end), .take(count) and .filter(keep) leave the set as it is", () => {
    const part = test.slice(10, 20).filter((label) => label % 2 === 0);
    assert.deepEqual(
      part.labels,
      test.labels.slice(10, 20).filter((label) => label % 2 === 0),
    );
    assert.equal(test.slice(9_998).length, 2);
    assert.equal(test.length, 10_000);
    assert.equal(test.take(0).length, 0);
    assert.deepEqual(test.take(0).images.shape, [0, 28, 28, 1]);
  });

  it("images.padded(1) frames each image with black, in its order", () => {
    const plain = test.take(4).filter((_, i) => i % 2 === 1);
    const framed = plain.padded(1);
    const [height, width, channels] = plain.imageShape;
    assert.deepEqual(framed.imageShape, [height + 2, width + 2, channels]);
    assert.deepEqual(framed.labels, plain.labels);
    assert.deepEqual(framed.images.slice([0, 1, 1, 0], [-1, height, width, -1]), plain.images);
    assert.equal(framed.images.sum(), plain.images.sum());
    assert.throws(() => plain.padded(-1), /width must be an integer of at least 0/);
  });

  it("images.shuffled(random(seed)) has each image once, with its own label", () => {
    const plain = test.take(200);
    const mixed = plain.shuffled(random(3));
    const inks = (set: typeof plain) =>
      Array.from({ length: set.length }, (_, i) => [set.image(i).sum(), set.label(i)]);
    const sorted = (pairs: number[][]) => pairs.sort((a, b) => a[0] - b[0]);
    assert.notDeepEqual(mixed.labels, plain.labels);
    assert.deepEqual(sorted(inks(mixed)), sorted(inks(plain)));
    assert.deepEqual(plain.shuffled(random(3)).labels, mixed.labels);
    assert.notDeepEqual(plain.shuffled(random(4)).labels, mixed.labels);
  });

  it("images.batches(size) goes through all of it in order", () => {
    const set = test.take(70);
    const batches = [...set.batches(32)];
    assert.deepEqual(
      batches.map(({ images }) => images.shape[0]),
      [32, 32, 6],
    );
    assert.deepEqual(
      batches.flatMap(({ labels }) => labels),
      set.labels,
    );
    assert.deepEqual(batches[1].images.data, set.slice(32, 64).images.data);
  });

  it("images.batches(size, {shuffle}) deals anew each time from one source", () => {
    const source = random(5);
    const set = test.take(64);
    const epoch = () => [...set.batches(16, { shuffle: source })].flatMap(({ labels }) => labels);
    const [first, second] = [epoch(), epoch()];
    assert.notDeepEqual(first, second);
    assert.deepEqual([...first].sort(), [...second].sort());
  });

  it("images.image(outside), .slice(too far), .batches(0) are refused", () => {
    const set = test.take(5);
    assert.throws(() => set.image(5), /i must be an integer from 0 to 4, but got 5/);
    assert.throws(() => set.label(-1), /i must be an integer from 0 to 4/);
    assert.throws(() => set.slice(2, 6), /end must be an integer from begin = 2 to the 5 images/);
    assert.throws(() => set.take(6), /end must be/);
    assert.throws(() => set.batches(0).next(), /size must be a positive integer, but got 0/);
  });

  it("console.log(images) prints one line", () => {
    assert.equal(String(test), "LabelledImages: 10000 images of 28 x 28 x 1");
  });
});
