// What a scenario may say of the rule book: whether and from which day each rule is in force, and its numbers.

import { z } from "zod";

const whole = (low: number, high: number) => z.int().min(low).max(high);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "an ISO date such as 2020-09-07");
/** `until` is the first day on which it no longer holds; without it the rule stays. */
const dated = <S extends z.ZodRawShape>(own: S) =>
  z.strictObject({ active: z.boolean(), from: day, until: day.optional(), ...own });
const followed = { graceDays: whole(0, 3_650), cureDays: whole(1, 3_650), keptDays: whole(1, 365) };

/** The rules by name; the all-in cost cap stands in the book's own two keys. */
export const ruleTerms = z.strictObject({
  bankLeverage: dated({ mostBps: whole(0, 1_000_000), ...followed }),
  bondLeverage: dated({ mostBps: whole(0, 1_000_000), ...followed }),
  platformContribution: dated({ leastBps: whole(0, 10_000) }),
  partnerShare: dated({ mostBps: whole(0, 10_000), ...followed }),
  jointLoanShare: dated({ mostBps: whole(0, 10_000), ...followed }),
  household: dated({ mostCny: whole(0, 100_000_000) }),
  licensedScoring: dated({}),
});

/** The banks that lend jointly, all together: what the two limits of their own are measured by. */
export const partnerBankTerms = z.strictObject({
  tierOneCny: whole(0, 90_000_000_000_000),
  loansCny: whole(0, 90_000_000_000_000),
});
