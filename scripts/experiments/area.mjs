// Digits with fewer pixels: each new pixel is the mean of the area that it covers, so that nothing is skipped.
import convbook from "../../dist/index.js";

const { LabelledImages } = convbook;

/**
 * @param {any} set with images [m, h, h, 1]
 * @param {number} size of the new images, no larger than the old
 */
export function shrunk(set, size) {
  const [m, height] = set.images.shape;
  if (size === height) return set;
  const parts = coveredFractions(height, size); // [size][height]
  const values = set.images.data;
  const small = new Uint8Array(m * size * size);
  for (let n = 0; n < m; n++)
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        let sum = 0;
        for (const [i, down] of parts[y])
          for (const [j, across] of parts[x])
            sum += down * across * values[(n * height + i) * height + j];
        small[(n * size + y) * size + x] = Math.round(255 * sum);
      }
  return new LabelledImages(small, Uint8Array.from(set.labels), [size, size, 1]);
}

/**
 * For each new pixel the old ones that it covers, each with the fraction of the new one that it fills.
 *
 * @param {number} from
 * @param {number} to
 * @returns {[index: number, fraction: number][][]}
 */
function coveredFractions(from, to) {
  const ratio = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * ratio, (i + 1) * ratio];
    /** @type {[number, number][]} */
    const fractions = [];
    for (let j = Math.floor(start); j < Math.min(from, Math.ceil(end)); j++)
      fractions.push([j, (Math.min(end, j + 1) - Math.max(start, j)) / ratio]);
    return fractions;
  });
}
