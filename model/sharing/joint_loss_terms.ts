// What a scenario may say of joint losses beside the rule: periods, caps, true-up, guarantee fund, remainder, licences, appetite.

import { z } from "zod";
import { remainderBearers } from "./layers.ts";

const whole = (low: number, high: number) => z.int().min(low).max(high);
const bps = () => whole(0, 10_000);

/** When provisional market weights are replaced by those of the month's own trade. */
export const trueUps = ["none", "monthly"] as const;

/** The scenario's section `jointLosses`. Rates are of the period's joint credit unless said otherwise. */
export const jointLossTerms = z.strictObject({
  /** Months after which layers and caps start afresh. */
  periodMonths: whole(1, 60),
  /** Most that each bears in a period under the rule; 10,000: no cap. */
  originatorCapBps: bps(),
  partnerCapBps: bps(),
  trueUp: z.enum(trueUps),
  remainder: z.enum(remainderBearers),
  /** How far an issuer's cut-off across the bridge follows the share of loss that it bears; 0: not at all. */
  lossResponseBps: bps(),
  /** The loss of a period that issuers reckon with when they work out that share. */
  expectedLossBps: bps(),
  fund: z.strictObject({
    /** Of each joint credit, paid by who granted it. */
    contributionBps: bps(),
    /** Paid on the first day, half by each issuer. */
    upFrontCny: whole(0, 90_000_000_000_000),
    /** Of the joint book; what is above it, and above what was paid up front, goes back at month ends. */
    targetBps: bps(),
    /** Most that it pays for one originator in a period; 10,000: no cap. */
    capBps: bps(),
  }),
  /** Whether an issuer holds a licence to give guarantees. */
  guaranteeLicence: z.strictObject({ jd: z.boolean(), ant: z.boolean() }),
});
