import { probablyMeant } from "./spelling";

/** What to do about a module that is not found. */
export function missingModuleHint(
  specifier: string,
  hasFile: (name: string) => boolean = () => false,
): string {
  const ending = /\.(?!(?:[mc]?[tj]sx?|json)$)(\w+)$/.exec(specifier)?.[1];
  if (/^\.{0,2}\//.test(specifier) && ending)
    return `TypeScript and JSON files are imported. Others are read: import { readFileSync } from "node:fs"; readFileSync("${specifier}", "utf8")`;
  if (/^\.{0,2}\/convbook$/.test(specifier))
    return 'convbook is a package, whose name stands alone: from "convbook".';
  if (/^\.{0,2}\//.test(specifier))
    return `There is no ${specifier}, nor ${specifier}.ts, in the folder of this notebook.`;
  const name = specifier.startsWith("@")
    ? specifier.split("/").slice(0, 2).join("/")
    : specifier.split("/")[0];
  if (/^convbook\//.test(specifier)) return 'A cell has all of it from "convbook".';
  if (probablyMeant(name, ["convbook"])) return 'It is spelt "convbook".';
  if (hasFile(name))
    return `A file beside the notebook is imported by ./ and its name: "./${name}".`;
  const python = PYTHON.get(name);
  if (python) return python;
  return `The package ${name} is not installed here. In a terminal, in the folder of this notebook: npm install ${name}`;
}

const PYTHON = new Map([
  ["numpy", "numpy is a package of Python's: tensor, zeros and others of convbook take its place."],
  ["torch", "torch is a package of Python's: convbook's functions take its place."],
  ["tensorflow", 'In TypeScript it is "@tensorflow/tfjs".'],
  ["keras", "keras is a package of Python's: network(...) of convbook describes layers."],
  ["pandas", "pandas is a package of Python's: a list of objects shows itself as a table."],
  ["cv2", 'cv2 is a package of Python\'s: await photograph("chelsea") loads a picture.'],
  ["PIL", 'PIL is a package of Python\'s: await photograph("chelsea") loads a picture.'],
  ["sklearn", "sklearn is a package of Python's: convbook's functions take its place."],
  ["matplotlib", "matplotlib is a package of Python's: show(heatmap(x)) of convbook draws."],
]);
