// Today's rule: who granted the loan bears its loss.

import { z } from "zod";
import type { SharingRule } from "./registry.ts";

/** The rule's terms: it has none. */
export const originatorTerms = z.strictObject({ rule: z.literal("originator") });

/** All to the originator. */
export const originator: SharingRule = {
  title: "the originator bears its losses",
  share: (lossFen, { marketWeights }) => marketWeights.map((_, i) => i === 0 ? lossFen : 0),
};
