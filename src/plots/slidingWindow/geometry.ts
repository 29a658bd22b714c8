import { coveredLength } from "../../arithmetic";
import { drawnLength, type Scene } from "./Scene";

export interface Point {
  x: number;
  y: number;
}

/** Where everything of a picture of a sliding window stands, in pixels. */
export interface Geometry {
  width: number;
  height: number;
  /** The side of a cell. */
  cell: number;
  /** Rows and columns of the input with its padding. */
  rows: number;
  columns: number;
  /** The upper left corners: of the padded input and of the filter, for each channel, and of the output. */
  inputs: Point[];
  kernels: Point[];
  output: Point;
  /** The base line of the first line of the calculation. */
  arithmetic: Point;
  /** The middle of the grids. */
  middle: number;
  /** The size of the window on the input. */
  window: { width: number; height: number };
}

const EDGE = 4;
const HEADING = 44;
/** What the word "output" takes above a narrow grid. */
const NAME_WIDTH = 60;
/** Between two grids, with a sign in the middle. */
const GAP = 54;
const CHANNEL_GAP = 14;
const ROOM = { width: 730, height: 480 };
const CELL = { least: 18, most: 38 };
export const LINE_HEIGHT = 22;
const LETTER_WIDTH = 8.45;

/** Lays out a scene, given how many lines its calculations take, and how many letters the longest. */
export function arrange(scene: Scene, lines: number, letters: number): Geometry {
  const { input, kernel, output } = scene;
  const { height: vertical, width: horizontal } = scene.window;
  const channels = input.shape[2];
  const [rows, columns] = [drawnLength(vertical), drawnLength(horizontal)];
  const kernelColumns = kernel ? horizontal.kernel : 0;
  const gaps = kernel ? 2 * GAP : GAP;
  const fitting = Math.min(
    (ROOM.width - gaps) / (columns + kernelColumns + output.shape[1]),
    (ROOM.height - (channels - 1) * CHANNEL_GAP) / (channels * rows),
  );
  const cell = Math.floor(Math.min(Math.max(fitting, CELL.least), CELL.most));
  const stack = channels * rows * cell + (channels - 1) * CHANNEL_GAP;
  const grids = Math.max(stack, output.shape[0] * cell);
  const middle = HEADING + grids / 2;
  const channelTop = (channel: number): number =>
    middle - stack / 2 + channel * (rows * cell + CHANNEL_GAP);
  const kernelLeft = EDGE + columns * cell + GAP;
  const outputLeft = kernelLeft + (kernel ? kernelColumns * cell + GAP : 0);
  const every = Array.from({ length: channels }, (_, channel) => channel);
  return {
    width:
      Math.max(outputLeft + Math.max(output.shape[1] * cell, NAME_WIDTH), letters * LETTER_WIDTH) +
      EDGE,
    height: HEADING + grids + 16 + lines * LINE_HEIGHT + EDGE,
    cell,
    rows,
    columns,
    inputs: every.map((channel) => ({ x: EDGE, y: channelTop(channel) })),
    kernels: every.map((channel) => ({
      x: kernelLeft,
      y: channelTop(channel) + ((rows - vertical.kernel) * cell) / 2,
    })),
    output: { x: outputLeft, y: middle - (output.shape[0] * cell) / 2 },
    arithmetic: { x: EDGE, y: HEADING + grids + 16 + 14 },
    middle,
    window: {
      width: coveredLength(horizontal.kernel, horizontal.dilation) * cell,
      height: coveredLength(vertical.kernel, vertical.dilation) * cell,
    },
  };
}
