/** AlexNet's convolutions and poolings (2012), from 227 x 227 pixels on. A layer without filters is a pooling. */
export const ALEXNET: { f: number; stride: number; pad: number; filters?: number }[] = [
  { f: 11, stride: 4, pad: 0, filters: 96 },
  { f: 3, stride: 2, pad: 0 },
  { f: 5, stride: 1, pad: 2, filters: 256 },
  { f: 3, stride: 2, pad: 0 },
  { f: 3, stride: 1, pad: 1, filters: 384 },
  { f: 3, stride: 1, pad: 1, filters: 384 },
  { f: 3, stride: 1, pad: 1, filters: 256 },
  { f: 3, stride: 2, pad: 0 },
];
