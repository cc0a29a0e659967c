// What a scenario may say of reconciliation between the files of two platforms.

import { z } from "zod";

const whole = (low: number, high: number) => z.int().min(low).max(high);

/** How often files disagree, what it costs to find out why, and how many people look. */
export const reconciliationTerms = z.strictObject({
  breakPpm: whole(0, 1_000_000),
  perFailedCasePpm: whole(0, 1_000_000),
  aboveLimitPpm: whole(0, 1_000_000),
  workedOffPerDay: whole(0, 100_000_000),
  leastDays: whole(0, 60),
  costFen: whole(0, 1_000_000),
});
