import type { Lateness, LatePolicy } from "../report";
import { roundPoints } from "../report/formatPoints";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * What a submission loses by its lateness; undefined when it came in time. Within the grace period nothing;
 * after it, each day begun since the due date costs its percentage, down to the floor: at 10% a
 * day, 25 hours cost a fifth.
 *
 * @param submittedAt ISO 8601
 * @param points what it would be worth in time
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
