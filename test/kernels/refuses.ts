import assert from "node:assert/strict";
import { ArgumentError } from "convbook";

/** A test that a call throws an ArgumentError with this part in its message. */
export function refuses(title: string, call: () => unknown, part: string): void {
  it(`${title} is refused`, () =>
    assert.throws(call, (error: unknown) => {
      assert.ok(error instanceof ArgumentError, String(error));
      assert.ok(error.message.includes(part), `"${error.message}" does not say "${part}"`);
      return true;
    }));
}
