import assert from "node:assert/strict";
import { ArgumentError, conv2d, engine, pool2d, type Tensor, zeros } from "convbook";

const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ArgumentError);
    return error.message;
  }
  return assert.fail("nothing was thrown");
};

describe("engine refuses what kernels refuse, in the same words", () => {
  const x = zeros([1, 5, 5, 4]);
  const cases: [string, Tensor, Tensor, object][] = [
    ["a filter of other channels", x, zeros([3, 3, 3, 8]), {}],
    ["{stride: 0}", x, zeros([3, 3, 4, 8]), { stride: 0 }],
    ["{padding: -1}", x, zeros([3, 3, 4, 8]), { padding: -1 }],
    ["{groups: 3}", x, zeros([3, 3, 4, 8]), { groups: 3 }],
    ["a kernel larger than x", x, zeros([7, 7, 4, 8]), {}],
    ["{dilation: NaN}", x, zeros([3, 3, 4, 8]), { dilation: NaN }],
    ["a bias of another length", x, zeros([3, 3, 4, 8]), { bias: zeros([7]) }],
    ["tensors of both precisions", x, zeros([3, 3, 4, 8], "float64"), {}],
  ];
  for (const [title, input, filter, options] of cases)
    it(`conv2d(x, filter, options) with ${title}`, () => {
      const kernel = messageOf(() => conv2d(input, filter, options));
      assert.equal(
        messageOf(() => engine.conv2d(input, filter, options)),
        kernel.replace("conv2d()", "engine.conv2d()"),
      );
    });

  it("pool2d(x, {size: 7})", () => {
    const options = { mode: "max", size: 7 } as const;
    const kernel = messageOf(() => pool2d(x, options));
    assert.equal(
      messageOf(() => engine.pool2d(x, options)),
      kernel.replace("pool2d()", "engine.pool2d()"),
    );
  });

  it("conv2d(float64) says what to do", () => {
    const call = () => engine.conv2d(x.as("float64"), zeros([3, 3, 4, 8], "float64"));
    assert.match(messageOf(call), /x must be float32.*\.as\("float32"\)/);
  });

  it("conv2d(x, filter, {method: winograd}) where it does not apply, or an unknown method", () => {
    const filter = zeros([3, 3, 4, 8]);
    assert.match(
      messageOf(() => engine.conv2d(x, filter, { method: "winograd", stride: 2 })),
      /method must be "direct" here: "winograd" is for 3x3 kernels/,
    );
    const method = "fast" as "direct";
    assert.match(
      messageOf(() => engine.conv2d(x, filter, { method })),
      /method must be "direct" or "winograd" or "fastest", but got "fast"/,
    );
  });

  it("configure({threads: 0}) and configure({memory: 1})", () => {
    assert.match(
      messageOf(() => engine.configure({ threads: 0 })),
      /threads must be a positive integer, but got 0/,
    );
    assert.match(
      messageOf(() => engine.configure({ memory: 1 })),
      /memory must be an integer of at least \d+, but got 1/,
    );
  });
});
