import { trainingCurves } from "../figures/trainingCurves";
import { epochText } from "../figures/trainingCurves";
import { duration, progressView } from "../progress/progressView";
import type { TrainingRun, TrainingState } from "./TrainingRun";

/** Shows how a training goes: curves, and a bar. */
export interface TrainingView {
  update(state: TrainingState): void;
  end(run: TrainingRun): void;
  abandon(): void;
}

/** @param length of the training, in epochs */
export function trainingView(title: string, length: number): TrainingView {
  const view = progressView(title);
  let printed = 0;
  const writeEpochs = ({ epochs }: Pick<TrainingRun, "epochs">): void => {
    for (; printed < epochs.length; printed++) view.writeLine(epochText(epochs[printed], printed));
  };
  return {
    update(state) {
      writeEpochs(state);
      const { epoch, batch, batches, epochs, curve } = state;
      const progress = (epoch - 1 + batch / batches) / length;
      view.update(progress, describeState(state, length), (note) =>
        trainingCurves({ title, epochs, curve }, { epochs: length, note, progress }),
      );
    },
    end(run) {
      writeEpochs(run);
      view.end(runFigure(run));
    },
    abandon: () => view.abandon(),
  };
}

/** The curves of a training that is over, with what it came to. */
export function runFigure(run: TrainingRun) {
  const { epochs, seconds, imagesPerSecond, backend, stopped, interrupted, bestEpoch } = run;
  const batches = run.unfinished?.batches;
  const epochsDone = `${epochs.length} ${epochs.length === 1 ? "epoch" : "epochs"}`;
  const batchesDone = `${batches} ${batches === 1 ? "batch" : "batches"} of the next`;
  const done = batches ? `${epochsDone} and ${batchesDone}` : epochsDone;
  const speed = imagesPerSecond > 0 ? `, ${perSecond(imagesPerSecond)}` : "";
  const notes = [`${done} in ${duration(seconds)}${speed} (${backend})`];
  if (interrupted) notes.push("interrupted; the model keeps the weights that it has");
  if (stopped) notes.push("stopped early");
  if (bestEpoch !== undefined && !interrupted) notes.push(`weights of epoch ${bestEpoch}`);
  return trainingCurves(run, { note: notes.join(" · ") });
}

function describeState(state: TrainingState, length: number): string[] {
  const { epoch, batch, batches, loss, accuracy, imagesPerSecond, validating } = state;
  return [
    `epoch ${epoch} of ${length}`,
    validating ? "validating" : `batch ${batch} of ${batches}`,
    `loss ${loss.toPrecision(3)}`,
    `accuracy ${(100 * accuracy).toFixed(1)}%`,
    perSecond(imagesPerSecond),
  ];
}

function perSecond(images: number): string {
  return `${Math.round(images).toLocaleString("en-GB")} images/s`;
}
