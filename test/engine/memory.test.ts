import assert from "node:assert/strict";
import { constants, PerformanceObserver } from "node:perf_hooks";
import { engine, type Pool2dOptions, random, randomNormal, type Tensor } from "convbook";
import { assertAgree, assertAllAgree } from "./assertAgree";

const MEBIBYTE = 2 ** 20;

describe("engine memory", () => {
  afterEach(() => engine.configure({ threads: 2, memory: 512 }));

  // Layers that need up to ten times the memory that is allowed in the second run.
  const layers: [string, number[], number[], object][] = [
    ["a batch", [6, 120, 120, 16], [3, 3, 16, 24], { padding: "same" }],
    ["one large image", [1, 300, 301, 17], [5, 3, 17, 19], { stride: 2, dilation: [2, 1] }],
    ["one long row", [1, 1, 300000, 4], [1, 3, 4, 8], { padding: "full" }],
    ["large filters", [1, 6, 6, 512], [3, 3, 512, 512], { padding: 1 }],
    ["large filters in groups", [1, 6, 6, 1024], [3, 3, 256, 1024], { groups: 4, stride: 2 }],
    ["depthwise", [2, 180, 180, 64], [3, 3, 1, 64], { groups: 64 }],
    ["strides beyond the kernel", [1, 1200, 1200, 3], [1, 2, 3, 8], { stride: 5 }],
  ];
  for (const [title, xShape, filterShape, options] of layers)
    it(`a layer larger than the memory is done in parts: ${title}`, () => {
      const source = random(7);
      const x = randomNormal(xShape, source);
      const filter = randomNormal(filterShape, source);
      const withBias = { ...options, bias: randomNormal([filterShape[3]], source) };
      const whole = engine.conv2d(x, filter, withBias);
      const dy = randomNormal(whole.shape, source);
      const gradients = engine.conv2dBackward(dy, x, filter, options);

      engine.configure({ threads: 2, memory: 20 });
      assertAgree(engine.conv2d(x, filter, withBias), whole);
      assertAllAgree(engine.conv2dBackward(dy, x, filter, options), gradients);
      assert.ok(engine.status().memory <= 20);
    });

  it("a pooling larger than the memory is done in parts", () => {
    const options: Pool2dOptions = {
      mode: "average",
      size: 3,
      stride: 2,
      padding: 1,
      ceilMode: true,
      countPadding: true,
    };
    const x = randomNormal([1, 1400, 1401, 2], random(3));
    const dy = randomNormal([1, 701, 701, 2], random(4));
    const [y, dx] = [engine.pool2d(x, options), engine.pool2dBackward(dy, x, options)];
    engine.configure({ threads: 2, memory: 20 });
    assertAgree(engine.pool2d(x, options), y);
    assertAgree(engine.pool2dBackward(dy, x, options), dx);
  });

  it("hundreds of calls reuse the memory of the largest", () => {
    const source = random(5);
    const filter = randomNormal([3, 3, 8, 8], source);
    const inputs: Tensor[] = [30, 10, 20].map((n) => randomNormal([2, n, n, 8], source));
    const step = (): void => {
      for (const x of inputs) {
        const y = engine.conv2d(x, filter, { padding: "same" });
        engine.conv2dBackward(y, x, filter, { padding: "same" });
      }
    };
    step();
    const { memory } = engine.status();
    const resident = process.memoryUsage().rss;
    for (let i = 0; i < 150; i++) step();
    assert.equal(engine.status().memory, memory);
    // 150 rounds leave 145 MiB of results behind, which the garbage collector takes away.
    assert.ok(process.memoryUsage().rss - resident < 120 * MEBIBYTE);
  });

  it("release() gives everything back, and the next call starts anew", () => {
    const x = randomNormal([1, 8, 8, 4], random(6));
    const filter = randomNormal([3, 3, 4, 4], random(7));
    const y = engine.conv2d(x, filter);
    assert.ok(engine.status().memory > 0);
    engine.release();
    assert.equal(engine.status().memory, 0);
    assertAgree(engine.conv2d(x, filter), y);
  });

  it("release() gives the system its memory back, and waits for no later collection of garbage", async () => {
    const collections: { flags?: number }[] = [];
    const observer = new PerformanceObserver((list) => {
      const entries = list.getEntries() as unknown as { detail: { flags?: number } }[];
      collections.push(...entries.map(({ detail }) => detail));
    });
    observer.observe({ entryTypes: ["gc"] });
    const x = randomNormal([1, 400, 400, 32], random(6));
    engine.conv2d(x, randomNormal([1, 1, 32, 64], random(7)));
    const { memory } = engine.status();
    const resident = process.memoryUsage().rss;
    engine.release();
    const givenBack = () => (resident - process.memoryUsage().rss) / MEBIBYTE;
    const forced = () =>
      collections.some(({ flags = 0 }) => flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED);
    // The threads leave by themselves, each with its hold on the memory.
    for (let i = 0; i < 100 && !(givenBack() > memory / 2 && forced()); i++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    observer.disconnect();
    assert.ok(memory > 50 && givenBack() > memory / 2, `${givenBack()} of ${memory} MiB`);
    assert.ok(forced());
  });

  it("inputs are not changed, and results are not overwritten by later calls", () => {
    const x = randomNormal([1, 8, 8, 4], random(8));
    const filter = randomNormal([3, 3, 4, 4], random(9));
    const [xBefore, filterBefore] = [x.clone(), filter.clone()];
    const y = engine.conv2d(x, filter);
    const yBefore = y.clone();
    engine.conv2d(filterBefore.reshape([1, 3, 12, 4]), filter);
    assert.deepEqual([...x.data], [...xBefore.data]);
    assert.deepEqual([...filter.data], [...filterBefore.data]);
    assert.deepEqual([...y.data], [...yBefore.data]);
  });
});
