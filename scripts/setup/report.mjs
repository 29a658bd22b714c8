import { again, explain } from "./explain.mjs";
import { Problem } from "./problem.mjs";

/** Says in one line what stopped us, where it is something to be mended. @param {() => Promise<void>} work */
export async function report(work) {
  try {
    await work();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof Problem) for (const line of error.details) console.error(`    ${line}`);
    const meaning = explainError(error);
    console.error(meaning ? `convbook: ${meaning}` : error);
  }
}

/** @param {unknown} error */
function explainError(error) {
  if (error instanceof Error && error.name === "Problem") return error.message; // this one, or the library's
  const reason = explain(String(error));
  return reason && `${reason} ${again} (${error})`;
}
