import * as tf from "@tensorflow/tfjs";

/**
 * The first tensor that tfjs keeps in plain JavaScript makes it print a banner that recommends tfjs-node.
 * Here is that first tensor, in production mode, in which nothing is printed.
 */
export function skipGreeting(): void {
  const production = tf.env().getBool("PROD");
  tf.env().set("PROD", true);
  tf.scalar(0).dispose(); // on the backend that tfjs takes by itself, if it is on none yet
  const cpu = tf.engine().findBackend("cpu");
  cpu.disposeData(cpu.write(new Float32Array(1), [1], "float32"));
  tf.env().set("PROD", production);
}
