// What a scenario may say of purchases at shops in another currency.

import { z } from "zod";
import { currencies, type Currency } from "./currency.ts";
import { bearers } from "./settlement.ts";

const whole = (low: number, high: number) => z.int().min(low).max(high);
const bps = (high = 10_000) => whole(0, high);

/** What happens to a quote whose time is over when the shopper confirms. */
export const expiries = ["refresh", "refuse"] as const;

/** The section `crossBorder` of a scenario. */
export const crossBorderTerms = z.strictObject({
  active: z.boolean(),
  currency: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]),
  /** CNY for one unit of foreign currency on the first day, in millionths. */
  midPpm: whole(1_000, 20_000_000),
  /** Standard deviation of a business day's move. */
  volatilityBps: bps(500),
  fixingMinute: whole(0, 1_439),
  /** On each side of mid. */
  spreadBps: bps(1_000),
  quoteValidMinutes: whole(0, 1_440),
  onExpiry: z.enum(expiries),
  /** Mean time from quote to confirmation, without a challenge. */
  confirmSeconds: whole(1, 3_600),
  bearer: z.enum(bearers),
  settlementLagDays: whole(1, 5),
  correspondentFeeBps: bps(500),
  interchangeBps: bps(500),
  /** Share of people who buy abroad, and of their wants. */
  buyersBps: bps(),
  wantsBps: bps(),
  accepts: z.strictObject({ baitiao: z.boolean(), huabei: z.boolean() }),
  region: z.strictObject({
    perPurchaseCapCny: whole(0, 100_000_000),
    perYearCapCny: whole(0, 100_000_000),
    costCapBps: bps(),
    needsDataConsent: z.boolean(),
    dataConsentBps: bps(),
  }),
});
