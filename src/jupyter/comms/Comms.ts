import { randomUUID } from "node:crypto";
import type { Comm, CommMessage, OpenComm } from "../../notebook";
import type { Cell } from "../runner/Cell";
import { runAs } from "../runner/context";

interface Known {
  target: string;
  /** The cell that has opened it: what a handler prints goes there. */
  cell: Cell;
  receive(message: CommMessage): void;
}

/** The channels between the kernel and parts of the page, by their ids. */
export class Comms {
  private readonly known = new Map<string, Known>();

  /** @param changed is called with the comms that there are, whenever that changes */
  constructor(private readonly changed: (comms: Record<string, { target_name: string }>) => void) {}

  /** Opens a comm from here; the page finds its other end by the target. */
  open(cell: Cell, { target, data, metadata = {}, buffers = [], receive }: OpenComm): Comm {
    const id = randomUUID();
    this.known.set(id, { target, cell, receive });
    this.report();
    cell.publish(
      "comm_open",
      { comm_id: id, target_name: target, data },
      { metadata, buffers: [...buffers] },
    );
    return {
      id,
      send: (content, more = []) =>
        cell.publish("comm_msg", { comm_id: id, data: content }, { buffers: [...more] }),
      close: () => {
        if (!this.known.delete(id)) return;
        this.report();
        cell.publish("comm_close", { comm_id: id, data: {} });
      },
    };
  }

  /** A message of the page's. What nobody here has opened is refused, as the protocol asks. */
  hear(
    type: string,
    content: Record<string, unknown>,
    buffers: Uint8Array[],
    answer: (type: string, content: Record<string, unknown>, buffers?: Uint8Array[]) => void,
  ): void {
    const id = String(content.comm_id);
    const data = (content.data ?? {}) as Record<string, unknown>;
    if (type === "comm_open") return answer("comm_close", { comm_id: id, data: {} });
    const comm = this.known.get(id);
    if (!comm) return;
    if (type === "comm_close") {
      this.known.delete(id);
      this.report();
      return;
    }
    const reply: Comm["send"] = (data, more = []) =>
      answer("comm_msg", { comm_id: id, data }, [...more]);
    runAs(comm.cell, () => comm.receive({ data, buffers, reply }));
  }

  private report(): void {
    const comms = [...this.known].map(([id, { target }]) => [id, { target_name: target }] as const);
    this.changed(Object.fromEntries(comms));
  }
}
