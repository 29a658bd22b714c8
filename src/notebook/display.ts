import { notebookKernel } from "./kernel";
import { requireKnown } from "./requireKnown";

/**
 * One thing in several forms, keyed by MIME type; a notebook shows the richest that it knows. JSON types
 * take an object, binary ones bytes or base64. `text/plain` is what a terminal prints.
 */
export type MimeBundle = Record<string, unknown>;

/** One output of a cell that can be shown again in the same place. */
export interface LiveDisplay {
  /** Shows the bundle: the first time as a new output, afterwards in place of what was there. */
  update(bundle: MimeBundle): void;
}

/** Where a display shows: an output with an id can be shown again in the same place, also by a later cell. */
export interface DisplayOptions {
  /** The output's name, for an update. */
  id?: string | undefined;
  /** Whether the outputs of that id are to change in place; without it, a new output is added. */
  update?: boolean | undefined;
}

/**
 * Shows a bundle below the running cell; outside a notebook, prints its `text/plain`.
 *
 * @throws Error when an update names no id
 *
 * @example
 * display({ "text/html": "<b>a cat</b>", "text/plain": "a cat" }) // → undefined
 */
export function display(bundle: MimeBundle, options: DisplayOptions = {}): void {
  requireKnown("display", options, { id: false, update: true });
  const { id, update = false } = options;
  if (update && id === undefined)
    throw new Error(
      'display(): an update must say of what: display(bundle, { id: "...", update: true }).',
    );
  const kernel = notebookKernel();
  if (!kernel) return console.log(plainText(bundle));
  const transient = id === undefined ? {} : { display_id: id };
  kernel.display({ data: transportable(bundle), metadata: {}, transient }, update);
}

/**
 * One output that changes in place: a loss curve while a network trains. Outside a notebook each update
 * that says something new is printed on a line of its own.
 *
 * @example
 * const progress = liveDisplay();
 * progress.update({ "text/plain": "epoch 1 of 3" }) // → undefined
 */
export function liveDisplay(): LiveDisplay {
  const id = `convbook-${process.pid}-${++liveDisplays}`;
  let shown = false;
  let printed: string | undefined;
  return {
    update(bundle) {
      if (notebookKernel()) {
        display(bundle, { id, update: shown });
        shown = true;
        return;
      }
      const text = plainText(bundle);
      if (text !== printed) console.log(text);
      printed = text;
    },
  };
}

let liveDisplays = 0;

/** The kernel sends JSON: bytes travel as base64. */
function transportable(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(bundle).map(([type, value]) => [
      type,
      value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
    ]),
  );
}

function plainText(bundle: MimeBundle): string {
  const text = bundle["text/plain"];
  return text === undefined ? `[${Object.keys(bundle).join(", ")}]` : String(text);
}
