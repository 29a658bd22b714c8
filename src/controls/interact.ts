import { inspect } from "node:util";
import { display, DISPLAY, type MimeBundle, notebookKernel } from "../notebook";
import { ArgumentError } from "../tensor";
import { type Control, isControl, type Values } from "./Control";
import { latestWins } from "./latestWins";
import { openPanel, type Output } from "./panel";

/**
 * Shows controls, and below them what your function makes of their values, again whenever one is moved. While a slow
 * function is at work only the latest values are kept: those that were passed meanwhile are left out.
 *
 * Where the kernel has no live controls (stock tslab, a terminal), it shows the picture of the first values.
 *
 * @param controls each under its name: `range`, `select`, `checkbox`, `button`, `progressBar`, `digitPad`,
 *   `hoverImage`, `photoUpload`
 * @param draw gets the values under the same names, and returns what to show: a figure, a tensor, a network, a text;
 *   or a promise of it
 * @throws ArgumentError when a control is none; and what `draw` throws at the first values. What it throws later
 *   stands where the picture would.
 *
 * @example
 * await interact({ pad: range(0, 3) }, ({ pad }) => `5 pixels become ${5 + 2 * pad}`) // → undefined
 */
export async function interact<Controls extends Record<string, Control<unknown>>>(
  controls: Controls,
  draw: (values: Values<Controls>) => unknown,
): Promise<void> {
  const named = namedControls(controls);
  if (typeof draw !== "function")
    throw new ArgumentError({
      call: "interact",
      argument: "draw",
      expected: "a function of the controls' values",
      received: draw,
    });
  const drawn = async (states: readonly unknown[]): Promise<MimeBundle> => {
    const values = named.map(([name, control], i) => [name, control.read(states[i])]);
    return bundleOf(await draw(Object.fromEntries(values) as Values<Controls>));
  };
  const first = await drawn(named.map(([, control]) => control.start));
  const open = notebookKernel()?.openComm;
  if (!open) {
    display(first);
    return display({ "text/plain": WITHOUT_CONTROLS });
  }
  const redraw = latestWins(async (states: readonly unknown[]) =>
    panel.show(await drawn(states).then(shown, failed)),
  );
  const panel = openPanel(open, named, shown(first), redraw);
  display(panel.bundle);
  // For saved notebooks and other front ends; a page with the panel hides it.
  display(first);
}

const WITHOUT_CONTROLS =
  "This is the picture of the first values. It has controls in the course's teaching kernel, which npm start opens.";

function namedControls(controls: unknown): [string, Control<unknown>][] {
  const entries = Object.entries(
    typeof controls === "object" && controls !== null ? (controls as object) : {},
  ) as [string, unknown][];
  const wrong = entries.find(([, control]) => !isControl(control));
  if (entries.length === 0 || wrong)
    throw new ArgumentError({
      call: "interact",
      argument: wrong ? `controls.${wrong[0]}` : "controls",
      expected: wrong ? "a control" : "an object of controls",
      received: wrong ? wrong[1] : controls,
      remedy: 'Write for example { pad: range(0, 3), mode: select(["max", "average"]) }.',
    });
  return entries as [string, Control<unknown>][];
}

function bundleOf(value: unknown): MimeBundle {
  if (value === undefined)
    return { "text/plain": "The function returns nothing to show: return a figure or a text." };
  const own = (value as { [DISPLAY]?: () => MimeBundle } | null)?.[DISPLAY]?.();
  return own ?? { "text/plain": typeof value === "string" ? value : inspect(value) };
}

function shown(data: MimeBundle): Output {
  return { output_type: "display_data", data, metadata: {} };
}

function failed(error: unknown): Output {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const traceback = [`\u001b[31m${name}\u001b[39m: ${message}`];
  return { output_type: "error", ename: name, evalue: message, traceback };
}
