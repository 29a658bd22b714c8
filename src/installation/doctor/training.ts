import { tryBackend } from "../../tfjs";
import { type Finding, START } from "./Finding";

/** What networks are trained on. WebAssembly will do for the whole course, so that a faster one is but a hint. */
export async function checkTraining(attempt = tryBackend): Promise<Finding> {
  const subject = "Training";
  try {
    const { name, reason: found, faster: remedy } = await attempt();
    const state = name === "cpu" ? "warning" : "good";
    return { subject, state, found, ...(remedy && { remedy }) };
  } catch (error) {
    const found = `tfjs does not run: ${(error as Error).message}`;
    return { subject, state: "bad", found, remedy: START };
  }
}
