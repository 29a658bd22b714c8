import type { Layer } from "../network";

/** The name of a layer in the tfjs model: its path, where tfjs takes that as a name. */
export function layerName({ path, index }: Layer): string {
  if (/^[A-Za-z0-9][-A-Za-z0-9._/]*$/.test(path)) return path;
  return `layer${index}_${path.replace(/[^-A-Za-z0-9._/]/g, "_")}`;
}
