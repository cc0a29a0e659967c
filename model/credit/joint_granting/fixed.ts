// Joint granting by contract: the partner grants a fixed part of every loan.

import type { GrantingRule } from "./registry.ts";

/** The stated part. */
export const fixed: GrantingRule = {
  title: "a fixed part by contract",
  weights: (_facts, { partnerBps }) => [10_000 - partnerBps, partnerBps],
};
