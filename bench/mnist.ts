import {
  type BackendName,
  evaluate,
  fit,
  type LabelledImages,
  mnist,
  random,
  toLayersModel,
  useBackend,
  zoo,
} from "convbook";
import { Learner } from "./Learner";

const network = zoo.lenet5();
const batchSize = 64;
/** Large steps first, then small ones, with which the weights come to rest. */
const schedule = [
  { epochs: 2, learningRate: 0.001, seed: 1 },
  { epochs: 1, learningRate: 0.0001, seed: 2 },
];
const backends: readonly BackendName[] = ["tensorflow", "wasm"];

/** The fraction of the test set that training is to get right. */
const aims = { tfjs: 0.985, engine: 0.98 };

/** Trains LeNet-5 on the 60,000 images of MNIST, in several ways, and judges it by the 10,000 others. Takes minutes. */
export async function benchMnist(): Promise<void> {
  const train = mnist().train.padded(2); // [60000, 32, 32, 1]
  const test = mnist().test.padded(2); // [10000, 32, 32, 1]
  for (const backend of backends) await byTfjs(backend, train, test);
  await byEngine(train, test);
}

async function byTfjs(backend: BackendName, train: LabelledImages, test: LabelledImages) {
  const title = `LeNet-5 by tfjs, ${backend}`;
  try {
    await useBackend(backend);
  } catch (error) {
    console.log(`${title}: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  const model = toLayersModel(network, { seed: 1 });
  for (const part of schedule) await fit(model, train, { ...part, batchSize, title });
  report(title, (await evaluate(model, test)).accuracy, aims.tfjs);
}

async function byEngine(train: LabelledImages, test: LabelledImages): Promise<void> {
  const learner = new Learner(network);
  for (const { epochs, learningRate, seed } of schedule) {
    const shuffle = random(seed);
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const begin = performance.now();
      let loss = 0;
      for (const { images, labels } of train.batches(batchSize, { shuffle }))
        loss += (learner.step(images, labels, learningRate) * labels.length) / train.length;
      const speed = (1000 * train.length) / (performance.now() - begin);
      console.log(`epoch ${epoch}: loss ${loss.toPrecision(3)}, ${speed.toFixed(0)} images/s`);
    }
  }
  const { accuracy } = await evaluate(toLayersModel(network, { weights: learner.weights }), test);
  report("LeNet-5 by the engine, no tfjs", accuracy, aims.engine);
}

function report(title: string, accuracy: number, aim: number): void {
  const [got, wanted] = [accuracy, aim].map((fraction) => `${(100 * fraction).toFixed(2)}%`);
  const verdict = accuracy >= aim ? "reached" : "missed";
  console.log(`${title}: ${got} of the test set; ${wanted} ${verdict}\n`);
}
