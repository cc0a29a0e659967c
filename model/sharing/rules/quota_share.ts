// A quota by contract: the partner bears a fixed part of every loss.

import { z } from "zod";
import type { SharingRule } from "./registry.ts";

/** `partnerBps`: the part of every loss that the partner bears. */
export const quotaShareTerms = z.strictObject({
  rule: z.literal("quotaShare"),
  partnerBps: z.int().min(0).max(10_000),
});

/** The quota to the partner, the rest to the originator; several partners bear it in equal parts. */
export const quotaShare: SharingRule = {
  title: "the partner bears a fixed quota of each loss",
  layers({ marketWeights }, { partnerBps }) {
    const partners = marketWeights.length - 1;
    return [{
      widthFen: Infinity,
      originatorFloorBps: 0,
      weights: marketWeights.map((_, i) =>
        i > 0 ? partnerBps : partners > 0 ? (10_000 - partnerBps) * partners : 1
      ),
      byMarket: false,
    }];
  },
};
