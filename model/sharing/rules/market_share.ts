// Losses follow market shares, above a floor that the originator keeps.

import { z } from "zod";
import type { SharingRule } from "./registry.ts";

/** `originatorFloorBps`: the part that the originator bears before the rest is split. */
export const marketShareTerms = z.strictObject({
  rule: z.literal("marketShare"),
  originatorFloorBps: z.int().min(0).max(10_000),
});

/** The floor to the originator, the rest by market weights; all to the originator while nobody has a share. */
export const marketShare: SharingRule = {
  title: "losses follow market shares",
  layers: ({ marketWeights }, { originatorFloorBps }) => [{
    widthFen: Infinity,
    originatorFloorBps,
    weights: marketWeights,
    byMarket: true,
  }],
};
