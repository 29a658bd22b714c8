import { ArgumentError, requireInteger, requireOptions, type Tensor } from "../../tensor";
import type { Control } from "../Control";
import { imageOf } from "../pixels";

export interface PhotoUploadOptions {
  /** The longer side of the image that your function gets, in pixels: 1 to 1024, 224 when left out. */
  size?: number | undefined;
}

/**
 * A button for `interact` that takes a photograph of the learner's own. The page reads and reduces the file, which
 * goes to the kernel alone. Its value is `[1, h, w, 3]`, 0 to 1, or nothing as long as no file was chosen.
 *
 * @example
 * photoUpload({ size: 64 }).read(null) // → undefined
 */
export function photoUpload(options: PhotoUploadOptions = {}): Control<Tensor | undefined> {
  requireOptions<PhotoUploadOptions>("photoUpload", options, { size: true });
  const size = requireInteger("photoUpload", "size", options.size ?? 224, 1);
  if (size > 1024)
    throw new ArgumentError({
      call: "photoUpload",
      argument: "size",
      expected: "at most 1024",
      received: size,
    });
  return {
    part: { kind: "photoUpload", size },
    start: null,
    read: (state) => (state === null ? undefined : imageOf("photoUpload", state, 3)),
  };
}
