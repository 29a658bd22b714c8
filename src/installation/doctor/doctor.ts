import { display } from "../../notebook";
import {
  checkDisk,
  checkJupyter,
  checkKernel,
  checkLessons,
  checkNode,
  checkPlotRenderer,
} from "./checks";
import type { Finding } from "./Finding";
import { findingsHtml, findingsText } from "./report";
import { checkEngine, checkSpeed } from "./speed";
import { checkTraining } from "./training";

/** Looks at every part of the installation: two seconds' work, most of it timings, and a start of tfjs. */
export async function examine(): Promise<Finding[]> {
  return [
    checkNode(),
    checkKernel(),
    await checkJupyter(),
    checkPlotRenderer(),
    checkSpeed(),
    checkEngine(),
    await checkTraining(),
    checkDisk(),
    checkLessons(),
  ];
}

/**
 * Shows whether everything that the course needs is in place, and what to do about what is not: a table in
 * a notebook, text in a terminal.
 *
 * @returns nothing; `examine()` gives the findings as data
 */
export async function doctor(): Promise<void> {
  const findings = await examine();
  display({ "text/html": findingsHtml(findings), "text/plain": findingsText(findings) });
}
