import {
  layerOptions,
  formatInteger,
  kindLabel,
  type Layer,
  type OperationKind,
  type Part,
} from "../../network";
import { count } from "../values";

/** What is to be drawn, before anything has a position. */
export interface Diagram {
  readonly boxes: readonly DiagramBox[];
  readonly arrows: readonly DiagramArrow[];
}

/** A block, or a layer with the small layers that follow it. */
export interface DiagramBox {
  readonly id: string;
  /** Said first, in bold. */
  readonly title: string;
  readonly lines: readonly string[];
  readonly sort: BoxSort;
  /** What is written in it; nothing for what flows in from outside. */
  readonly layers: readonly Layer[];
  readonly auxiliary: boolean;
}

export interface DiagramArrow {
  readonly from: string;
  readonly to: string;
  readonly auxiliary: boolean;
}

export type BoxSort = "block" | "convolution" | "dense" | "pool" | "merge" | "other" | "outside";

/**
 * The boxes and arrows of a network, or of the inside of one of its blocks.
 *
 * @param depth levels of blocks that are open: with 0, each block is one box
 * @param outputs what flows out under a name, each of which gets a box
 */
export function diagramOf(
  parts: readonly Part[],
  depth: number,
  outputs: Readonly<Record<string, Layer>> = {},
): Diagram {
  const groups = joinFollowers(parts.flatMap((part) => opened(part, depth)));
  const boxOf = new Map<Layer, string>();
  for (const group of groups) for (const layer of group.layers) boxOf.set(layer, group.id);
  const boxes = groups.map(boxFor);
  const arrows = new Map<string, DiagramArrow>();
  for (const group of groups)
    for (const layer of group.layers)
      for (const input of layer.inputs) {
        let from = boxOf.get(input);
        if (from === group.id) continue;
        if (from === undefined) {
          from = input.path;
          boxOf.set(input, from);
          boxes.push(outsideBox(input));
        }
        const arrow = { from, to: group.id, auxiliary: layer.auxiliary };
        arrows.set(`${from}>${group.id}`, arrow);
      }
  for (const [name, layer] of Object.entries(outputs)) {
    const id = `output ${name}`;
    const lines = [layer.shape.join("×")];
    boxes.push({ id, title: name, lines, sort: "outside", layers: [], auxiliary: false });
    arrows.set(id, { from: boxOf.get(layer)!, to: id, auxiliary: false });
  }
  return { boxes, arrows: [...arrows.values()] };
}

interface Group {
  id: string;
  title: string;
  layers: Layer[];
  isBlock: boolean;
}

function opened(part: Part, depth: number): Group[] {
  if (part.parts && depth > 0) return part.parts.flatMap((inner) => opened(inner, depth - 1));
  const isBlock = part.parts !== undefined;
  const [first] = part.layers;
  const title = isBlock || first.operation.kind === "input" ? part.name : kindLabel(first);
  return [{ id: part.path, title, layers: [...part.layers], isBlock }];
}

/** These change no shape; where nothing else reads the layer before them, they are named in its box. */
const FOLLOWERS = new Set<OperationKind>([
  "batchNorm",
  "layerNorm",
  "groupNorm",
  "activation",
  "dropout",
  "localResponseNorm",
  "channelScale",
  "flatten",
]);

function joinFollowers(groups: readonly Group[]): Group[] {
  const readers = new Map<Layer, number>();
  for (const { layers } of groups)
    for (const layer of layers)
      for (const input of layer.inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  const joined: Group[] = [];
  const ofLayer = new Map<Layer, Group>();
  for (const group of groups) {
    const [layer] = group.layers;
    const before = ofLayer.get(layer.inputs[0]);
    const follows =
      !group.isBlock &&
      FOLLOWERS.has(layer.operation.kind) &&
      before !== undefined &&
      !before.isBlock &&
      before.layers[0].operation.kind !== "input" &&
      readers.get(layer.inputs[0]) === 1;
    const home = follows ? before : { ...group };
    if (follows) home.layers.push(layer);
    else joined.push(home);
    for (const inside of group.layers) ofLayer.set(inside, home);
  }
  return joined;
}

function boxFor({ id, title, layers, isBlock }: Group): DiagramBox {
  const [first, ...followers] = layers;
  const last = layers[layers.length - 1];
  const size = last.shape.join("×");
  const { auxiliary } = first;
  if (isBlock) {
    const params = layers
      .flatMap((layer) => (layer.sharesWith ? [] : layer.weights))
      .filter(({ trainable }) => trainable);
    const total = params.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    const summary =
      total === 0 ? count(layers.length, "layer") : `${formatInteger(total)} parameters`;
    return { id, title, lines: [summary, size], sort: "block", layers, auxiliary };
  }
  const names = followers.map(kindLabel).join(", ");
  const lines = [detailOf(first), names, size].filter((line) => line !== "");
  return { id, title, lines, sort: sortOf(first.operation.kind), layers, auxiliary };
}

/** `64 filters, stride 2`. */
function detailOf(layer: Layer): string {
  const { filters, units, stride, dilation, groups, scale } = layerOptions(layer);
  return [
    filters === undefined ? "" : `${filters} filters`,
    units === undefined ? "" : `${units} units`,
    stride === undefined ? "" : `stride ${stride}`,
    dilation === undefined ? "" : `dilation ${dilation}`,
    groups === undefined || groups === filters ? "" : `${groups} groups`,
    scale === undefined ? "" : `times ${scale}`,
    layer.sharesWith ? `weights of ${layer.sharesWith.path}` : "",
  ]
    .filter((text) => text !== "")
    .join(", ");
}

function outsideBox(layer: Layer): DiagramBox {
  const { path: id, shape, auxiliary } = layer;
  return { id, title: id, lines: [shape.join("×")], sort: "outside", layers: [], auxiliary };
}

function sortOf(kind: OperationKind): BoxSort {
  switch (kind) {
    case "conv":
    case "transposedConv":
      return "convolution";
    case "dense":
      return "dense";
    case "pool":
    case "globalPool":
    case "adaptivePool":
      return "pool";
    case "add":
    case "scaledAdd":
    case "multiply":
    case "concat":
      return "merge";
    case "input":
      return "outside";
    default:
      return "other";
  }
}
