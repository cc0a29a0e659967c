// An uncommitted bank line: the bank lends while it likes, and asks for its money back at a few days' notice.

import { z } from "zod";
import type { FundingSource } from "./registry.ts";
import { actual365, drawnFor, number, upTo } from "./rules.ts";

/** What a scenario says of the uncommitted line. */
export const uncommittedLineTerms = z.strictObject({
  active: z.boolean(),
  limitCny: number.cny(),
  spreadBps: number.bps(2_000),
  /** Between the bank's word and the day on which all is due. */
  noticeDays: number.days(0, 90),
});

/** Draws up to the limit while no notice has been given; nothing is paid for what is not drawn. */
export const uncommittedLine: FundingSource = {
  title: "uncommitted bank line",
  lender: "banks",
  kind: "revolving",
  terms: uncommittedLineTerms,
  draw: upTo,
  interestOfDay: actual365,
  quote: drawnFor(30),
};
