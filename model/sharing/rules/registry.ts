// Inter-platform sharing rules: who bears the loss of a loan that one platform granted and the other's shop brought in.
// A new rule is a file, a line in `sharingRules` and a line in `sharingTerms`.

import { z } from "zod";
import type { RuleLayer, SharingFacts } from "#/model/sharing/layers.ts";
import { excessOfLoss, excessOfLossTerms } from "./excess_of_loss.ts";
import { layered, layeredTerms } from "./layered.ts";
import { marketShare, marketShareTerms } from "./market_share.ts";
import { originator, originatorTerms } from "./originator.ts";
import { quotaShare, quotaShareTerms } from "./quota_share.ts";

/** The terms of all rules side by side, bps; a rule reads its own. */
export interface RuleTerms {
  originatorFloorBps: number;
  partnerBps: number;
  attachmentBps: number;
  detachmentBps: number;
  retentionBps: number;
  limitBps: number;
}

/** Terms in which nothing has been agreed. */
export const blankRuleTerms: RuleTerms = {
  originatorFloorBps: 0,
  partnerBps: 0,
  attachmentBps: 0,
  detachmentBps: 0,
  retentionBps: 0,
  limitBps: 0,
};

/** A rule: its layers, first to last. {@link SharingFacts} say how wide they are and how they are split. */
export interface SharingRule {
  /** In words, for reports. */
  title: string;
  layers(facts: SharingFacts, terms: RuleTerms): RuleLayer[];
}

/** All rules, by the name a scenario says. */
export const sharingRules = {
  originator,
  marketShare,
  quotaShare,
  layered,
  excessOfLoss,
} satisfies Record<string, SharingRule>;
/** The name of a rule. */
export type SharingRuleName = keyof typeof sharingRules;

/** The terms of whichever rule a scenario names. */
export const sharingTerms = z.discriminatedUnion("rule", [
  originatorTerms,
  marketShareTerms,
  quotaShareTerms,
  layeredTerms,
  excessOfLossTerms,
]);
