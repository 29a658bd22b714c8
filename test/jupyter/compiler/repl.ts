import { type Runtime, Session } from "node:inspector";
import { createRequire } from "node:module";

/** V8's REPL mode, as the kernel uses it, with modules by plain `import()`. */
export class Repl {
  private readonly session = new Session();

  constructor() {
    this.session.connect();
    const require = createRequire(__filename);
    Object.assign(globalThis, {
      __convbook: {
        import: (specifier: string) => Promise.resolve(require(specifier)),
        require,
      },
      __convbookLoop: () => undefined,
    });
  }

  /** The value of a script as JSON has it; an error of the script is thrown. */
  run(expression: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const parameters = { expression, replMode: true, awaitPromise: true, returnByValue: true };
      this.session.post("Runtime.evaluate", parameters, (error, answer) => {
        if (error) return reject(error);
        const { exceptionDetails: thrown, result } = answer as Evaluation;
        if (thrown) reject(new Error(thrown.exception?.description ?? thrown.text));
        else resolve(result.value);
      });
    });
  }

  /** Without it the process would wait for a debugger at its end. */
  end(): void {
    this.session.disconnect();
    const globals = globalThis as Record<string, unknown>;
    delete globals.__convbook;
    delete globals.__convbookLoop;
  }
}

type Evaluation = Runtime.EvaluateReturnType;
