// Losses follow market shares, above a floor that the originator keeps.

import { z } from "zod";
import { apportion } from "#/model/sharing/apportion.ts";
import { bpsOf } from "#/model/units/units.ts";
import type { SharingRule } from "./registry.ts";

/** `originatorFloorBps`: the part that the originator bears before the rest is split. */
export const marketShareTerms = z.strictObject({
  rule: z.literal("marketShare"),
  originatorFloorBps: z.int().min(0).max(10_000),
});

/** The floor to the originator, the rest by market weights; all to the originator while nobody has a share. */
export const marketShare: SharingRule = {
  title: "losses follow market shares",
  share(lossFen, { marketWeights }, { originatorFloorBps }) {
    const floorFen = bpsOf(lossFen, originatorFloorBps);
    const weighed = marketWeights.some((weight) => weight > 0)
      ? apportion(lossFen - floorFen, marketWeights)
      : marketWeights.map((_, i) => i === 0 ? lossFen - floorFen : 0);
    weighed[0] += floorFen;
    return weighed;
  },
};
