import * as tf from "@tensorflow/tfjs";
import { DescribedLayer } from "./DescribedLayer";

/** The hard swish and the hard sigmoid of MobileNet v3. What tfjs calls hard sigmoid is another function. */
export class HardActivation extends DescribedLayer<"activation"> {
  static className = "HardActivation";

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    const gate = tf.relu6(x.add(3)).div(6);
    return this.operation.function === "hardSwish" ? x.mul(gate) : gate;
  }
}
tf.serialization.registerClass(HardActivation);

/** The exact GELU, whose name tfjs does not know. */
export class Gelu extends DescribedLayer<"activation"> {
  static className = "Gelu";

  protected override forward([x]: tf.Tensor4D[]): tf.Tensor {
    return x.mul(tf.erf(x.mul(Math.SQRT1_2)).add(1)).mul(0.5);
  }
}
tf.serialization.registerClass(Gelu);

/** x + scale · y, the tamed residual of Inception-ResNet. */
export class ScaledAdd extends DescribedLayer<"scaledAdd"> {
  static className = "ScaledAdd";

  override computeOutputShape([x]: tf.Shape[]): tf.Shape {
    return x;
  }

  protected override forward([x, y]: tf.Tensor4D[]): tf.Tensor {
    return x.add(y.mul(this.operation.scale));
  }
}
tf.serialization.registerClass(ScaledAdd);
