import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(__dirname, "../../../..");

/** A process that trains for a minute, were it not for an interrupt after the first batches. */
const script = `
  const { fit, layers, LabelledImages, network, toLayersModel, useBackend, weightsOf } = require(${JSON.stringify(root)});
  const set = new LabelledImages(new Uint8Array(40000 * 16).fill(7), new Uint8Array(40000), [4, 4, 1]);
  let batches = 0;
  const train = {
    length: set.length,
    imageShape: set.imageShape,
    labels: set.labels,
    *batches(size, options) {
      for (const batch of set.batches(size, options)) {
        if (++batches === 5) process.stdout.write("five\\n");
        yield batch;
      }
    },
  };
  const net = network("net", [4, 4, 1], layers.flatten(), layers.dense({ units: 2 }));
  (async () => {
    await useBackend("cpu");
    const model = toLayersModel(net, { seed: 1 });
    const before = weightsOf(net, model);
    const slow = { ...train, *batches() {
      process.stdout.write("validating\\n");
      for (;;) yield* set.take(400).batches(400);
    } };
    const run = await fit(model, train, FIT);
    const changed = String(weightsOf(net, model).dense1.bias.data) !== String(before.dense1.bias.data);
    const { interrupted, epochs, unfinished, curve } = run;
    const listeners = process.listenerCount("SIGINT");
    console.log(JSON.stringify({ interrupted, changed, listeners, epochs: epochs.length, unfinished, points: curve.length }));
    BODY
  })();
`;

describe("fit, interrupted", function () {
  this.timeout(20_000);

  it("fit(...) ends after the batch under way, and the model keeps its weights", async () => {
    const { output, signal } = await interruptAfter("five", "");
    const last = output.trim().split("\n").at(-1)!;
    const { unfinished, points, ...rest } = JSON.parse(last) as Record<string, unknown>;
    assert.deepEqual(rest, { interrupted: true, changed: true, listeners: 0, epochs: 0 });
    // In the first epoch: what was learnt till then is shown.
    const { batches, loss, accuracy } = unfinished as Record<string, number>;
    assert.ok(batches >= 4 && batches < 10_000, `${batches}`);
    assert.ok(loss > 0 && loss < 10 && accuracy > 0 && accuracy <= 1, `${loss}, ${accuracy}`);
    assert.ok((points as number) > 0);
    assert.match(
      output,
      new RegExp(`0 epochs and ${batches} batch(es)? of the next in .*images/s`),
    );
    assert.match(output, /interrupted; the model keeps the weights that it has/);
    assert.equal(signal, null);
  });

  it("fit(...), interrupted while it validates the first epoch, tells what that epoch came to", async () => {
    const { output } = await interruptAfter("validating", "", {
      fit: "{ batchSize: 400, progress: false, validation: slow }",
    });
    const last = JSON.parse(output.trim().split("\n").at(-1)!) as Record<string, unknown>;
    assert.equal(last.epochs, 0);
    assert.equal((last.unfinished as Record<string, number>).batches, 100);
  });

  it("fit(...) leaves later interrupts to whom they are meant for", async () => {
    const { signal } = await interruptAfter(
      "five",
      'process.kill(process.pid, "SIGINT"); setTimeout(() => {}, 10000);',
    );
    assert.equal(signal, "SIGINT");
  });
});

/** Runs the script, and sends a real interrupt when a word comes out. */
async function interruptAfter(
  word: string,
  body: string,
  { fit = "{ epochs: 1000, batchSize: 4 }" } = {},
): Promise<{ output: string; signal: NodeJS.Signals | null }> {
  const child = spawn(process.execPath, ["-e", script.replace("BODY", body).replace("FIT", fit)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  let isSent = false;
  child.stdout.on("data", (data: Buffer) => {
    output += String(data);
    if (isSent || !output.includes(word)) return;
    isSent = true;
    child.kill("SIGINT");
  });
  const signal = await new Promise<NodeJS.Signals | null>((done) =>
    child.on("close", (_, by) => done(by)),
  );
  return { output, signal };
}
