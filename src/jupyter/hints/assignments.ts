import type { HintContext } from "./HintContext";

/** A value for a name that is no variable. */
export function assignedConstant(
  { earlier, before, after }: HintContext,
  [, name]: RegExpExecArray,
): string {
  if (/\b(?:if|while)\s*\(\s*$/.test(before) && /^\s*=(?!=)/.test(after))
    return `One = gives a value. To compare write ${name} === ...`;
  const known = earlier(name);
  const where = known ? ` in cell ${known.cell}` : "";
  if (known?.kind === "import")
    return `${name} is imported. Choose another name, or declare one anew: let ${name} = ...`;
  if (known && known.kind !== "constant")
    return `${name} is a ${known.kind}${where}. Choose another name, or declare one anew: let ${name} = ...`;
  return `What changes is declared by let${where}: let ${name} = ... instead of const.`;
}

/** A value for a property that is only read. */
export function readOnly({ owner, text }: HintContext, [, name]: RegExpExecArray): string {
  if (name === "length") return "The beginning of a text is text.slice(0, n).";
  const wanted = TENSOR_INSTEAD.get(name);
  if (wanted && (owner === "Tensor" || owner === undefined)) return wanted;
  return `${text || name} is only read; make a new object that has the other value.`;
}

const TENSOR_INSTEAD = new Map([
  [
    "shape",
    "A tensor keeps its shape; x.reshape(shape) gives one of another with the same values.",
  ],
  ["dtype", 'A tensor keeps its type; x.as("int32") gives one of another.'],
  ["data", "Put values in by x.set(value, i, j), or make a new one: tensor(values, shape)."],
]);

/** A value for an element of what is only read: a text, a shape, a readonly list. */
export function readOnlyElement(_: HintContext, [, type]: RegExpExecArray): string {
  if (/^String$/.test(type))
    return "A text does not change; make a new one, as text.slice(0, i) + letter + text.slice(i + 1).";
  if (/Shape/.test(type))
    return "A tensor's shape does not change; x.reshape(shape) gives one of another.";
  return "The list is only read: change a copy, [...xs].";
}

/** A name that gets its value further down, or is the cell's own where an earlier one was meant. */
export function usedTooEarly({ earlier, before }: HintContext, [, name]: RegExpExecArray): string {
  const known = earlier(name);
  if (known)
    return `This cell declares ${name} anew, so that the ${name} of cell ${known.cell} is out of its sight. To go on from the old value, leave out let or const, or choose another name.`;
  if (/\brequire\(\s*$/.test(before))
    return `The name of a package stands in quotes: require("${name}").`;
  if (declaredAround(name, before))
    return `There is a ${name} outside of these braces, and another is declared within them, further down. To go on with the outer one, leave out let or const there.`;
  if (new RegExp(`\\b(?:let|const)\\s+${name.replaceAll("$", "\\$")}\\s*=[^;=]*$`).test(before))
    return `${name} has no value yet: it is this very line that gives it one.`;
  return `Lines run from top to bottom: move the line that gives ${name} its value up.`;
}

/** Whether a name is declared above, in a block that is not closed yet. Looked for from the end, once. */
function declaredAround(name: string, before: string): boolean {
  const declared = new RegExp(`\\b(?:let|const|var)\\s+${name.replaceAll("$", "\\$")}\\b`, "g");
  const offsets = new Set([...before.matchAll(declared)].map(({ index }) => index));
  // Of what lies behind an offset: the braces that stay open, and the pairs of which only the end lies there.
  let [open, braces, brackets] = [0, 0, 0];
  for (let offset = before.length - 1; offset >= 0; offset--) {
    const sign = before[offset];
    if (sign === "{") [open, braces] = [open + 1, Math.max(0, braces - 1)];
    if (sign === "}") [open, braces] = [open - 1, braces + 1];
    if (sign === "(") brackets = Math.max(0, brackets - 1);
    if (sign === ")") brackets++;
    if (offsets.has(offset) && open > 0 && braces === 0 && brackets === 0) return true;
  }
  return false;
}
