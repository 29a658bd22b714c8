import { counted } from "./counted";
import type { Lateness } from "./GradeReport";

/** What slip days a late submission took: `", 2 slip days used"`; empty when none. */
export function slipped({ slipDays }: Lateness): string {
  return slipDays === undefined ? "" : `, ${counted(slipDays, "slip day")} used`;
}
