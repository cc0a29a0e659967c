// Inter-platform sharing rules: who bears the loss of a loan that one platform granted and the other's shop brought in.
// A new rule is a file, a line in `sharingRules` and a line in `sharingTerms`.

import { z } from "zod";
import type { Fen } from "#/model/units/units.ts";
import { marketShare, marketShareTerms } from "./market_share.ts";
import { originator, originatorTerms } from "./originator.ts";

/** What a rule may look at. */
export interface SharingFacts {
  /** Each platform's part in the joint market, in whole weights; index 0 is the loan's originator. */
  marketWeights: readonly number[];
}

/** A rule: the shares of a loss in whole fen, index 0 the originator; they sum to the loss and none is negative. */
export interface SharingRule {
  /** In words, for reports. */
  title: string;
  share(lossFen: Fen, facts: SharingFacts, terms: { originatorFloorBps: number }): Fen[];
}

/** All rules, by the name a scenario says. */
export const sharingRules = { originator, marketShare } satisfies Record<string, SharingRule>;

/** The terms of whichever rule a scenario names. */
export const sharingTerms = z.discriminatedUnion("rule", [originatorTerms, marketShareTerms]);
