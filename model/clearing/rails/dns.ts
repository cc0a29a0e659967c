// Deferred net settlement: obligations add up to one net position a participant, settled at the end of each window.

import type { Rail } from "./registry.ts";

/** Enters while the net position stays within the net debit cap. */
export const dns: Rail = {
  title: "deferred net settlement (existing channels)",
  finality: "window",
  admits: (balanceFen, creditFen, amountFen) => balanceFen - amountFen >= -creditFen,
};
