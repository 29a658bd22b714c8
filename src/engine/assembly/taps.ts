/** Of a window that begins at `first` on an axis (negative: in the padding), the first tap that lies inside. */
export function fromTap(first: i32, dilation: i32, kernel: i32): i32 {
  return first < 0 ? min(kernel, (-first + dilation - 1) / dilation) : 0;
}

/** The tap behind the last one that lies inside. */
export function toTap(first: i32, dilation: i32, kernel: i32, length: i32): i32 {
  return first < length ? min(kernel, (length - 1 - first) / dilation + 1) : 0;
}
