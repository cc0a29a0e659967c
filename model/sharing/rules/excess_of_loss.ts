// Excess of loss: the originator keeps the losses of a period up to a retention, the partner pays what is above, up to a limit.

import { z } from "zod";
import { originatorOnly, partnersOnly } from "#/model/sharing/layers.ts";
import { bpsOf } from "#/model/units/units.ts";
import type { SharingRule } from "./registry.ts";

/** Both in bps of the period's joint credit: what the originator retains, and how far the partner pays above it. */
export const excessOfLossTerms = z.strictObject({
  rule: z.literal("excessOfLoss"),
  retentionBps: z.int().min(0).max(10_000),
  limitBps: z.int().min(0).max(10_000),
});

/** The retention to the originator, the excess to the partner; above its limit come the fund and the remainder. */
export const excessOfLoss: SharingRule = {
  title: "the partner pays a period's losses above a retention, up to a limit",
  layers: ({ marketWeights, jointCreditFen }, { retentionBps, limitBps }) => [
    {
      widthFen: bpsOf(jointCreditFen, retentionBps),
      originatorFloorBps: 0,
      weights: originatorOnly(marketWeights.length),
      byMarket: false,
    },
    {
      widthFen: bpsOf(jointCreditFen, limitBps),
      originatorFloorBps: 0,
      weights: partnersOnly(marketWeights.length),
      byMarket: false,
    },
  ],
};
