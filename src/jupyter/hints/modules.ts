/** What to do about a module that is not found. */
export function missingModuleHint(specifier: string): string {
  if (/^\.{0,2}\//.test(specifier))
    return `There is no ${specifier}, nor ${specifier}.ts, in the folder of this notebook.`;
  const name = specifier.startsWith("@")
    ? specifier.split("/").slice(0, 2).join("/")
    : specifier.split("/")[0];
  const python = PYTHON.get(name);
  if (python) return python;
  return `The package ${name} is not installed here. In a terminal, in the folder of this notebook: npm install ${name}`;
}

const PYTHON = new Map([
  ["numpy", "numpy is a package of Python's: tensor, zeros and others of convbook take its place."],
  ["torch", "torch is a package of Python's: convbook's functions take its place."],
  ["tensorflow", 'In TypeScript it is "@tensorflow/tfjs".'],
  ["matplotlib", "matplotlib is a package of Python's: show(heatmap(x)) of convbook draws."],
]);
