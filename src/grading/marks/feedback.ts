import { existsSync, readFileSync } from "node:fs";
import type { ExerciseTest, FeedbackLevel } from "../../exercises";
import type { Feedback } from "../report";
import { instant } from "../submissions/submittedAt";

const LEVELS: readonly FeedbackLevel[] = ["nothing", "verdict", "message", "difference"];

/** What an instructor wants students to see. */
export interface FeedbackSettings {
  default: Feedback;
  /** By exercise, `"05.poolForward"`, or test, `"05.poolForward: poolForward(x, 2) takes maxima"`. */
  others: ReadonlyMap<string, Feedback>;
}

/**
 * Reads `"message"`, `"verdict, difference from 2026-12-01"`, or the name of a JSON file with such texts under
 * `"default"`, exercises and tests.
 */
export function readFeedback(text: string): FeedbackSettings {
  if (!existsSync(text)) return { default: feedbackIn(text, "--feedback"), others: new Map() };
  let entries: Record<string, unknown>;
  try {
    entries = JSON.parse(readFileSync(text, "utf8")) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`${text} cannot be read: ${(error as Error).message}`);
  }
  const { default: level = "difference", ...others } = entries;
  const read = (value: unknown, name: string): Feedback =>
    feedbackIn(String(value), `${text}, ${name}`);
  return {
    default: read(level, "default"),
    others: new Map(Object.entries(others).map(([name, value]) => [name, read(value, name)])),
  };
}

function feedbackIn(text: string, what: string): Feedback {
  const [, level, later, from] = /^\s*(\w+)\s*(?:,\s*(\w+)\s+from\s+(\S+)\s*)?$/.exec(text) ?? [];
  const known = (level: string): level is FeedbackLevel => LEVELS.includes(level as FeedbackLevel);
  if (!level || !known(level) || (later && !known(later))) {
    const wanted = `${LEVELS.join(", ")}, or two of them like "verdict, difference from 2026-12-01"`;
    throw new Error(`${what} must be ${wanted}, but is "${text}".`);
  }
  if (!later) return { level };
  const dayAlone = /^\d{4}-\d\d-\d\d$/.test(from); // begins at midnight, here and not in Greenwich
  const at = instant(dayAlone ? `${from}T00:00` : from, what);
  return { level, later: { from: at, level: later as FeedbackLevel } };
}

/**
 * What a student sees of a test: as the settings say of the test, as the test says itself, as the settings
 * say of the exercise, or of all. What they say of an exercise or of all tells of a private test the verdict at most.
 */
export function feedbackFor(
  settings: FeedbackSettings,
  exercise: string,
  { title, feedback }: Pick<ExerciseTest<never>, "title" | "feedback">,
  isPrivate: boolean,
): Feedback {
  const general = settings.others.get(exercise) ?? settings.default;
  return (
    settings.others.get(`${exercise}: ${title}`) ??
    (feedback && { level: feedback }) ??
    (isPrivate ? verdictAtMost(general) : general)
  );
}

function verdictAtMost({ level, later }: Feedback): Feedback {
  const least = (level: FeedbackLevel): FeedbackLevel =>
    level === "nothing" ? "nothing" : "verdict";
  const then = later && { from: later.from, level: least(later.level) };
  return { level: least(level), ...(then && { later: then }) };
}
