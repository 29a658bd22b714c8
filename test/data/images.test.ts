import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { decode, encode } from "fast-png";
import sharp from "sharp";
import {
  encodePng,
  fromFunction,
  full,
  greyscale,
  loadImage,
  photograph,
  photographNames,
  saveImage,
  tensor,
  zeros,
} from "convbook";

const folder = mkdtempSync(join(tmpdir(), "convbook-images-"));
const inFolder = (name: string) => join(folder, name);
after(() => rmSync(folder, { recursive: true }));

describe("photograph", () => {
  it("photograph(name) has the pixels that another decoder finds", async () => {
    for (const name of photographNames) {
      const x = await photograph(name);
      const file = resolve(__dirname, `../../../assets/photographs/${name}.png`);
      const { width, height, channels, data } = decode(readFileSync(file));
      assert.deepEqual(x.shape, [1, height, width, channels]);
      assert.deepEqual(
        x.data,
        Float32Array.from(data, (byte) => byte / 255),
      );
    }
  });

  it("photograph(name, {size: longest side}) keeps the proportions", async () => {
    assert.deepEqual((await photograph("chelsea", { size: 128 })).shape, [1, 85, 128, 3]);
    assert.deepEqual((await photograph("camera", { size: 64 })).shape, [1, 64, 64, 1]);
  });

  it("photograph(name, {size: [h, w]}) keeps the middle", async () => {
    const x = await photograph("coffee", { size: [100, 50] });
    assert.deepEqual(x.shape, [1, 100, 50, 3]);
    const whole = await photograph("coffee", { size: [100, 150] });
    let difference = 0;
    for (let row = 0; row < 100; row++)
      for (let column = 0; column < 50; column++)
        difference += Math.abs(x.get(0, row, column, 0) - whole.get(0, row, 50 + column, 0));
    assert.ok(difference / 5000 < 0.02, `mean difference ${difference / 5000}`);
  });

  it("photograph(name, {grey}) weighs the colours as greyscale does", async () => {
    const grey = await photograph("chelsea", { grey: true });
    assert.deepEqual(grey.data, greyscale(await photograph("chelsea")).data);
    const three = await photograph("camera", { grey: false, size: 32 });
    assert.deepEqual(three.shape, [1, 32, 32, 3]);
    assert.equal(three.get(0, 9, 9, 0), three.get(0, 9, 9, 2));
  });

  it("photograph(unknown) lists those there are", async () => {
    await assert.rejects(
      // @ts-expect-error: no such photograph
      photograph("lena"),
      /photograph\(\): name must be "astronaut" or "camera" or "chelsea" or "coffee", but got "lena"/,
    );
  });
});

describe("loadImage", () => {
  const corners = fromFunction([2, 3, 3], (row, column, channel) =>
    channel === 2 ? 0 : (channel === 0 ? row : column / 2) * 0.8,
  ); // [h, w, c]

  it("loadImage(path) of each format gives the same picture", async () => {
    for (const format of ["png", "webp", "tiff", "jpg", "avif", "gif"]) {
      const path = inFolder(`big.${format}`);
      const flat = full([40, 60, 3], 0.4);
      await saveImage(path, flat);
      const x = await loadImage(path);
      assert.deepEqual(x.shape, [1, 40, 60, 3], format);
      assert.ok(Math.abs(x.mean() - 0.4) < 0.01, `${format}: ${x.mean()}`);
    }
  });

  it("loadImage(path) turns the picture as the camera was held", async () => {
    const path = inFolder("turned.png");
    await sharp(encodePng(corners)).withMetadata({ orientation: 6 }).toFile(path);
    const x = await loadImage(path); // 6: the first row is the right side
    assert.deepEqual(x.shape, [1, 3, 2, 3]);
    for (const [row, column] of [
      [0, 0],
      [1, 2],
      [0, 2],
    ])
      // prettier-ignore
      for (const channel of [0, 1, 2])
        assert.ok(
          Math.abs(x.get(0, column, 1 - row, channel) - corners.get(row, column, channel)) < 0.01,
        );
  });

  it("loadImage(path, {size}) applies to the turned picture", async () => {
    const path = inFolder("turned.jpg");
    await sharp(encodePng(full([20, 60, 3], 0.5)))
      .withMetadata({ orientation: 8 })
      .toFile(path);
    assert.deepEqual((await loadImage(path, { size: 30 })).shape, [1, 30, 10, 3]);
  });

  it("loadImage(path) of a transparent picture lays it on white", async () => {
    const path = inFolder("clear.png");
    writeFileSync(path, encodePng(tensor([0.2, 0.4, 0.6, 0], [1, 1, 1, 4])));
    assert.deepEqual((await loadImage(path)).toArray(), [[[[1, 1, 1]]]]);
    const grey = { width: 2, height: 1, channels: 2, data: Uint8Array.of(51, 255, 51, 0) };
    writeFileSync(path, encode(grey));
    assert.deepEqual((await loadImage(path)).as("float64").map(rounded).toArray(), [
      [[[0.2], [1]]],
    ]);
  });

  it("loadImage(path) of 16-bit grey comes out in 0 to 1", async () => {
    const path = inFolder("deep.png");
    const data = Uint16Array.of(0, 65535, 13107, 0);
    writeFileSync(path, encode({ width: 2, height: 2, channels: 1, depth: 16, data }));
    const x = await loadImage(path);
    assert.deepEqual(x.as("float64").map(rounded).toArray(), [
      [
        [[0], [1]],
        [[0.2], [0]],
      ],
    ]);
  });

  it("loadImage(path) keeps the 16 bits of a PNG, grey or coloured", async () => {
    for (const channels of [1, 3] as const) {
      const path = inFolder(`deep-${channels}.png`);
      const data = Uint16Array.from({ length: 6 * 5 * channels }, (_, i) => (i * 7919) % 65536);
      writeFileSync(path, encode({ width: 6, height: 5, channels, depth: 16, data }));
      const x = await loadImage(path);
      assert.deepEqual(x.shape, [1, 5, 6, channels]);
      const worst = data.map((value, i) => Math.abs(65535 * x.data[i] - value));
      assert.ok(Math.max(...worst) < 0.01, `off by ${Math.max(...worst)} of 65535`);
    }
  });

  it("loadImage(path) keeps the numbers of a floating-point TIFF", async () => {
    const path = inFolder("numbers.tif");
    const values = Float32Array.from({ length: 20 }, (_, i) => i / 19);
    writeFileSync(path, floatTiff(5, 4, values));
    const x = await loadImage(path);
    assert.deepEqual(x.shape, [1, 4, 5, 1]);
    assert.deepEqual([...x.data], [...values]);
  });

  it("loadImage(path) keeps the numbers of a floating-point TIFF in colour", async () => {
    const path = inFolder("colours.tif");
    const values = Float32Array.from({ length: 48 }, (_, i) => i / 47);
    writeFileSync(path, floatTiff(4, 4, values, 3));
    const x = await loadImage(path);
    assert.deepEqual(x.shape, [1, 4, 4, 3]);
    assert.deepEqual([...x.data], [...values]);
  });

  it("loadImage(path) refuses integers of which the white is not known", async () => {
    const path = inFolder("integers.tif");
    const tiff = floatTiff(5, 4, new Float32Array(20));
    const format = tiff.lastIndexOf(Buffer.from([0x53, 0x01, 3, 0])); // tag 339, a SHORT
    tiff.writeUInt32LE(1, format + 8); // unsigned integers, of 32 bits
    writeFileSync(path, tiff);
    await assert.rejects(loadImage(path), /whose values are of type uint.*floating-point numbers/s);
  });

  for (const ending of ["tif", "tiff", "webp", "png"])
    it(`saveImage("*.${ending}", x) loses nothing of 8 bits`, async () => {
      const x = fromFunction([9, 7, 3], (i, j, c) => ((i * 31 + j * 77 + c * 5) % 256) / 255);
      const path = inFolder(`whole.${ending}`);
      await saveImage(path, x);
      assert.deepEqual([...(await loadImage(path)).data], [...x.data]);
    });

  it("saveImage into a missing folder, or under an unknown ending, says what to do", async () => {
    const x = zeros([2, 2]);
    await assert.rejects(saveImage(inFolder("none/x.png"), x), /folder that exists.*mkdirSync/);
    await assert.rejects(saveImage(inFolder("x.bmp"), x), /ends in \.png/);
  });

  it("loadImage of 16,500 by 16,500 pixels is refused whole with a remedy, and loaded at a size", async () => {
    const path = inFolder("huge.jpg");
    const side = 16_500;
    const blank = { width: side, height: side, channels: 3, background: "#3366cc" } as const;
    await sharp({ create: blank, limitInputPixels: false }).jpeg().toFile(path);
    await assert.rejects(loadImage(path), /at most \d+ pixels, but got 16500 × 16500. Ask.*size/);
    for (const [size, shape] of [
      [50, [1, 50, 50, 3]],
      [
        [20, 30],
        [1, 20, 30, 3],
      ],
    ] as const) {
      const x = await loadImage(path, { size });
      assert.deepEqual(x.shape, shape);
      assert.ok(Math.abs(x.get(0, 10, 10, 2) - 0xcc / 255) < 0.01);
    }
    const loading = loadImage(path, { size: [20_000, 20_000] });
    await assert.rejects(loading, /size must be.*20000 × 20000/);
  });

  it("loadImage of a cut-off JPEG says so; a size that is no size is refused", async () => {
    const whole = await sharp({ create: { width: 64, height: 64, channels: 3, background: "red" } })
      .jpeg()
      .toBuffer();
    const path = inFolder("cut.jpg");
    writeFileSync(path, whole.subarray(0, whole.length - 60));
    await assert.rejects(loadImage(path), /cut off/);
    writeFileSync(path, whole);
    await assert.rejects(loadImage(path, { size: [10] as never }), /size must be the longer side/);
  });

  it("loadImage of a cut-off PNG or WebP says so, and of a damaged one does not", async () => {
    const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * i) % 251));
    const picture = sharp(noise, { raw: { width: 64, height: 64, channels: 3 } });
    for (const [name, whole] of [
      ["cut.png", await picture.clone().png().toBuffer()],
      ["cut.webp", await picture.clone().webp({ lossless: true }).toBuffer()],
    ] as const) {
      const path = inFolder(name);
      for (const kept of [40, whole.length >> 1, whole.length - 14]) {
        writeFileSync(path, whole.subarray(0, kept));
        await assert.rejects(loadImage(path), /cut off/, `${name}: ${kept} of ${whole.length}`);
      }
      const damaged = Buffer.from(whole);
      damaged.fill(0xff, 12, 30);
      writeFileSync(path, damaged);
      await assert.rejects(loadImage(path), (error: Error) => !error.message.includes("cut off"));
    }
  });

  it("loadImage(missing path) says where it looked", async () => {
    await assert.rejects(loadImage("holiday.jpg"), {
      name: "ArgumentError",
      message: `loadImage(): path must be the path of a file that exists, but got "holiday.jpg". A relative path starts at the notebook's folder: this one means ${resolve("holiday.jpg")}.`,
    });
    await assert.rejects(loadImage(folder), /path must be the path of a file, not a folder/);
    // @ts-expect-error: not a path
    await assert.rejects(loadImage(7), /path must be the path of a picture, but got 7/);
  });

  it("loadImage(path of no picture) names the formats", async () => {
    const path = inFolder("notes.png");
    writeFileSync(path, "not a picture at all");
    await assert.rejects(
      loadImage(path),
      /loadImage\(\): path must be the path of a picture \(JPEG, PNG, .*\), but got .*notes.png, which cannot be read as one: .*unsupported image format/,
    );
  });

  it("loadImage(path, {size: 0}) is refused", async () => {
    const path = inFolder("one.png");
    await saveImage(path, zeros([1, 1]));
    await assert.rejects(
      loadImage(path, { size: 0 }),
      /size must be a positive integer, but got 0/,
    );
    await assert.rejects(
      loadImage(path, { size: [1, 2.5] }),
      /size\[1\] must be a positive integer/,
    );
  });
});

describe("greyscale", () => {
  it("greyscale(x) of a pure colour is its weight, and of white is white", () => {
    const x = tensor([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1], [1, 2, 2, 3], "float64");
    const grey = greyscale(x);
    assert.deepEqual(grey.shape, [1, 2, 2, 1]);
    assert.deepEqual(Array.from(grey.data, rounded), [0.299, 0.587, 0.114, 1]);
    assert.equal(grey.dtype, "float64");
  });

  it("greyscale(grey x) is a copy", () => {
    const x = zeros([1, 2, 2, 1]);
    assert.notEqual(greyscale(x), x);
    assert.deepEqual(greyscale(x).shape, x.shape);
  });

  it("greyscale(two channels) is refused", () => {
    assert.throws(
      () => greyscale(zeros([1, 2, 2, 2])),
      /x must be images of shape \[batch, height, width, 3\], but got a tensor of shape \[1, 2, 2, 2\]/,
    );
  });
});

describe("encodePng", () => {
  it("encodePng(x) can be decoded to the same bytes", () => {
    for (const channels of [1, 3, 4]) {
      const x = fromFunction([5, 7, channels], (i, j, c) => ((i * 7 + j) * channels + c) / 255);
      const { width, height, data, channels: found } = decode(encodePng(x));
      assert.deepEqual([height, width, found], [5, 7, channels]);
      assert.deepEqual(
        [...data],
        Array.from(x.data, (value) => Math.round(value * 255)),
      );
    }
  });

  it("encodePng(x, {range}) stretches and cuts off", () => {
    const x = tensor([[-2, -1, 0, 1, 3]]);
    assert.deepEqual([...decode(encodePng(x, { range: [-1, 1] })).data], [0, 0, 128, 255, 255]);
  });

  it("encodePng(values beyond 0 to 1) asks for the range", () => {
    assert.throws(() => encodePng(tensor([[0, 255]])), {
      message:
        "encodePng(): x must be of values from 0 to 1, but got 255. Say what is black and what is white with { range: [low, high] }; x goes from 0 to 255.",
    });
    assert.throws(() => encodePng(tensor([[0, NaN]]), { range: [0, 1] }), /but got NaN/);
    assert.throws(
      () => encodePng(zeros([2, 2]), { range: [1, 1] }),
      /\[low, high\] with low below/,
    );
  });

  it("encodePng(what is no image) is refused", () => {
    for (const shape of [[4], [2, 3, 3, 3], [3, 3, 2], [0, 4]])
      assert.throws(() => encodePng(zeros(shape)), /x must be one image of shape \[h, w\]/);
  });
});

describe("saveImage", () => {
  it("saveImage(path, x) keeps grey grey, and loses nothing in PNG", async () => {
    const path = inFolder("grey.png");
    const x = fromFunction([1, 3, 4, 1], (_, i, j) => (i * 4 + j) / 255);
    await saveImage(path, x);
    assert.deepEqual(await loadImage(path), x);
  });

  it("saveImage(unknown ending) says why", async () => {
    await assert.rejects(
      saveImage(inFolder("picture.doc"), zeros([2, 2])),
      /saveImage\(\): path must be .*picture.doc/,
    );
    await assert.rejects(
      saveImage(inFolder("no/such/folder.png"), zeros([2, 2])),
      /a folder that exists/,
    );
  });
});

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The simplest TIFF of floats (TIFF 6.0, sample format 3), of one channel or three, little endian. */
function floatTiff(width: number, height: number, values: Float32Array, channels = 1): Buffer {
  const [SHORT, LONG] = [3, 4];
  const tags: [tag: number, type: number, value: number][] = [
    [256, LONG, width],
    [257, LONG, height],
    [258, SHORT, 32], // bits per sample
    [259, SHORT, 1], // no compression
    [262, SHORT, channels === 1 ? 1 : 2], // 0 is black; RGB
    [273, LONG, 8], // the values begin behind the header
    [277, SHORT, channels], // samples per pixel
    [278, LONG, height], // rows per strip
    [279, LONG, values.byteLength],
    [339, SHORT, 3], // IEEE floating point
  ];
  // What has a value for each channel stands behind the directory when there are three.
  const directoryAt = 8 + values.byteLength;
  const behind = directoryAt + 2 + 12 * tags.length + 4;
  const directory = Buffer.alloc(2 + 12 * tags.length + 4);
  const extra = Buffer.alloc(channels === 1 ? 0 : 12);
  directory.writeUInt16LE(tags.length, 0);
  tags.forEach(([tag, type, value], i) => {
    const each = channels === 3 && (tag === 258 || tag === 339);
    const offset = tag === 258 ? 0 : 6;
    if (each) for (let c = 0; c < 3; c++) extra.writeUInt16LE(value, offset + 2 * c);
    directory.writeUInt16LE(tag, 2 + 12 * i);
    directory.writeUInt16LE(type, 4 + 12 * i);
    directory.writeUInt32LE(each ? 3 : 1, 6 + 12 * i);
    directory.writeUInt32LE(each ? behind + offset : value, 10 + 12 * i);
  });
  const header = Buffer.alloc(8);
  header.write("II*\0", "latin1");
  header.writeUInt32LE(directoryAt, 4);
  return Buffer.concat([header, Buffer.from(values.buffer), directory, extra]);
}
