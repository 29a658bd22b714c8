import * as engine from "../engine";
import { type Network, requireNetwork } from "../network";
import { breathe, inNotebook, listenForInterrupt } from "../notebook";
import { curves, type PlotlyFigure } from "../plots";
import {
  type AdamState,
  adamStep,
  initialWeights,
  type LayerWeights,
  networkGradients,
  type NetworkWeights,
  runNetwork,
} from "../running";
import {
  ArgumentError,
  indexOfGreatest,
  random,
  requireInteger,
  requireOptions,
  requirePositive,
  type Tensor,
} from "../tensor";
import { fittingOfNetwork, type LabelledTensors, requireExamples } from "./fit/examples";
import { cosineSchedule } from "./fit/schedules";
import { progressView } from "./progress/progressView";

export interface TrainFromSeedOptions {
  /** For the weights at the beginning and the order of the examples. 0 when left out. */
  seed?: number | undefined;
  /** How often training goes through all examples. 1 when left out. */
  epochs?: number | undefined;
  /** Examples to a step. 50 when left out. */
  batchSize?: number | undefined;
  /** Of Adam, at the beginning; it falls along a cosine to nothing. 0.005 when left out. */
  learningRate?: number | undefined;
  /** Images to be classified afterwards, [m, ...shape of the network's input]. */
  classify?: Tensor | undefined;
  /** Whether a notebook shows its progress: false when left out. */
  progress?: boolean | undefined;
}

/** What came of a training: data alone, which may be sent from one process to another. */
export interface TrainedFromSeed {
  /** The mean loss of each epoch, in nats. */
  losses: number[];
  weights: NetworkWeights;
  /** The likeliest class of each image of `classify`; empty without. */
  classes: number[];
}

/**
 * Trains a classifier by the engine and nothing else, so that the same seed gives the same weights whatever tfjs runs on,
 * however many threads there are, in a notebook and in a process without files: for contests whose marks have to be
 * the same for everybody. (Processors that multiply and add in one rounding, which Node uses from version 21 on, come
 * to other last digits, and after some epochs to an accuracy that differs as that of another seed does.)
 *
 * Adam (arXiv 1412.6980) with a cosine schedule (arXiv 1608.03983). `fit` can do more, and is faster for large networks.
 *
 * @param network ends in scores, or a softmax over them, [classes]; without layers of chance, such as dropout
 * @param train x [m, ...shape of the input], y the classes
 * @throws ArgumentError when something does not fit, before any work
 * @throws Error when the loss is no number any more, or the training was interrupted
 *
 * @example
 * const net = network("linear", [28, 28, 1], layers.flatten(), layers.dense({ units: 10 }));
 * const { images, labels } = mnist().train.take(300);
 * const train = () => trainFromSeed(net, { x: images, y: labels }, { seed: 1, epochs: 2 });
 * const [{ losses }, again] = [await train(), await train()];
 * losses[1] < losses[0] // → true
 * again.losses[1] === losses[1] // → true
 */
export async function trainFromSeed(
  network: Network,
  train: LabelledTensors,
  options: TrainFromSeedOptions = {},
): Promise<TrainedFromSeed> {
  const call = "trainFromSeed";
  requireNetwork(call, network);
  requireOptions<TrainFromSeedOptions>(call, options, {
    seed: true,
    epochs: true,
    batchSize: true,
    learningRate: true,
    classify: true,
    progress: "flag",
  });
  const seed = requireInteger(call, "seed", options.seed ?? 0, 0);
  const epochs = requireInteger(call, "epochs", options.epochs ?? 1, 1);
  const size = requireInteger(call, "batchSize", options.batchSize ?? 50, 1);
  const rate = requirePositive(call, "learningRate", options.learningRate ?? 0.005);
  const images = options.classify;
  if (images !== undefined) requireImages(call, images, network.input.shape);
  const fitting = fittingOfNetwork(call, "network", network);
  const examples = requireExamples(call, "train", train, fitting);
  requireClasses(call, train);
  const steps = Math.ceil(examples.length / size);
  const schedule = cosineSchedule({ learningRate: rate, epochs });

  const source = random(seed);
  let weights = initialWeights(network, source);
  let adam: AdamState | undefined;
  const losses: number[] = [];
  /** For the picture: the loss of each step, by the epochs done. */
  const course: Course = { x: [], y: [] };
  // Elsewhere an interrupt ends the process, and a process of the grader's is ended by it.
  const interrupt = inNotebook() ? listenForInterrupt() : undefined;
  const view = options.progress && inNotebook() ? progressView(network.name) : undefined;
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      let [sum, step] = [0, 0];
      for (const { images: x, labels: y } of examples.batches(size, { shuffle: source })) {
        const { loss, gradients, moving } = networkGradients(network, weights, x, y, {
          operations: engine,
        });
        if (!Number.isFinite(loss))
          throw new Error(
            `trainFromSeed(): the loss is ${loss} in epoch ${epoch + 1}: try a lower learning rate than ${rate}.`,
          );
        sum += loss * y.length;
        course.x.push(epoch + (step + 1) / steps);
        course.y.push(loss);
        const stepped = adamStep(weights, gradients, adam, {
          learningRate: schedule(epoch + step / steps),
        });
        adam = stepped.state;
        weights = withMoving(stepped.weights, moving);
        step++;
        const fraction = (epoch + step / steps) / epochs;
        view?.update(fraction, [`epoch ${epoch + 1} of ${epochs}`], (note) =>
          lossFigure(course, network.name, note),
        );
        await breathe();
        if (interrupt?.requested)
          throw new Error("trainFromSeed(): interrupted, and half a training is none.");
      }
      losses.push(sum / examples.length);
    }
    view?.end(lossFigure(course, network.name, `${examples.length} examples, ${epochs} epochs`));
  } catch (error) {
    view?.abandon();
    throw error;
  } finally {
    interrupt?.release();
  }
  return { losses, weights, classes: images ? classesOf(network, weights, images) : [] };
}

/** This many images are classified at a time. */
const AT_ONCE = 250;

function classesOf(network: Network, weights: NetworkWeights, images: Tensor): number[] {
  const classes: number[] = [];
  const [count, ...rest] = images.shape;
  for (let begin = 0; begin < count; begin += AT_ONCE) {
    const size = [Math.min(AT_ONCE, count - begin), ...rest];
    const part = images.slice([begin, ...rest.map(() => 0)], size);
    const scores = runNetwork(network, weights, part, { operations: engine }) as Tensor; // [m, classes]
    const of = scores.shape[1];
    for (let i = 0; i < size[0]; i++) {
      const row = scores.data.subarray(i * of, (i + 1) * of);
      classes.push(indexOfGreatest(row));
    }
  }
  return classes;
}

/** One-hot rows, and sets that deal out their own batches, are for `fit`. */
function requireClasses(call: string, { x, y }: LabelledTensors): void {
  if (x && y && "length" in y) return;
  throw new ArgumentError({
    call,
    argument: "train",
    expected: "{ x, y } with the class of each in y",
    received: { x, y },
    remedy: "Of mnist().train: { x: train.images, y: train.labels }.",
  });
}

/** The moving averages of batch norm follow the batch; they have no gradient. */
function withMoving(
  weights: NetworkWeights,
  moving: Readonly<Record<string, { mean: Tensor; variance: Tensor }>>,
): NetworkWeights {
  const entries = Object.entries(moving).map(
    ([path, { mean, variance }]): [string, LayerWeights] => [
      path,
      { ...weights[path], movingMean: mean, movingVariance: variance },
    ],
  );
  return { ...weights, ...Object.fromEntries(entries) };
}

function requireImages(call: string, images: Tensor, shape: readonly number[]): void {
  if (String(images?.shape?.slice(1)) === String(shape) && images.shape.length === shape.length + 1)
    return;
  throw new ArgumentError({
    call,
    argument: "classify",
    expected: `a tensor of shape [m, ${shape.join(", ")}]`,
    received: images,
  });
}

interface Course {
  x: number[];
  y: number[];
}

function lossFigure(course: Course, name: string, note: string): PlotlyFigure {
  const options = { title: `${name}: ${note}`, x: "epochs", y: "loss", markers: false };
  return curves({ loss: course }, options);
}
