import { collectGarbage } from "../collectGarbage";
import { onRelease, settings } from "../settings";
import { Workspace } from "../workspace";

/** The most that WebAssembly's addresses reach here. */
const LIMIT = 2 ** 31;
/** Bytes of memories that are kept for the next programs. */
const MOST_KEPT = 2 ** 28;

/**
 * Memories that programs have given back. WebAssembly can give no page back to the system but only the whole
 * memory, when the garbage collectors of all threads have found that nothing holds it, and sleeping threads collect
 * no garbage. So the next program takes over the memory of one that is no more.
 */
const kept: Workspace[] = [];
/** Those that programs work in. Weak: a program that nobody holds is to be found by the garbage collector. */
const used = new Set<WeakRef<Workspace>>();
onRelease(() => bytesOf(kept.splice(0)));

export function takeWorkspace(): Workspace {
  const workspace = kept.pop() ?? new Workspace(settings.threads, LIMIT);
  used.add(new WeakRef(workspace));
  return workspace;
}

export function giveBack(workspace: Workspace): void {
  for (const one of used) if (one.deref() === workspace) used.delete(one);
  if (bytesOf(kept) + workspace.bytes <= MOST_KEPT) {
    workspace.reset();
    kept.push(workspace);
  } else workspace.detach();
}

function bytesOf(workspaces: readonly Workspace[]): number {
  return workspaces.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** This much may be in use before a look at whether all of it still is. */
const FIRST_LIMIT = 2 ** 28;
let limit = FIRST_LIMIT;

/**
 * Has the garbage collector look for programs that nobody holds any more, once the memories in use have doubled: by
 * itself it would let gigabytes pile up.
 */
export async function collectForgotten(): Promise<void> {
  if (bytesInUse() <= limit) return;
  collectGarbage();
  // What is found is given back by tasks of their own.
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  limit = Math.max(FIRST_LIMIT, 2 * bytesInUse());
}

function bytesInUse(): number {
  return bytesOf([...used].flatMap((one) => one.deref() ?? []));
}
