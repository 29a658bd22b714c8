import { integerOf, integersOf } from "./attributes";
import { sizeOf } from "../../tensor";
import type { Constant, OnnxNode } from "./OnnxModel";
import type { Scope } from "./Scope";
import { from, type Known, known, resolvedShape, type Value } from "./values";

/** A constant whose values are known. */
type Small = Constant & { values: readonly number[] };

/**
 * What a node comes to whose inputs are all known: exporters write the arithmetic of shapes into the graph,
 * `x.view(x.size(0), -1)` as five nodes. Undefined where it is nothing that is worked out here.
 */
export function fold(node: OnnxNode, scope: Scope): Value | undefined {
  if (node.type === "Constant") return constantOf(node);
  const inputs = node.inputs.map((name, i) => (name === "" ? undefined : scope.constant(node, i)));
  if (inputs.length === 0 || inputs.some((input) => input?.values === undefined)) return undefined;
  const constants = inputs as Small[];
  const [a, b] = constants;
  const whole = a.whole === true;
  switch (node.type) {
    case "Gather": {
      const picked = b.values.map((index) => a.values[index < 0 ? index + a.values.length : index]);
      return a.shape.length === 1 ? known(b.shape, picked, whole) : undefined;
    }
    case "Concat": {
      const values = constants.flatMap((constant) => constant.values);
      return known([values.length], values, whole);
    }
    case "Slice":
      return sliced(a, constants.slice(1), node, scope);
    case "Transpose":
      return from(a, transposed(a, integersOf(node, "perm"), node, scope));
    case "Reshape":
      return from(a, known(resolvedShape(b.values, a.shape), a.values, whole));
    case "ConstantOfShape": {
      const value = node.attributes.get("value")?.tensor;
      const size = sizeOf(a.values);
      if (size > 64) return undefined;
      return known(
        a.values,
        new Array<number>(size).fill(value?.values?.[0] ?? 0),
        value?.whole ?? false,
      );
    }
    case "Identity":
      return { kind: "known", constant: a };
    case "Cast": {
      const toWhole = TO_WHOLE.has(integerOf(node, "to", 1));
      return known(a.shape, toWhole ? a.values.map(Math.trunc) : a.values, toWhole);
    }
    case "Floor":
      return known(a.shape, a.values.map(Math.floor), whole);
    case "Ceil":
      return known(a.shape, a.values.map(Math.ceil), whole);
    case "ReduceProd":
      return known([], [a.values.reduce((product, n) => product * n, 1)], whole);
    case "Squeeze":
      return known(a.values.length === 1 ? [] : [a.values.length], a.values, whole);
    case "Unsqueeze":
      return a.values.length === 1 ? known([1], a.values, whole) : undefined;
    case "Add":
    case "Sub":
    case "Mul":
    case "Div":
      return pairwise(node.type, a, b);
    default:
      return undefined;
  }
}

function pairwise(type: "Add" | "Sub" | "Mul" | "Div", a: Small, b: Small): Value | undefined {
  const length = Math.max(a.values.length, b.values.length);
  if ([a, b].some(({ values }) => values.length !== length && values.length !== 1))
    return undefined;
  const whole = a.whole === true && b.whole === true;
  const compute = {
    Add: (x: number, y: number) => x + y,
    Sub: (x: number, y: number) => x - y,
    Mul: (x: number, y: number) => x * y,
    Div: (x: number, y: number) => (whole ? Math.trunc(x / y) : x / y),
  }[type];
  const at = ({ values }: { values: readonly number[] }, i: number) =>
    values[values.length === 1 ? 0 : i];
  const values = Array.from({ length }, (_, i) => compute(at(a, i), at(b, i)));
  return known(a.values.length === length ? a.shape : b.shape, values, whole);
}

/** Entries of an array along its axes, row by row. */
function sliced(
  a: Small,
  [starts, ends, axes, steps]: readonly Small[],
  node: OnnxNode,
  scope: Scope,
): Value {
  const kept = a.shape.map((size) => ({ from: 0, step: 1, length: size }));
  starts.values.forEach((start, i) => {
    const axis = scope.axis(node, axes?.values[i] ?? i, a.shape.length);
    const size = a.shape[axis];
    const step = steps?.values[i] ?? 1;
    if (step === 0) throw scope.refused(node, "a step of 0");
    const [least, most] = step > 0 ? [0, size] : [-1, size - 1];
    const clamp = (n: number) => Math.min(Math.max(n < 0 ? n + size : n, least), most);
    const from = clamp(start);
    kept[axis] = {
      from,
      step,
      length: Math.max(0, Math.ceil((clamp(ends.values[i]) - from) / step)),
    };
  });
  return rearranged(
    a,
    kept.map(({ length }) => length),
    (index) => index.map((n, axis) => kept[axis].from + kept[axis].step * n),
  );
}

function transposed(
  a: Small,
  permutation: readonly number[] | undefined,
  node: OnnxNode,
  scope: Scope,
): Known {
  const rank = a.shape.length;
  const order = (permutation ?? a.shape.map((_, i) => rank - 1 - i)).map((axis) =>
    scope.axis(node, axis, rank),
  );
  const shape = order.map((axis) => a.shape[axis]);
  return rearranged(a, shape, (index) => a.shape.map((_, axis) => index[order.indexOf(axis)]));
}

/** An array of this shape whose entry at an index comes from the index that `source` gives. */
function rearranged(
  { shape, values, whole }: Small,
  target: readonly number[],
  source: (index: number[]) => readonly number[],
): Known {
  const made = Array.from({ length: sizeOf(target) }, (_, offset) => {
    let rest = offset;
    const index = [...target].reverse().map((size) => {
      const n = rest % size;
      rest = Math.floor(rest / size);
      return n;
    });
    return values[source(index.reverse()).reduce((sum, n, axis) => sum * shape[axis] + n, 0)];
  });
  return known(target, made, whole === true);
}

function constantOf(node: OnnxNode): Value | undefined {
  const { attributes } = node;
  const tensor = attributes.get("value")?.tensor;
  if (tensor) return { kind: "known", constant: { ...tensor, source: node.outputs[0] } };
  if (attributes.has("value_int")) return known([], [integerOf(node, "value_int", 0)], true);
  if (attributes.has("value_float"))
    return known([], [attributes.get("value_float")!.float!], false);
  const integers = integersOf(node, "value_ints");
  return integers && of(integers, true);
}

const of = (values: readonly number[], whole: boolean) => known([values.length], values, whole);

/** Of TensorProto.DataType: int32, int64. */
const TO_WHOLE: ReadonlySet<number> = new Set([6, 7]);
