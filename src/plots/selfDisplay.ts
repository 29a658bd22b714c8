/** What the library's values look like as the last line of a cell, in a kernel that asks them. */
import { inspect } from "node:util";
import { Derivation } from "../arithmetic";
import { Network } from "../network";
import { type MimeBundle, showsAs } from "../notebook";
import { Tensor, tensorHtml } from "../tensor";
import { toBundle } from "./bundle";
import { featureMaps, imageGrid } from "./imageGrid";
import { summary } from "./summary";

/** How many images or channels a tensor's small picture shows. */
const MOST_IMAGES = 16;
const MOST_VALUES = 1 << 20;
/** The longest side of a matrix whose picture would say less than its numbers do. */
const SMALLEST = 4;

showsAs(Tensor, tensorBundle);
showsAs(Network, (network) => toBundle(summary(network)));
showsAs(Derivation, (derivation) => derivation.mimeBundle());

/** What a tensor is and how its values spread, some of its numbers, and a picture where it has one. */
function tensorBundle(x: Tensor): MimeBundle {
  const svg = picture(x);
  // Untrusted notebooks show an image of this form, and no SVG.
  const image = svg
    ? `<img alt="the values as a picture" src="data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}">`
    : "";
  return { "text/html": tensorHtml(x) + image, "text/plain": inspect(x) };
}

function picture(x: Tensor): string | undefined {
  const { rank, shape } = x;
  if (rank < 2 || rank > 4 || x.size === 0 || x.size > MOST_VALUES) return undefined;
  if (!x.data.every((value) => Number.isFinite(value))) return undefined;
  const [height, width] = rank === 4 ? shape.slice(1) : shape;
  if (Math.max(height, width) <= SMALLEST) return undefined;
  const channels = rank === 2 ? 1 : shape[rank - 1];
  const images = rank === 4 ? shape[0] : 1;
  if ([1, 3, 4].includes(channels) && images <= MOST_IMAGES) return imageGrid(x).svg;
  if (images === 1 && channels <= MOST_IMAGES) return featureMaps(x).svg;
  return undefined;
}
