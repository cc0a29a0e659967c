// What a scenario may say of a treasury: its contingency plan, the stress it measures itself by, and when it warns.

import { z } from "zod";

const whole = (low: number, high: number) => z.int().min(low).max(high);
const bps = (high = 10_000) => whole(0, high);

/** One treasury's plan and gauges; both issuers have the same. */
export const treasuryTerms = z.strictObject({
  /** How much the last sight of a day of the month counts against those before. */
  learnBps: whole(1, 10_000),
  stress: z.strictObject({
    /** What comes back of the book, of what is usual. */
    backBps: bps(),
    /** New credit that cannot be refused at once, of what is usual. */
    lentBps: bps(20_000),
    /** Of the lines that can be drawn, what is gone after 30 days. */
    lineRunoffBps: bps(),
    /** Of drawn money that can be called, what has to be repaid within 30 days. */
    calledBps: bps(),
  }),
  contingency: z.strictObject({
    active: z.boolean(),
    drawUnusedDays: whole(0, 90),
    tightenOffersDays: whole(0, 90),
    throttleDays: whole(0, 90),
    stopDays: whole(0, 90),
    placeReceivablesDays: whole(0, 90),
    leaveAboveDays: whole(0, 90),
    calmDays: whole(1, 90),
    /** New credit granted while throttled. */
    throttleBps: bps(),
    /** Receivables placed: at most this part of what is not late, for this part of their face, at this margin. */
    placeMostBps: bps(),
    placeAdvanceBps: bps(),
    placeSpreadBps: bps(5_000),
  }),
  warn: z.strictObject({
    survivalDays: whole(0, 90),
    bufferBps: bps(50_000),
    utilisationBps: bps(20_000),
    spreadRiseBps: bps(5_000),
    lateRiseBps: bps(100_000),
    forecastErrorBps: bps(100_000),
    /** So many indicators at once ring the alarm. */
    indicators: whole(1, 6),
    /** How far ahead an alarm speaks, and how long nothing may happen between two. */
    windowDays: whole(1, 365),
    quietDays: whole(1, 90),
  }),
});
