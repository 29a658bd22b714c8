import * as engine from "../../engine";
import { conv2d } from "../../kernels";
import { random, randomNormal, type Shape, type Tensor } from "../../tensor";
import { type Finding, START } from "./Finding";

/** Slower than this, in multiply-adds a second, and the longer cells of the lessons try one's patience. */
const COMFORTABLE = 3e7;

/** Times the library's conv2d, the plain loops that most lessons run. */
export function checkSpeed(): Finding {
  return speedFinding(multiplyAddsPerSecond(conv2d, [1, 32, 32, 8], [3, 3, 8, 16]));
}

export function speedFinding(rate: number): Finding {
  const subject = "Speed";
  const found = `conv2d, plain loops: ${inMillions(rate)} multiply-adds a second`;
  if (rate >= COMFORTABLE) return { subject, state: "good", found };
  const times = Math.ceil(COMFORTABLE / rate);
  const remedy = `Cells may take ${times} times as long as the lessons say. Plug in the laptop and close other programs.`;
  return { subject, state: "warning", found, remedy };
}

/** Times engine.conv2d, which networks are trained on: WebAssembly on all cores. */
export function checkEngine(): Finding {
  const subject = "Engine";
  try {
    const rate = multiplyAddsPerSecond(engine.conv2d, [1, 56, 56, 64], [3, 3, 64, 64]);
    const { threads } = engine.status();
    const means = `WebAssembly on ${threads} thread${threads === 1 ? "" : "s"}`;
    const found = `engine.conv2d, ${means}: ${inMillions(rate)} multiply-adds a second`;
    return { subject, state: "good", found };
  } catch (error) {
    const found = `does not run: ${String((error as Error).message).split("\n")[0]}`;
    return { subject, state: "bad", found, remedy: START };
  }
}

/** The best of several runs: in the first ones, the code is still being compiled. */
function multiplyAddsPerSecond(
  convolution: (x: Tensor, filter: Tensor) => Tensor,
  images: Shape,
  filters: Shape,
): number {
  const source = random(1);
  const x = randomNormal(images, source); // [m, h, w, cin]
  const filter = randomNormal(filters, source); // [kh, kw, cin, cout]
  let outputs = 0;
  let fastest = Infinity;
  for (let run = 0; run < 12; run++) {
    const started = performance.now();
    outputs = convolution(x, filter).size;
    fastest = Math.min(fastest, performance.now() - started);
  }
  const [kernelHeight, kernelWidth, inputChannels] = filters;
  const multiplyAdds = outputs * kernelHeight * kernelWidth * inputChannels;
  return multiplyAdds / (fastest / 1000);
}

function inMillions(rate: number): string {
  return `${Math.round(rate / 1e6).toLocaleString("en-GB")} million`;
}
