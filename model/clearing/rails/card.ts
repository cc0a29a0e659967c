// Card clearing: the network collects the day's slips and settles one net a member on the next morning.

import type { Rail } from "./registry.ts";

/** Always enters: the network guarantees; what a member owes meets its net debit cap on the next morning. */
export const card: Rail = {
  title: "card network, cleared overnight",
  finality: "next-day",
  admits: (balanceFen, creditFen, amountFen) => balanceFen - amountFen >= -creditFen,
};
