import { onRelease, settings } from "../settings";
import { Workspace } from "../workspace";

/** The most that WebAssembly's addresses reach here. */
const LIMIT = 2 ** 31;
/** Memories that are kept for the next program: one for the network at hand, one for that compared with it. */
const MOST_KEPT = 2;

/**
 * Memories that programs have given back. WebAssembly can give no page back to the system but only the whole
 * memory, when the garbage collectors of all threads have found that nothing holds it, and sleeping threads collect
 * no garbage. So the next program takes over the memory of one that is no more.
 */
const kept: Workspace[] = [];
onRelease(() => kept.splice(0));

export function takeWorkspace(): Workspace {
  return kept.pop() ?? new Workspace(settings.threads, LIMIT);
}

export function giveBack(workspace: Workspace): void {
  if (kept.length < MOST_KEPT) {
    workspace.reset();
    kept.push(workspace);
  } else workspace.detach();
}
