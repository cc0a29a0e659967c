// Own money alone: nothing can be drawn, nothing is owed.

import type { FundingSource } from "./registry.ts";

/** No draws, no interest. */
export const equity: FundingSource = {
  title: "own funds only",
  draw: () => 0,
  interestOfDay: () => 0,
};
