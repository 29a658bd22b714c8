import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "convbook";
import { trainsEveryKind } from "./everyKind";
import { agreesWithCpu, convolutions, depthwise, windows } from "./gradientCases";

describe("tfjs's gradients on wasm, by our engine", () => {
  after(() => useBackend("cpu"));

  for (const [options, window] of Object.entries(windows)) {
    for (const shapes of convolutions)
      for (const kernel of ["Conv2DBackpropFilter", "Conv2DBackpropInput"])
        it(`${kernel} of ${shapes.x} by ${shapes.filter}, ${options}, is that of tfjs's cpu`, () =>
          agreesWithCpu("wasm", { ...shapes, ...window }, false, kernel));

    for (const shapes of depthwise)
      for (const kernel of ["BackpropFilter", "BackpropInput"])
        it(`DepthwiseConv2dNative${kernel} of ${shapes.x} by ${shapes.filter}, ${options}, is that of tfjs's cpu`, () =>
          agreesWithCpu("wasm", { ...shapes, ...window }, true, `DepthwiseConv2dNative${kernel}`));
  }

  it("Conv2DBackpropFilter with channels first is refused", async () => {
    await useBackend("wasm");
    const inputs = { x: tf.zeros([1, 3, 4, 4]), dy: tf.zeros([1, 2, 4, 4]) };
    const attributes = { strides: 1, pad: "same", dataFormat: "NCHW", filterShape: [1, 1, 3, 2] };
    assert.throws(
      () => tf.engine().runKernel("Conv2DBackpropFilter", inputs, attributes),
      /channels last only \("NHWC"\), not of "NCHW"/,
    );
  });

  it("gradients of integers are refused", async () => {
    await useBackend("wasm");
    const inputs = {
      x: tf.zeros([1, 4, 4, 3], "int32"),
      dy: tf.zeros([1, 4, 4, 2]),
    };
    const attributes = { strides: 1, pad: "same", dataFormat: "NHWC", filterShape: [1, 1, 3, 2] };
    assert.throws(
      () => tf.engine().runKernel("Conv2DBackpropFilter", inputs, attributes),
      /needs float32 tensors, but got int32/,
    );
  });

  it("a model with every kind of convolution, pooling, batch norm and dropout trains", () =>
    trainsEveryKind("wasm"));
});
