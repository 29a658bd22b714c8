import { LOOP_CALL } from "../compiler/loopCall";

/** What stands in a function's loops, as TypeScript and Babel print it. */
const CALL = `${LOOP_CALL}();`;

/**
 * Gives loops the function that they call so that V8 looks for interrupts: a constant, which V8 resolves to no
 * code. In the text of a function, which a learner may read, or send to a worker where there is no such function,
 * the calls are left out.
 */
export function offerLoopCall(): void {
  Object.defineProperty(globalThis, LOOP_CALL, { value: () => undefined });
  const own = Function.prototype.toString;
  const replacement = {
    toString(this: unknown): string {
      const parts = own.call(this).split(CALL);
      const last = parts.pop()!;
      return parts.map((part) => part.trimEnd()).join("") + last; // without the call's line
    },
  };
  Function.prototype.toString = replacement.toString;
}

/** A plugin of Babel's, with which the learner's own files are loaded: it puts the call into their loops. */
export function interruptibleLoops({ template }: { template: { statement: Template } }) {
  const call = template.statement(CALL);
  return {
    visitor: {
      Loop(loop: { ensureBlock(): void; get(body: "body"): Body }) {
        loop.ensureBlock();
        loop.get("body").unshiftContainer("body", call());
      },
    },
  };
}

type Template = (code: string) => () => object;
interface Body {
  unshiftContainer(list: "body", node: object): void;
}
