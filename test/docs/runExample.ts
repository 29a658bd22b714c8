import assert from "node:assert/strict";
import ts from "typescript";
import * as convbook from "convbook";

/**
 * An example is code that sees the names of the package; it may await. A statement followed by
 * `// → value` must have that value (a JavaScript literal; fractions to 1e-6), one followed by
 * `// throws part of the message` must throw so. After `// such as value` it must have a value of the same form,
 * and not this one. The comment stands behind the statement or below it, may go on in lines that begin with
 * more than one space, and the last statement has to have one.
 *
 * A tensor may be written as nested arrays, without its axes of length 1.
 */
export async function runExample(code: string, names: Record<string, unknown> = {}): Promise<void> {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  const lines = source.statements.map((statement, i) => {
    const text = statement.getText();
    const end = source.statements[i + 1]?.getStart() ?? code.length;
    const claim = CLAIM.exec(code.slice(statement.end, end));
    if (!claim) {
      assert.ok(i < source.statements.length - 1, `The example must end in "// → value":\n${code}`);
      return text;
    }
    assert.ok(ts.isExpressionStatement(statement), `Only an expression has a value: ${text}`);
    const expression = statement.expression.getText();
    const quoted = JSON.stringify(expression);
    const value = claim[2].replaceAll(/\n\s*\/\//g, "\n");
    return claim[1] === "→"
      ? `check(${quoted}, await (${expression}),\n(${value}));`
      : claim[1] === "such as"
        ? `checkForm(${quoted}, await (${expression}),\n(${value}));`
        : `await checkThrows(${quoted}, async () => ${expression}, ${JSON.stringify(claim[2])});`;
  });
  const checks = { check, checkForm, checkThrows };
  const scope: Record<string, unknown> = { ...convbook, ...names, require, ...checks };
  const program = ts.transpile(`return (async () => {\n${lines.join("\n")}\n})();`, {
    target: ts.ScriptTarget.ES2022,
  });
  await new Function(...Object.keys(scope), program)(...Object.values(scope));
}

const CLAIM = /\/\/ (→|throws|such as) (.+(?:\n\s*\/\/ {2,}.+)*)/;

function check(expression: string, actual: unknown, expected: unknown): void {
  if (same(actual, expected)) return;
  const inspected = typeof actual === "number" ? String(actual) : JSON.stringify(actual);
  assert.deepEqual(actual, expected, `${expression} is ${inspected}`);
  assert.fail(`${expression} is ${inspected}`);
}

/** What a prediction looks like, without saying it. */
function checkForm(expression: string, actual: unknown, form: unknown): void {
  const kind = (value: unknown): string =>
    Array.isArray(value)
      ? "an array"
      : isRecord(value)
        ? `{ ${Object.keys(value).sort().join(", ")} }`
        : typeof value;
  assert.equal(kind(form), kind(actual), `${expression} is ${kind(actual)}`);
  assert.ok(!same(actual, form), `"such as" tells the answer of ${expression}`);
}

async function checkThrows(expression: string, run: () => unknown, part: string): Promise<void> {
  try {
    await run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    assert.ok(message.includes(part), `${expression} throws "${message}", not "${part}"`);
    return;
  }
  assert.fail(`${expression} did not throw "${part}"`);
}

function same(actual: unknown, expected: unknown): boolean {
  if (actual instanceof convbook.Tensor && !(expected instanceof convbook.Tensor))
    return same(withoutOnes(actual), expected);
  if (typeof actual === "number" && typeof expected === "number") {
    if (Number.isInteger(expected) || !Number.isFinite(expected))
      return Object.is(actual + 0, expected + 0);
    return Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected));
  }
  if (Array.isArray(actual) && Array.isArray(expected))
    return (
      actual.length === expected.length && actual.every((value, i) => same(value, expected[i]))
    );
  if (isRecord(actual) && isRecord(expected)) {
    const keys = Object.keys(expected);
    return (
      keys.length === Object.keys(actual).length &&
      keys.every((key) => key in actual && same(actual[key], expected[key]))
    );
  }
  return Object.is(actual, expected);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `[1, 2, 3, 1]` as an array of two rows. */
function withoutOnes(x: convbook.Tensor): unknown {
  const shape = x.shape.filter((length) => length !== 1);
  return shape.length === 0 ? x.data[0] : x.reshape(shape).toArray();
}
