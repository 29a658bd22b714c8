/**
 * The names of a function's parameters, as its starter has them: `["x", "pad"]`. Undefined for one that is taken
 * apart at once, and so has no name.
 *
 * @param starter TypeScript that declares the function
 */
export function parameterNames(starter: string, entry: string): (string | undefined)[] {
  const begin = new RegExp(`function\\s+${entry}\\s*\\(`).exec(starter);
  if (!begin) return [];
  const names: (string | undefined)[] = [];
  let depth = 0;
  let parameter = "";
  for (const letter of starter.slice(begin.index + begin[0].length)) {
    if (depth === 0 && (letter === "," || letter === ")")) {
      if (parameter.trim()) names.push(/^\s*([A-Za-z_$][\w$]*)/.exec(parameter)?.[1]);
      parameter = "";
      if (letter === ")") return names;
      continue;
    }
    if ("([{<".includes(letter)) depth += 1;
    if (")]}".includes(letter) || (letter === ">" && !parameter.endsWith("="))) depth -= 1;
    parameter += letter;
  }
  return names;
}
