import { kernelDisplay } from "./kernel";

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

/**
 * Shows a bundle below the running cell; outside a notebook, prints its `text/plain`.
 *
 * @example
 * display({ "text/html": "<b>a cat</b>", "text/plain": "a cat" }) // → undefined
 */
export function display(bundle: MimeBundle): void {
  const send = kernelDisplay();
  if (send) send({ data: transportable(bundle), metadata: {}, transient: {} }, false);
  else console.log(plainText(bundle));
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
  const displayId = `convbook-${process.pid}-${++liveDisplays}`;
  let shown = false;
  let printed: string | undefined;
  return {
    update(bundle) {
      const send = kernelDisplay();
      if (send) {
        send(
          { data: transportable(bundle), metadata: {}, transient: { display_id: displayId } },
          shown,
        );
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
