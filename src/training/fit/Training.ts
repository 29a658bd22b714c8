import * as tf from "@tensorflow/tfjs";
import type { CurvePoint, EpochRecord } from "../figures/trainingCurves";
import { type Random, random, type Tensor } from "../../tensor";
import { Dropout } from "../../tfjs/model/layers";
import { BestWeights } from "./BestWeights";
import { breathe, type Interrupt } from "../../notebook";
import { type Classifier, classifierOf, toTf } from "./classifier";
import type { LabelledExamples } from "./examples";
import { badWeights, type Divergence, explainDivergence } from "./divergence";
import { ownLoss, withoutGradient } from "./ownLoss";
import { predictions } from "./predictions";
import { Score } from "./score";
import type { OptimizerName, Settings } from "./settings";
import { targetsOf } from "./targets";
import type { TrainingRun, TrainingState } from "./TrainingRun";

/** Auxiliary heads count so much beside the main output (GoogLeNet, section 5). */
const AUXILIARY_WEIGHT = 0.3;
/** About this many points make a curve. */
const CURVE_POINTS = 60;

const optimizers: Record<OptimizerName, (learningRate: number) => tf.Optimizer> = {
  adam: (learningRate) => tf.train.adam(learningRate),
  sgd: (learningRate) => tf.train.sgd(learningRate),
  momentum: (learningRate) => tf.train.momentum(learningRate, 0.9),
  rmsprop: (learningRate) => tf.train.rmsprop(learningRate),
};

/** What is trained, on what, and who is notified. */
export interface TrainingJob {
  model: tf.LayersModel;
  train: LabelledExamples;
  validation: LabelledExamples | undefined;
  settings: Settings;
  interrupt: Interrupt;
  /** Called after each batch. */
  report(state: TrainingState): void;
  /** Awaited after each whole epoch, from 1. */
  afterEpoch?(epoch: number): Promise<void>;
}

/** One training of one model: epochs of steps, until they are over, the loss falls no more, or somebody ends it. */
export class Training implements TrainingState {
  readonly epochs: EpochRecord[] = [];
  readonly curve: CurvePoint[] = [];
  batch = 0;
  readonly batches: number;
  validating = false;
  /** Of this epoch so far. */
  private score = new Score();
  private secondsInSteps = 0;
  /** The epoch that an interrupt ended. */
  unfinished: TrainingRun["unfinished"];
  /** Since the last point of the curve. */
  private interval = new Score();
  /** Of the step under way. */
  private learningRate: number;
  private readonly classifier: Classifier;
  private readonly optimizer: tf.Optimizer;
  private readonly best: BestWeights | undefined;
  private readonly order: Random;

  constructor(private readonly job: TrainingJob) {
    const { model, settings, train } = job;
    this.batches = Math.ceil(train.length / settings.batchSize);
    this.classifier = classifierOf(model);
    this.learningRate = settings.learningRate(0);
    this.optimizer = optimizers[settings.optimizer](this.learningRate);
    this.best = settings.earlyStopping && new BestWeights(model, settings.earlyStopping);
    this.order = random(settings.seed);
    model.layers.forEach((layer, i) => {
      if (layer instanceof Dropout) layer.restart(settings.seed + i);
    });
  }

  get epoch(): number {
    return this.epochs.length + 1;
  }

  get loss(): number {
    return this.score.loss;
  }

  get accuracy(): number {
    return this.score.accuracy;
  }

  get imagesPerSecond(): number {
    return this.score.examples / this.secondsInSteps;
  }

  /** Whether early stopping has seen enough. */
  get stopped(): boolean {
    return this.best?.isEnough ?? false;
  }

  get bestEpoch(): number | undefined {
    return this.best?.epoch || undefined;
  }

  /** Trains to the end, and frees all but the model. */
  async run(): Promise<void> {
    const { settings, interrupt } = this.job;
    try {
      while (this.epochs.length < settings.epochs && !this.stopped && !interrupt.requested)
        await this.runEpoch();
      if (!interrupt.requested) this.best?.restore();
    } finally {
      this.freeOptimizer();
      this.best?.dispose();
    }
  }

  /** One pass through the examples; an interrupted one is no epoch, but its part of the curve is kept. */
  private async runEpoch(): Promise<void> {
    const { train, settings, interrupt, report } = this.job;
    this.score = new Score();
    this.secondsInSteps = 0;
    this.batch = 0;
    let begin = performance.now();
    let last: Tensor | undefined;
    for (const { images, labels } of train.batches(settings.batchSize, { shuffle: this.order })) {
      const step = this.step(images, labels);
      this.score.include(step);
      this.interval.include(step);
      this.batch++;
      this.secondsInSteps += (performance.now() - begin) / 1000;
      this.extendCurve();
      report(this);
      await breathe();
      if (interrupt.requested) {
        this.extendCurve(true);
        this.keepUnfinished();
        return;
      }
      begin = performance.now();
      last = images;
    }
    if (last && badWeights(this.job.model)) {
      const finding = `the last step of epoch ${this.epoch} has broken the weights`;
      throw this.divergence({ finding, lossBefore: this.loss, images: last, training: true });
    }
    const validation = await this.validate();
    if (interrupt.requested) {
      this.keepUnfinished();
      return;
    }
    const { loss, accuracy, secondsInSteps: seconds, imagesPerSecond } = this;
    this.epochs.push({ loss, accuracy, ...validation, seconds, imagesPerSecond });
    this.best?.consider(validation?.validationLoss ?? loss);
    await this.job.afterEpoch?.(this.epochs.length);
  }

  private keepUnfinished(): void {
    const { batch: batches, loss, accuracy, secondsInSteps: seconds } = this;
    this.unfinished = { batches, images: this.score.examples, seconds, loss, accuracy };
  }

  /** Moves the weights against the gradient of the loss on one batch, [m, ...]. The score is that of before. */
  private step(images: Tensor, labels: ArrayLike<number>): Score {
    const { model, settings } = this.job;
    let score = new Score();
    tf.tidy(() => {
      const x = toTf(images);
      const objective = (): tf.Scalar => {
        const { score: ofBatch, losses } = this.judge(x, labels);
        score = ofBatch;
        const [main, ...auxiliary] = losses;
        const terms = [
          ...auxiliary.map((loss) => loss.mul(AUXILIARY_WEIGHT)),
          ...model.calculateLosses(),
        ];
        return terms.reduce((sum, term) => sum.add(term), main) as tf.Scalar;
      };
      const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const { value, grads } = this.gradients(objective, variables);
      const total = value.dataSync()[0];
      if (!Number.isFinite(total) || !Number.isFinite(score.loss)) {
        const finding = `the loss of epoch ${this.epoch}, batch ${this.batch + 1} of ${this.batches}, is ${total}`;
        throw this.divergence({ finding, lossBefore: this.loss, images, training: true });
      }
      this.setLearningRate(settings.learningRate(this.epochs.length + this.batch / this.batches));
      this.decay(variables);
      this.optimizer.applyGradients(grads);
    });
    return score;
  }

  /** How good the answers to a batch are, and the loss of each output. */
  private judge(x: tf.Tensor, labels: ArrayLike<number>): { score: Score; losses: tf.Tensor[] } {
    const { loss, labelSmoothing } = this.job.settings;
    if (!loss) {
      const heads = this.classifier.logProbabilities(x, true); // [m, classes] each
      const score = Score.of(heads[0].dataSync() as Float32Array, labels, labelSmoothing);
      const target = targetsOf(labels, heads[0].shape[1], labelSmoothing); // [m, classes]
      return { score, losses: heads.map((head) => head.mul(target).sum(1).mean().neg()) };
    }
    const { logProbabilities, outputs } = this.classifier.answers(x, true);
    const losses = outputs.map((output) => ownLoss(loss, labels, output, labelSmoothing));
    const answers = logProbabilities[0].dataSync() as Float32Array;
    const score = Score.of(answers, labels, labelSmoothing).withLoss(losses[0].dataSync()[0]);
    return { score, losses };
  }

  private gradients(objective: () => tf.Scalar, variables: tf.Variable[]) {
    try {
      return tf.variableGrads(objective, variables);
    } catch (error) {
      throw this.job.settings.loss ? withoutGradient(error) : error;
    }
  }

  private setLearningRate(learningRate: number): void {
    if (learningRate === this.learningRate) return;
    this.learningRate = learningRate;
    // To tfjs, every optimizer is an instance of SGDOptimizer: what it can do tells them apart.
    const optimizer = this.optimizer as unknown as Partial<tf.SGDOptimizer> & {
      learningRate: number;
    };
    if (optimizer.setLearningRate) optimizer.setLearningRate(learningRate);
    else optimizer.learningRate = learningRate; // adam and rmsprop of tfjs (4.22) read it at each step
  }

  /** Filters and matrices shrink a little; vectors (biases, gamma, beta) do not. */
  private decay(variables: readonly tf.Variable[]): void {
    const kept = 1 - this.learningRate * this.job.settings.weightDecay;
    if (kept === 1) return;
    for (const variable of variables) if (variable.rank > 1) variable.assign(variable.mul(kept));
  }

  private freeOptimizer(): void {
    this.optimizer.dispose();
    // That of tfjs (4.22) forgets what it inherits from plain sgd.
    if (this.job.settings.optimizer === "momentum")
      tf.SGDOptimizer.prototype.dispose.call(this.optimizer);
  }

  private divergence(seen: Divergence): Error {
    return new Error(explainDivergence(this.job.model, seen, this.job.settings, this.learningRate));
  }

  /** Adds a point to the curve when its interval is long enough. */
  private extendCurve(atOnce = false): void {
    const { batch, batches, epochs } = this;
    const length = Math.ceil((batches * this.job.settings.epochs) / CURVE_POINTS);
    const isLast = batch === batches || atOnce;
    if ((batch % length !== 0 && !isLast) || this.interval.examples === 0) return;
    const middle = batch - ((batch - 1) % length) / 2 - 0.5;
    const { loss, accuracy } = this.interval;
    this.curve.push({ epoch: epochs.length + middle / batches, loss, accuracy });
    this.interval = new Score();
  }

  private async validate(): Promise<Pick<EpochRecord, "validationLoss" | "validationAccuracy">> {
    const { validation, settings, interrupt, report } = this.job;
    if (!validation) return {};
    const score = new Score();
    this.validating = true;
    const { loss, labelSmoothing } = settings;
    const lossOf = loss && {
      lossOf: (labels: ArrayLike<number>, outputs: tf.Tensor2D) =>
        ownLoss(loss, labels, outputs, labelSmoothing).dataSync()[0],
    };
    const batches = predictions(this.classifier, validation, settings.batchSize, lossOf);
    for await (const { images, logProbabilities, labels, loss: own } of batches) {
      const judged = Score.of(logProbabilities, labels, labelSmoothing);
      const part = own === undefined ? judged : judged.withLoss(own);
      if (!Number.isFinite(part.loss)) {
        const finding = `the validation loss after epoch ${this.epoch} is ${part.loss}`;
        throw this.divergence({ finding, lossBefore: this.loss, images, training: false });
      }
      score.include(part);
      report(this);
      if (interrupt.requested) break;
    }
    this.validating = false;
    return { validationLoss: score.loss, validationAccuracy: score.accuracy };
  }
}
