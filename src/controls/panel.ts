import type { Comm, MimeBundle, OpenComm } from "../notebook";
import type { Control } from "./Control";
import { PANEL_SCRIPT } from "./panelScript";
import { PANEL_STYLE } from "./panelStyle";
import { WidgetModel } from "./WidgetModel";

/** The version of anywidget's part in the page; environment/requirements.in pins one that suits. */
const ANYWIDGET = "~0.9.0";

/** An output as notebooks keep it. */
export type Output =
  | { output_type: "display_data"; data: MimeBundle; metadata: object }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** The controls and, below them, what was drawn last, as the page has them. */
export interface Panel {
  /** The bundle that shows the panel. */
  bundle: MimeBundle;
  show(output: Output): void;
}

/**
 * Puts controls and a picture into the page.
 *
 * @param changed gets the states of all controls when one has changed
 */
export function openPanel(
  open: (comm: OpenComm) => Comm,
  controls: readonly (readonly [name: string, control: Control<unknown>])[],
  first: Output,
  changed: (states: readonly unknown[]) => void,
): Panel {
  const states = controls.map(([, control]) => control.start);
  const stateName = (i: number) => `state_${i}`;
  const view = new WidgetModel(
    open,
    {
      _model_module: "anywidget",
      _model_module_version: ANYWIDGET,
      _model_name: "AnyModel",
      _view_module: "anywidget",
      _view_module_version: ANYWIDGET,
      _view_name: "AnyView",
      _anywidget_id: "convbook.controls",
      _esm: PANEL_SCRIPT,
      _css: PANEL_STYLE,
      parts: controls.map(([name, { part }]) => ({ name, ...part })),
      ...Object.fromEntries(states.map((state, i) => [stateName(i), state])),
    },
    (change) => {
      let any = false;
      states.forEach((_, i) => {
        if (!(stateName(i) in change)) return;
        states[i] = change[stateName(i)];
        any = true;
      });
      if (any) changed([...states]);
    },
  );
  controls.forEach(([, control], i) =>
    control.connect?.((state) => {
      states[i] = state;
      view.set({ [stateName(i)]: state });
    }),
  );
  const picture = new WidgetModel(open, {
    ...named("output", "1.0.0", "Output"),
    outputs: [first],
    msg_id: "",
  });
  const box = new WidgetModel(open, {
    ...named("controls", "2.0.0", "VBox"),
    children: [view.reference, picture.reference],
  });
  return {
    bundle: {
      "application/vnd.jupyter.widget-view+json": {
        version_major: 2,
        version_minor: 0,
        model_id: box.id,
      },
      "text/plain": `Controls: ${controls.map(([name]) => name).join(", ")}`,
    },
    show: (output) => picture.set({ outputs: [output] }),
  };
}

/** A model of one of Jupyter's own widgets. */
function named(module: string, version: string, name: string): Record<string, string> {
  return {
    _model_module: `@jupyter-widgets/${module}`,
    _model_module_version: version,
    _model_name: `${name}Model`,
    _view_module: `@jupyter-widgets/${module}`,
    _view_module_version: version,
    _view_name: `${name}View`,
  };
}
