/** Where grading is shown to be. */
export interface Progress {
  show(done: number, all: number): void;
  end(): void;
}

/** The least milliseconds between two lines of a log. */
const LINE_EACH = 10_000;

/**
 * On standard error: a bar where somebody is watching, and lines in a log where it takes long.
 *
 * @param verb what is done to each: `"graded"`
 */
export function gradingProgress(verb = "graded"): Progress {
  return process.stderr.isTTY ? progressBar(verb) : progressLines(verb);
}

/** How a shell counts what ended by a signal: by keyboard, by the system, with the terminal that was closed. */
const ENDED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Says, when somebody ends the grader, what there is already. */
export function onInterrupt(progress: Progress, out: string | undefined): void {
  const kept =
    out === undefined
      ? "nothing is kept; with --out FOLDER it would be"
      : `what is graded is kept in ${out}, and the same command goes on from there`;
  for (const [signal, code] of Object.entries(ENDED) as [NodeJS.Signals, number][])
    process.once(signal, () => {
      progress.end();
      console.error(`convbook: stopped; ${kept}.`);
      process.exit(code);
    });
}

function progressBar(verb: string): Progress {
  const { SingleBar, Presets } = require("cli-progress") as typeof import("cli-progress");
  const bar = new SingleBar(
    {
      format: `{bar} {value} of {total} ${verb}{left}`,
      barsize: 30,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const start = Date.now();
  let shown = false;
  return {
    show(done, all) {
      if (all < 2) return;
      const seconds = (all / done - 1) * ((Date.now() - start) / 1000);
      const left = { left: done === 0 ? "" : `, ${duration(seconds)} left` };
      if (shown) bar.update(done, left);
      else bar.start(all, done, left);
      shown = true;
    },
    end: () => bar.stop(),
  };
}

function progressLines(verb: string): Progress {
  let last = Date.now();
  return {
    show(done, all) {
      if (all < 2 || Date.now() - last < LINE_EACH) return;
      last = Date.now();
      console.error(`${done} of ${all} ${verb}`);
    },
    end() {},
  };
}

function duration(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
