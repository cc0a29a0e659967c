// Joint granting by market shares: each issuer grants as much as its platform's part in the joint trade.

import type { GrantingRule } from "./registry.ts";

/** By trade so far. */
export const market: GrantingRule = {
  title: "by market shares",
  weights: ({ marketWeights }) => marketWeights,
};
