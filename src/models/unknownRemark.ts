import type { Network } from "../network";

/**
 * What is to be said of the layers of which only the shapes are known; undefined where there are none.
 *
 * @param consequence what follows for a count
 * @param concerns which types it is said of; all when left out
 */
export function unknownRemark(
  { layers }: Network,
  consequence: string,
  concerns: (type: string) => boolean = () => true,
): string | undefined {
  const counts = new Map<string, number>();
  for (const { operation } of layers)
    if (operation.kind === "unknown" && operation.type !== "outputs" && concerns(operation.type))
      counts.set(operation.type, (counts.get(operation.type) ?? 0) + 1);
  if (counts.size === 0) return undefined;
  const listed = [...counts].map(([type, count]) => `${count} × ${type}`).join(", ");
  return `Not known here, so that ${consequence}: ${listed}.`;
}
