import type { Lateness, LatePolicy } from "../report";
import { roundPoints } from "./roundPoints";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * What a submission loses by its lateness; undefined when it came in time. Within the grace period nothing;
 * after it, each day begun since the due date costs its percentage, down to the floor.
 *
 * @param submittedAt ISO 8601
 * @param points what it would be worth in time
 *
 * @example
 * const policy = { due: "2026-11-20T12:00:00Z", grace: 15, percentPerDay: 10, floorPercent: 50 };
 * lateness(policy, "2026-11-21T13:00:00Z", 5) // → { days: 2, factor: 0.8, penalty: 1 }
 */
export function lateness(
  policy: LatePolicy,
  submittedAt: string,
  points: number,
): Lateness | undefined {
  const late = Date.parse(submittedAt) - Date.parse(policy.due);
  if (late <= 0) return undefined;
  const days = late <= policy.grace * MINUTE ? 0 : Math.ceil(late / DAY);
  const kept = Math.max(policy.floorPercent, 100 - policy.percentPerDay * days);
  const factor = days === 0 ? 1 : kept / 100;
  return { days, factor, penalty: roundPoints(points * (1 - factor)) };
}
