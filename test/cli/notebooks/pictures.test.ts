import assert from "node:assert/strict";
import sharp from "sharp";
import { findChromium } from "#dist/cli/notebooks/chromium.js";
import { addStaticPictures } from "#dist/cli/notebooks/pictures.js";
import type { Notebook, Output } from "#dist/cli/notebooks/notebook.js";

const PLOTLY = "application/vnd.plotly.v1+json";

function notebookShowing(data: Record<string, unknown>): Notebook {
  const outputs = [{ output_type: "display_data" as const, data, metadata: {} }];
  const cell = {
    cell_type: "code" as const,
    id: "a",
    metadata: {},
    source: "show()",
    execution_count: 1,
    outputs,
  };
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] };
}

async function illustrated(data: Record<string, unknown>): Promise<Output> {
  const { cells } = await addStaticPictures(notebookShowing(data));
  return cells[0].outputs![0];
}

async function pictureOf(data: Record<string, unknown>): Promise<unknown> {
  const output = await illustrated(data);
  return "data" in output ? output.data["image/png"] : undefined;
}

describe("addStaticPictures(notebook)", () => {
  const figure = {
    data: [{ type: "bar", x: [1, 2], y: [3, 4] }],
    layout: { width: 300, height: 200 },
  };

  it("draws a figure as large as it is", async function () {
    if (!findChromium()) this.skip();
    this.timeout(60_000);
    const png = Buffer.from(String(await pictureOf({ [PLOTLY]: figure })), "base64");
    assert.equal(png.toString("latin1", 1, 4), "PNG");
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [300, 200]);
  });

  it("says how large the picture is on the page", async function () {
    if (!findChromium()) this.skip();
    this.timeout(60_000);
    const output = await illustrated({ [PLOTLY]: figure });
    assert.deepEqual("metadata" in output && output.metadata, {
      "image/png": { width: 300, height: 200 },
    });
  });

  it("draws an SVG at twice its size, its pictures too", async function () {
    if (!findChromium()) this.skip();
    this.timeout(60_000);
    const plane = { width: 1, height: 1, channels: 3, background: "#f00" } as const;
    const red = (await sharp({ create: plane }).png().toBuffer()).toString("base64");
    const image = `<image width="10" height="20" preserveAspectRatio="none" href="data:image/png;base64,${red}"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20" style="max-width:100%">${image}</svg>`;
    const output = await illustrated({ "image/svg+xml": svg });
    assert.deepEqual("metadata" in output && output.metadata, {
      "image/png": { width: 30, height: 20 },
    });
    const png = Buffer.from(String(await pictureOf({ "image/svg+xml": svg })), "base64");
    const { data, info } = await sharp(png)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height], [60, 40]);
    assert.deepEqual([...data.subarray(0, 4)], [255, 0, 0, 255]); // the picture
    assert.equal(data[4 * 59 + 3], 0); // the page shows through beside it
  });

  it("draws an SVG without width as large as its view box", async function () {
    if (!findChromium()) this.skip();
    this.timeout(60_000);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40.5 20"><rect width="40" height="20"/></svg>`;
    const output = await illustrated({ "image/svg+xml": svg });
    assert.deepEqual("metadata" in output && output.metadata, {
      "image/png": { width: 41, height: 20 },
    });
  });

  it("leaves a figure that has a picture as it is", async () => {
    assert.equal(await pictureOf({ [PLOTLY]: figure, "image/png": "abcd" }), "abcd");
  });

  it("leaves what is no figure alone", async () => {
    assert.equal(await pictureOf({ "text/html": "<b>no figure</b>" }), undefined);
  });
});
