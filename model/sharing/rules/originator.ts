// Today's rule: who granted the loan bears its loss.

import { z } from "zod";
import { originatorOnly } from "#/model/sharing/layers.ts";
import type { SharingRule } from "./registry.ts";

/** The rule's terms: it has none. */
export const originatorTerms = z.strictObject({ rule: z.literal("originator") });

/** All to the originator. */
export const originator: SharingRule = {
  title: "the originator bears its losses",
  layers: ({ marketWeights }) => [{
    widthFen: Infinity,
    originatorFloorBps: 0,
    weights: originatorOnly(marketWeights.length),
    byMarket: false,
  }],
};
