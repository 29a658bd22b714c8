import type ts from "typescript";

/** A module is not found here that the kernel may find: whether an answer may import it is decided elsewhere. */
const MODULES = new Set([2307, 2732, 2792, 7016]);
/** A name is not found, or is known here as a value only. */
const NAMES = new Set([
  2304, 2503, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2749, 2867, 2868,
]);
/** What Node gives each module. */
const NODES = new Set(["require", "module", "exports", "__dirname", "__filename", "global"]);

/**
 * Whether a problem says nothing about the kernel, which knows more of Node and of the packages installed than the
 * compiler is shown here. When in doubt a cell is taken to have run.
 *
 * @param declared the names that the notebook's own cells declare
 */
export function isExcused(
  typescript: typeof ts,
  file: ts.SourceFile,
  { code, start = 0, length = 0 }: ts.Diagnostic,
  declared: ReadonlySet<string>,
): boolean {
  if (MODULES.has(code)) return true;
  if (!NAMES.has(code)) return false;
  const name = file.text.slice(start, start + length);
  if (declared.has(name)) return false; // by a cell that is itself refused
  return isType(typescript, file, start) || name in globalThis || NODES.has(name);
}

/** Whether what stands at an offset is the name of a type: the kernel has Node's types. */
function isType(typescript: typeof ts, file: ts.SourceFile, start: number): boolean {
  let node: ts.Node = file;
  for (let next: ts.Node | undefined = file; next;) {
    node = next;
    next = typescript.forEachChild(node, (child) =>
      child.getStart(file) <= start && start < child.getEnd() ? child : undefined,
    );
    if (typescript.isTypeNode(node)) return true;
  }
  return typescript.isTypeNode(node.parent);
}
