// Real-time gross settlement over the bridge: each payment at once, from prefunded money.

import type { Rail } from "./registry.ts";

/** Enters while the prefunded balance and the intraday credit cover the payment. */
export const rtgs: Rail = {
  title: "real-time bridge, prefunded",
  finality: "at-once",
  admits: (balanceFen, creditFen, amountFen) => balanceFen + creditFen >= amountFen,
};
