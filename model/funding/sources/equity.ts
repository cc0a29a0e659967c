// Own money alone: nothing can be drawn, nothing is owed.

import { z } from "zod";
import type { FundingSource } from "./registry.ts";

/** No draws, no interest. */
export const equity: FundingSource = {
  title: "own funds only",
  lender: "nobody",
  kind: "own",
  terms: z.strictObject({}),
  draw: () => 0,
  interestOfDay: () => 0,
  quote: () => null,
};
