import { inNotebook, liveDisplay } from "../../notebook";
import { type Figure, toBundle } from "../../plots";

/** Shows how far a long task is. */
export interface ProgressView {
  /**
   * @param done the fraction that is, 0 to 1
   * @param notes a few words each
   * @param draw the picture of how things stand, with the notes; only called when there is one to be drawn
   */
  update(done: number, notes: readonly string[], draw: (note: string) => Figure): void;
  /** Writes that a part is finished, where there are no pictures. */
  writeLine(line: string): void;
  /** Shows what stays. Where there are no pictures, its first line. */
  end(figure: Figure): void;
  /** Takes away what should not stay, where the work ended in an error. */
  abandon(): void;
}

/** Milliseconds between two pictures. */
const PAUSE = 250;

/** The view that suits the surroundings: pictures in a notebook, a bar in a terminal, lines in a file. */
export function progressView(title: string): ProgressView {
  return inNotebook() ? notebookView() : terminalView(title);
}

/** One picture below the cell, drawn again and again. */
function notebookView(): ProgressView {
  const picture = liveDisplay();
  const timeLeft = clock();
  let last = -Infinity;
  return {
    update(done, notes, draw) {
      if (performance.now() - last < PAUSE) return;
      picture.update(toBundle(draw([...notes, timeLeft(done)].join(" · "))));
      last = performance.now();
    },
    writeLine: () => {},
    end: (figure) => picture.update(toBundle(figure)),
    abandon: () => {},
  };
}

/** A bar, which draws nothing where the output is no terminal; and lines that stay. */
function terminalView(title: string): ProgressView {
  const { SingleBar } = require("cli-progress") as typeof import("cli-progress"); // loaded when first needed
  const look = { format: "{bar} {note}", clearOnComplete: true, hideCursor: true, fps: 4 };
  const bar = new SingleBar(look);
  const timeLeft = clock();
  const start = (): void => bar.start(1, 0, { note: title });
  start();
  return {
    update: (done, notes) => bar.update(done, { note: [...notes, timeLeft(done)].join(", ") }),
    writeLine(line) {
      bar.stop();
      console.log(line);
      start();
    },
    end(figure) {
      bar.stop();
      console.log(figure.text.split("\n")[0]);
    },
    abandon: () => bar.stop(),
  };
}

/** From now on, says how long the rest will take, going by what is done. */
function clock(): (done: number) => string {
  const begin = performance.now();
  return (done) => {
    const elapsed = (performance.now() - begin) / 1000;
    return done > 0 ? `${duration((elapsed * (1 - done)) / done)} left` : "";
  };
}

/** Seconds in words. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
