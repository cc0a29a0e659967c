// Tranches: the first loss stays with the originator, a middle layer follows market shares, above it stands the guarantee fund.

import { z } from "zod";
import { originatorOnly } from "#/model/sharing/layers.ts";
import { bpsOf } from "#/model/units/units.ts";
import type { SharingRule } from "./registry.ts";

/**
 * Points of the period's cumulative loss, in bps of its joint credit: up to `attachmentBps` the originator alone, from there to
 * `detachmentBps` the middle layer, of which it keeps a floor.
 */
export const layeredTerms = z.strictObject({
  rule: z.literal("layered"),
  attachmentBps: z.int().min(0).max(10_000),
  detachmentBps: z.int().min(0).max(10_000),
  originatorFloorBps: z.int().min(0).max(10_000),
});

/** First loss, middle by market shares; the fund and the remainder follow. A detachment below the attachment is no middle. */
export const layered: SharingRule = {
  title: "first loss with the originator, then market shares, then the guarantee fund",
  layers({ marketWeights, jointCreditFen }, { attachmentBps, detachmentBps, originatorFloorBps }) {
    const attachmentFen = bpsOf(jointCreditFen, attachmentBps);
    const middleFen = Math.max(0, bpsOf(jointCreditFen, detachmentBps) - attachmentFen);
    return [
      {
        widthFen: attachmentFen,
        originatorFloorBps: 0,
        weights: originatorOnly(marketWeights.length),
        byMarket: false,
      },
      { widthFen: middleFen, originatorFloorBps, weights: marketWeights, byMarket: true },
    ];
  },
};
