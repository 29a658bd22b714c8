/*
 * A reader of Python's pickles for what torch.save of 2020 writes, and nothing else. A pickle is a program: it names
 * functions of Python and has them called. Here nothing is called. The few names that a checkpoint of tensors needs
 * are known (see checkpoint.ts), each stands for a plain record, and any other ends the reading.
 */

/** What a name in a pickle may stand for: makes a value of its arguments. */
export type Constructor = (args: readonly unknown[]) => unknown;

export interface UnpickleOptions {
  /** What `module name` stands for; undefined refuses it. */
  find(name: string): Constructor | undefined;
  /** What stands outside the pickle, by its description. */
  load(id: readonly unknown[]): unknown;
}

const MOST_STEPS = 5_000_000;
const MOST_TEXT = 10_000;
const MARK = Symbol("mark");

/** Reads one pickle. @returns the value, and where the pickle ends */
export function unpickle(
  bytes: Uint8Array,
  start: number,
  { find, load }: UnpickleOptions,
): { value: unknown; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: unknown[] = [];
  const memo = new Map<number, unknown>();
  let at = start;

  const take = (count: number): number => {
    const from = at;
    if (from + count > bytes.byteLength) throw new Error("its pickle is cut off");
    at += count;
    return from;
  };
  const pop = (): unknown => {
    if (stack.length === 0 || stack[stack.length - 1] === MARK)
      throw new Error("its pickle is no sense");
    return stack.pop();
  };
  const top = (): unknown => {
    const value = pop();
    stack.push(value);
    return value;
  };
  const popToMark = (): unknown[] => {
    const mark = stack.lastIndexOf(MARK);
    if (mark < 0) throw new Error("its pickle is no sense");
    const values = stack.splice(mark);
    return values.slice(1);
  };
  const text = (length: number): string => {
    if (length > MOST_TEXT) throw new Error("its pickle has a text that is too long");
    return new TextDecoder().decode(bytes.subarray(take(length), at));
  };
  const line = (): string => {
    const end = bytes.indexOf(10, at);
    if (end < 0 || end - at > MOST_TEXT) throw new Error("its pickle has a name without end");
    const name = text(end - at);
    take(1);
    return name;
  };
  const memoized = (key: number): unknown => {
    if (!memo.has(key)) throw new Error("its pickle refers to what is not there");
    return memo.get(key);
  };
  const setItems = (target: unknown, items: readonly unknown[]): void => {
    if (!(target instanceof Map) || items.length % 2 !== 0)
      throw new Error("its pickle sets items of what is no table");
    for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1]);
  };
  const append = (target: unknown, items: readonly unknown[]): void => {
    if (!Array.isArray(target)) throw new Error("its pickle appends to what is no list");
    for (const item of items) target.push(item);
  };
  const tuple = (count: number): unknown[] => Array.from({ length: count }, pop).reverse();

  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const operation = String.fromCharCode(bytes[take(1)]);
    switch (operation) {
      case "\x80": // protocol
        if (bytes[take(1)] !== 2) throw new Error("its pickle is not of protocol 2");
        break;
      case ".":
        return { value: pop(), end: at };
      case "(":
        stack.push(MARK);
        break;
      case "N":
        stack.push(null);
        break;
      case "\x88":
        stack.push(true);
        break;
      case "\x89":
        stack.push(false);
        break;
      case "K":
        stack.push(view.getUint8(take(1)));
        break;
      case "M":
        stack.push(view.getUint16(take(2), true));
        break;
      case "J":
        stack.push(view.getInt32(take(4), true));
        break;
      case "G":
        stack.push(view.getFloat64(take(8)));
        break;
      case "\x8a": {
        const length = view.getUint8(take(1));
        const from = take(length);
        let value = 0n;
        for (let i = length - 1; i >= 0; i--) value = value * 256n + BigInt(bytes[from + i]);
        stack.push(BigInt.asIntN(Math.max(1, 8 * length), value));
        break;
      }
      case "X":
        stack.push(text(view.getUint32(take(4), true)));
        break;
      case "}":
        stack.push(new Map());
        break;
      case "]":
        stack.push([]);
        break;
      case ")":
        stack.push([]);
        break;
      case "t":
        stack.push(popToMark());
        break;
      case "\x85":
      case "\x86":
      case "\x87":
        stack.push(tuple(operation.charCodeAt(0) - 0x84));
        break;
      case "q":
        memo.set(view.getUint8(take(1)), top());
        break;
      case "r":
        memo.set(view.getUint32(take(4), true), top());
        break;
      case "h":
        stack.push(memoized(view.getUint8(take(1))));
        break;
      case "j":
        stack.push(memoized(view.getUint32(take(4), true)));
        break;
      case "c": {
        const name = `${line()} ${line()}`;
        const constructor = find(name);
        if (!constructor)
          throw new Error(
            `it asks for ${JSON.stringify(name.slice(0, 80))}, which no tensor needs`,
          );
        stack.push(constructor);
        break;
      }
      case "R": {
        const args = pop();
        const constructor = pop();
        if (typeof constructor !== "function" || !Array.isArray(args))
          throw new Error("its pickle calls what cannot be called");
        stack.push((constructor as Constructor)(args));
        break;
      }
      case "b": // what else an object knows; a state dictionary's metadata
        pop();
        top();
        break;
      case "s": {
        const [key, value] = tuple(2);
        setItems(top(), [key, value]);
        break;
      }
      case "u": {
        const items = popToMark();
        setItems(top(), items);
        break;
      }
      case "a": {
        const value = pop();
        append(top(), [value]);
        break;
      }
      case "e": {
        const items = popToMark();
        append(top(), items);
        break;
      }
      case "Q": {
        const id = pop();
        if (!Array.isArray(id)) throw new Error("its pickle refers to what is not there");
        stack.push(load(id));
        break;
      }
      default:
        throw new Error(`its pickle has an instruction that no tensor needs, ${bytes[at - 1]}`);
    }
  }
  throw new Error("its pickle does not end");
}
