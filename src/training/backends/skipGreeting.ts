import * as tf from "@tensorflow/tfjs";

/**
 * The first tensor that tfjs keeps in plain JavaScript makes it print a banner that recommends tfjs-node.
 * Here is that first tensor, in production mode, in which nothing is printed.
 */
export function skipGreeting(): void {
  const cpu = tf.engine().findBackend("cpu");
  const production = tf.env().getBool("PROD");
  tf.env().set("PROD", true);
  cpu.disposeData(cpu.write(new Float32Array(1), [1], "float32"));
  tf.env().set("PROD", production);
}
