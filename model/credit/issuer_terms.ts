// What a scenario may say of an issuer's monthly work: limits that move, notices, and the loop of data and offers.

import { z } from "zod";

const whole = (low: number, high: number) => z.int().min(low).max(high);
const bps = (high = 10_000) => whole(0, high);

/** How limits are cut and frozen, and how they follow the economy; see `movedLimitFen`, `largeInWindow`, `riskAppetite`. */
export const movingLimitTerms = z.strictObject({
  lateCutBps: bps(),
  hardshipSeenPerMonthBps: bps(),
  hardshipCutBps: bps(),
  belowCutoffCutBps: bps(),
  limitPerUnemploymentBps: bps(),
  largeFromShareBps: whole(1, 10_000),
  largePurchases: whole(1, 50),
  largeWindowDays: whole(1, 90),
  freezeShareBps: bps(),
  freezeDays: whole(0, 180),
});

/** What applicants are shown, and what notices do; see `declineProbability`. */
export const noticeTerms = z.strictObject({
  showTerms: z.boolean(),
  declinePerAprPointBps: bps(2_000),
  promptUseBps: bps(),
  promptDays: whole(1, 180),
});

/** The loop from orders and repayments to scores (`rescore`) and offers (`retarget`); see `offerTo`. */
export const dataLoopTerms = z.strictObject({
  active: z.boolean(),
  rescore: z.boolean(),
  retarget: z.boolean(),
  offerMarginPoints: whole(0, 1_000),
  invitationOrders: whole(0, 200),
  invitationAcceptBps: bps(),
  higherLimitFromUseBps: bps(),
  higherLimitBps: bps(),
  higherLimitAcceptBps: bps(),
  instalmentOfferBps: bps(),
});
