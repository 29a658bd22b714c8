import * as tf from "@tensorflow/tfjs";
import { DescribedLayer } from "./DescribedLayer";
import { dilationsOf, frameOf, split, spread } from "./windows";

/** A convolution in groups: each block of channels is convolved with the filters of its own. Dilated, if need be. */
export class GroupedConvolution extends DescribedLayer<"conv"> {
  static className = "GroupedConvolution";
  private filter?: tf.LayerVariable; // [kh, kw, cin / groups, cout]
  private bias?: tf.LayerVariable; // [cout]

  override build(inputShape: tf.Shape): void {
    const { filters, groups, bias, window } = this.operation;
    const channels = inputShape[3]! / groups;
    const { height, width } = window;
    this.filter = this.weigh("filter", [height.kernel, width.kernel, channels, filters]);
    if (bias) this.bias = this.weigh("bias", [filters]);
    super.build(inputShape);
  }

  override computeOutputShape([batch]: tf.Shape): tf.Shape {
    const { filters, window } = this.operation;
    return [batch, window.height.output, window.width.output, filters];
  }

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const { groups, window } = this.operation;
    const strides: [number, number] = [window.height.stride, window.width.stride];
    const filters = split(spread(this.filter!.read() as tf.Tensor4D, dilationsOf(window)), groups);
    const blocks = split(tf.pad(x, frameOf(window)), groups); // [m, h, w, cin / groups] each
    const y = tf.concat(
      blocks.map((block, i) => tf.conv2d(block, filters[i], strides, "valid")),
      3,
    ); // [m, oh, ow, cout]
    return this.bias ? y.add(this.bias.read()) : y;
  }
}
tf.serialization.registerClass(GroupedConvolution);
