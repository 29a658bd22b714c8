import { layers, type Network, network } from "convbook";

/** The names of the nets that no other beats, the cheapest first. */
export function paretoFront(nets: { name: string; cost: number; top1: number }[]): string[] {
  const inOrder = [...nets].sort((a, b) => a.cost - b.cost || b.top1 - a.top1);
  const front: typeof nets = [];
  for (const net of inOrder) {
    const last = front[front.length - 1]; // the most accurate so far, at the least cost
    const isTwin = last?.cost === net.cost && last.top1 === net.top1;
    if (!last || net.top1 > last.top1 || isTwin) front.push(net);
  }
  return front.map(({ name }) => name);
}

/** How many pairs one cost puts in one order and the other cost in the opposite one. */
export function inversions(a: number[], b: number[]): number {
  let count = 0;
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) if ((a[i] - a[j]) * (b[i] - b[j]) < 0) count += 1;
  return count;
}

/** The most accurate net of one source within a budget; of equals, the one with fewer multiply-adds. */
export function pick(
  nets: { name: string; source: string; params: number; macs: number; top1: number }[],
  budget: { params?: number; macs?: number },
  source: string,
): string | null {
  const { params = Infinity, macs = Infinity } = budget;
  const fit = nets.filter(
    (net) => net.source === source && net.params <= params && net.macs <= macs,
  );
  fit.sort((a, b) => b.top1 - a.top1 || a.macs - b.macs);
  return fit[0]?.name ?? null;
}

/** A small network for digits: large steps first, so that the filters of the second layer have few places. */
export function contender(): Network {
  const { conv, dense, flatten, maxPool, relu } = layers;
  return network(
    "the leader's entry",
    [28, 28, 1],
    conv({ filters: 4, kernelSize: 5, stride: 2, padding: "same" }),
    relu(),
    maxPool({ size: 2 }),
    conv({ filters: 8, kernelSize: 3, padding: "same" }),
    relu(),
    flatten(),
    dense({ units: 10 }),
  );
}
