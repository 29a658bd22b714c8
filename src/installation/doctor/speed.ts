import { conv2d } from "../../kernels";
import { random, randomNormal } from "../../tensor";
import type { Finding } from "./Finding";

/** 30 · 30 · 16 outputs of 3 · 3 · 8 products each. */
const MULTIPLY_ADDS = 30 * 30 * 16 * 3 * 3 * 8;

/** Slower than this, in multiply-adds a second, and the lessons' longer cells try one's patience. */
const COMFORTABLE = 3e7;

/** Times the library's conv2d, the loops that most lessons run. The best of several runs counts: the first ones are compiled. */
export function checkSpeed(): Finding {
  const generator = random(1);
  const x = randomNormal([1, 32, 32, 8], generator); // [m, h, w, cin]
  const filter = randomNormal([3, 3, 8, 16], generator); // [kh, kw, cin, cout]
  let fastest = Infinity;
  for (let run = 0; run < 12; run++) {
    const started = performance.now();
    conv2d(x, filter);
    fastest = Math.min(fastest, performance.now() - started);
  }
  return speedFinding(MULTIPLY_ADDS / (fastest / 1000));
}

export function speedFinding(multiplyAddsPerSecond: number): Finding {
  const subject = "Speed";
  const millions = (multiplyAddsPerSecond / 1e6).toFixed(0);
  const found = `conv2d in JavaScript: ${millions} million multiply-adds a second`;
  if (multiplyAddsPerSecond >= COMFORTABLE) return { subject, state: "good", found };
  const times = Math.ceil(COMFORTABLE / multiplyAddsPerSecond);
  const remedy = `Cells may take ${times} times as long as the lessons say. Plug in the laptop and close other programs.`;
  return { subject, state: "warning", found, remedy };
}
