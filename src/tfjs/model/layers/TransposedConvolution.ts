import * as tf from "@tensorflow/tfjs";
import { DescribedLayer } from "./DescribedLayer";
import { dilationsOf, frameOf, split, spread } from "./windows";

/** A transposed convolution with any padding, output padding, dilation and number of groups. */
export class TransposedConvolution extends DescribedLayer<"transposedConv"> {
  static className = "TransposedConvolution";
  private filter?: tf.LayerVariable; // [kh, kw, cout / groups, cin]
  private bias?: tf.LayerVariable; // [cout]

  override build(inputShape: tf.Shape): void {
    const { filters, groups, bias, window } = this.operation;
    const { height, width } = window;
    const size = [height.kernel, width.kernel];
    this.filter = this.weigh("filter", [...size, filters / groups, inputShape[3]!]);
    if (bias) this.bias = this.weigh("bias", [filters]);
    super.build(inputShape);
  }

  override computeOutputShape([batch]: tf.Shape): tf.Shape {
    const { filters, window } = this.operation;
    return [batch, window.height.input, window.width.input, filters];
  }

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const { filters, groups, window } = this.operation;
    const { height, width } = window;
    // Computed with the padding, which is cut off afterwards.
    const [, [top, bottom], [left, right]] = frameOf(window);
    const whole: [number, number, number, number] = [
      x.shape[0],
      top + height.input + bottom,
      left + width.input + right,
      filters / groups,
    ];
    const filters4d = split(
      spread(this.filter!.read() as tf.Tensor4D, dilationsOf(window)),
      groups,
    );
    const strides: [number, number] = [height.stride, width.stride];
    const blocks = split(x, groups).map((block, i) =>
      tf.conv2dTranspose(block, filters4d[i], whole, strides, "valid"),
    );
    const y = (groups === 1 ? blocks[0] : tf.concat(blocks, 3)).slice(
      [0, top, left, 0],
      [-1, height.input, width.input, -1],
    ); // [m, oh, ow, cout]
    return this.bias ? y.add(this.bias.read()) : y;
  }
}
tf.serialization.registerClass(TransposedConvolution);
