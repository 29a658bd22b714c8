import type { Lateness } from "../report";
import { roundPoints } from "../report/formatPoints";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What lateness costs, from when. */
export interface DuePolicy {
  /** ISO 8601. */
  due: string;
  /** In minutes. */
  grace: number;
  percentPerDay: number;
  floorPercent: number;
}

/**
 * What a submission loses by its lateness; undefined when it came in time. Within the grace period nothing;
 * after it, each day begun since the due date costs its percentage, down to the floor: at 10% a
 * day, 25 hours cost a fifth. Slip days take the place of days late, as few as gain the most.
 *
 * @param submittedAt ISO 8601
 * @param points what it would be worth in time
 * @param slipDays how many the student has left
 */
export function lateness(
  policy: DuePolicy,
  submittedAt: string,
  points: number,
  slipDays = 0,
): Lateness | undefined {
  const late = Date.parse(submittedAt) - Date.parse(policy.due);
  if (late <= 0) return undefined;
  const days = late <= policy.grace * MINUTE ? 0 : Math.ceil(late / DAY);
  const lost = (charged: number): Omit<Lateness, "days"> => {
    const kept = Math.max(policy.floorPercent, 100 - policy.percentPerDay * charged);
    const factor = charged === 0 ? 1 : kept / 100;
    return { factor, penalty: roundPoints(points * (1 - factor)) };
  };
  const most = Math.min(days, slipDays);
  const best = lost(days - most);
  if (best.penalty === lost(days).penalty) return { days, ...lost(days) };
  const used = [...Array(most + 1).keys()].find((n) => lost(days - n).penalty === best.penalty)!;
  return { days, ...best, slipDays: used };
}
