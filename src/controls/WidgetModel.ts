import type { Comm, CommMessage, OpenComm } from "../notebook";

type State = Record<string, unknown>;
type Path = (string | number)[];

const PROTOCOL_VERSION = "2.1.0";

/**
 * One model of Jupyter's widgets, whose state the page and the kernel share:
 * https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md
 */
export class WidgetModel {
  private readonly comm: Comm;

  constructor(
    open: (comm: OpenComm) => Comm,
    private readonly state: State,
    private readonly changed: (state: State) => void = () => {},
  ) {
    const { plain, paths, buffers } = withoutBytes(state);
    this.comm = open({
      target: "jupyter.widget",
      metadata: { version: PROTOCOL_VERSION },
      data: { state: plain, buffer_paths: paths },
      buffers,
      receive: (message) => this.hear(message),
    });
  }

  /** How other models refer to this one. */
  get reference(): string {
    return `IPY_MODEL_${this.id}`;
  }

  get id(): string {
    return this.comm.id;
  }

  /** Changes the state here and in the page. */
  set(change: State): void {
    Object.assign(this.state, change);
    this.send(change);
  }

  private hear({ data, buffers, reply }: CommMessage): void {
    if (data.method === "request_state") return this.send(this.state, reply);
    if (data.method !== "update") return;
    const change = withBytes((data.state ?? {}) as State, data.buffer_paths, buffers);
    Object.assign(this.state, change);
    this.changed(change);
  }

  private send(
    state: State,
    send: Comm["send"] = (...message) => this.comm.send(...message),
  ): void {
    const { plain, paths, buffers } = withoutBytes(state);
    send({ method: "update", state: plain, buffer_paths: paths }, buffers);
  }
}

/** Takes the bytes out of a state: they travel beside it. */
export function withoutBytes(state: State): { plain: State; paths: Path[]; buffers: Uint8Array[] } {
  const paths: Path[] = [];
  const buffers: Uint8Array[] = [];
  const copy = (value: unknown, path: Path): unknown => {
    if (value instanceof Uint8Array) {
      paths.push(path);
      buffers.push(value);
      return undefined;
    }
    if (Array.isArray(value)) return value.map((item, i) => copy(item, [...path, i]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, copy(item, [...path, name])]),
    );
  };
  return { plain: copy(state, []) as State, paths, buffers };
}

/** Puts bytes back where they belong. A path that leads nowhere is passed over. */
function withBytes(state: State, paths: unknown, buffers: readonly Uint8Array[]): State {
  if (!Array.isArray(paths)) return state;
  paths.forEach((path: unknown, i) => {
    if (!Array.isArray(path) || path.length === 0) return;
    let parent: unknown = state;
    for (const step of path.slice(0, -1) as string[])
      parent = isObject(parent) && Object.hasOwn(parent, step) ? parent[step] : undefined;
    if (isObject(parent) && path.at(-1) !== "__proto__") parent[String(path.at(-1))] = buffers[i];
  });
  return state;
}

function isObject(value: unknown): value is State {
  return typeof value === "object" && value !== null;
}
