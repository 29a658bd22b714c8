import { inNotebook, liveDisplay } from "../../notebook";
import { toBundle, trainingCurves } from "../../plots";
import { epochText } from "../../plots/trainingCurves";
import type { TrainingRun, TrainingState } from "./TrainingRun";

/** Shows how a training goes. */
export interface TrainingView {
  update(state: TrainingState): void;
  end(run: TrainingRun): void;
  /** Takes away what should not stay, where training ended in an error. */
  abandon(): void;
}

/** What a view is told at the beginning. */
export interface Announcement {
  title: string;
  /** Of epochs. */
  length: number;
  backend: string;
}

/** Milliseconds between two pictures. */
const PAUSE = 250;

/** The view that suits the place: curves in a notebook, a bar in a terminal, lines in a file. */
export function trainingView(announcement: Announcement): TrainingView {
  if (inNotebook()) return notebookView(announcement);
  return terminalView(announcement);
}

/** One picture below the cell, drawn again and again. */
function notebookView({ title, length, backend }: Announcement): TrainingView {
  const picture = liveDisplay();
  const begin = performance.now();
  let last = -Infinity;
  return {
    update(state) {
      if (performance.now() - last < PAUSE) return;
      const done = shareDone(state, length);
      const note = [...describeState(state, length), timeLeft(begin, done), backend].join(" · ");
      picture.update(
        toBundle(trainingCurves({ title, ...state }, { epochs: length, note, progress: done })),
      );
      last = performance.now();
    },
    end: (run) => picture.update(toBundle(trainingCurves(run, { note: runNote(run) }))),
    abandon: () => {},
  };
}

function terminalView({ title, length }: Announcement): TrainingView {
  const { SingleBar } = require("cli-progress") as typeof import("cli-progress"); // loaded when first needed
  // Draws nothing where the output is no terminal.
  const bar = new SingleBar({
    format: "{bar} {note}",
    clearOnComplete: true,
    hideCursor: true,
    fps: 4,
  });
  const begin = performance.now();
  let printed = 0;
  bar.start(1, 0, { note: title });
  const printEpochs = ({ epochs }: Pick<TrainingRun, "epochs">): void => {
    if (printed === epochs.length) return;
    bar.stop();
    for (; printed < epochs.length; printed++) console.log(epochText(epochs[printed], printed));
    bar.start(1, 0, { note: title });
  };
  return {
    update(state) {
      printEpochs(state);
      const done = shareDone(state, length);
      bar.update(done, {
        note: [...describeState(state, length), timeLeft(begin, done)].join(", "),
      });
    },
    end(run) {
      printEpochs(run);
      bar.stop();
      console.log(`${run.title}: ${runNote(run)}`);
    },
    abandon: () => bar.stop(),
  };
}

/** The share of all epochs that is done. Validation counts as the end of an epoch. */
function shareDone({ epoch, batch, batches }: TrainingState, length: number): number {
  return (epoch - 1 + batch / batches) / length;
}

function describeState(state: TrainingState, length: number): string[] {
  const { epoch, batch, batches, loss, accuracy, imagesPerSecond, validating } = state;
  return [
    `epoch ${epoch} of ${length}`,
    validating ? "validating" : `batch ${batch} of ${batches}`,
    `loss ${loss.toPrecision(3)}`,
    `accuracy ${(100 * accuracy).toFixed(1)} %`,
    perSecond(imagesPerSecond),
  ];
}

/** What a cell that ends in a run prints. */
export function runText(run: TrainingRun): string {
  return trainingCurves(run, { note: runNote(run) }).text;
}

function runNote(run: TrainingRun): string {
  const { epochs, seconds, imagesPerSecond, backend, stopped, interrupted, bestEpoch } = run;
  const count = `${epochs.length} ${epochs.length === 1 ? "epoch" : "epochs"}`;
  const speed = epochs.length > 0 ? `, ${perSecond(imagesPerSecond)}` : "";
  const notes = [`${count} in ${duration(seconds)}${speed} (${backend})`];
  if (interrupted) notes.push("interrupted; the model keeps the weights that it has");
  if (stopped) notes.push("stopped early");
  if (bestEpoch !== undefined && !interrupted) notes.push(`weights of epoch ${bestEpoch}`);
  return notes.join(" · ");
}

function timeLeft(begin: number, done: number): string {
  const elapsed = (performance.now() - begin) / 1000;
  return `${duration((elapsed * (1 - done)) / done)} left`;
}

function perSecond(images: number): string {
  return `${Math.round(images).toLocaleString("en-GB")} images/s`;
}

function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
