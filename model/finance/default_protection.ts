// Protection against one debtor's default: a premium a year against what is not recovered, at a constant rate of default.

import { exp } from "#/model/units/elementary.ts";
import { checked } from "./checks.ts";
import { type DayCount, yearsBetween } from "./day_count.ts";

/** A contract of protection, the dates of its periods, and the rates by which it is valued. */
export interface DefaultProtection {
  /** The day of valuation, and the ends of the periods from the first one's start; days since 1970. */
  today: number;
  dates: readonly number[];
  notional: number;
  /** The premium, a share of the notional a year. */
  premium: number;
  /** What is got back of the notional after a default, as a share. */
  recovery: number;
  /** Defaults a year while the debtor lives, and interest a year: both continuous, by the day count. */
  hazard: number;
  rate: number;
  dayCount: DayCount;
}

/** The worth of both sides today, and the premium at which they are equal. */
export interface ProtectionWorth {
  premiums: number;
  claims: number;
  /** Premiums less claims: what the contract is worth to who gives the protection. */
  toSeller: number;
  fairPremium: number;
}

/**
 * Values a contract of protection.
 *
 * A default falls in the middle of its period, is paid then, and ends the premium with the part accrued by then; periods that have
 * ended are left out, of the running one today's rest is at risk.
 * Errors: `RangeError` for fewer than two dates, dates that do not rise, no period left, or figures out of range.
 * Source: the mid-point method; J. Hull and A. White, "Valuing Credit Default Swaps I" (2000).
 *
 * @example
 * ```ts
 * import { defaultProtection } from "#/model/finance/default_protection.ts";
 * import assert from "node:assert/strict";
 * const terms = { today: 0, dates: [0, 360, 720], notional: 100, premium: 0.012, recovery: 0.4, rate: 0.05 };
 * const { fairPremium } = defaultProtection({ ...terms, hazard: 0.02, dayCount: "act/360" });
 * // About the hazard times what is not recovered.
 * assert.ok(Math.abs(fairPremium - 0.02 * 0.6) < 5e-4);
 * ```
 */
export function defaultProtection(
  { today, dates, notional, premium, recovery, hazard, rate, dayCount }: DefaultProtection,
): ProtectionWorth {
  checked("notional", notional, { least: 0 });
  checked("premium", premium, { least: 0, most: 10 });
  checked("recovery", recovery, { least: 0, most: 1 });
  checked("hazard", hazard, { least: 0, most: 100 });
  checked("rate", rate, { least: -1, most: 10 });
  const wrong = dates.findIndex((date, i) => i > 0 && !(date > dates[i - 1]));
  if (dates.length < 2 || wrong >= 0) {
    throw new RangeError(
      `Cannot value protection over ${dates.length} dates` +
        (wrong >= 0 ? `: date ${wrong} does not come after the one before` : ": two or more are needed"),
    );
  }
  if (dates[dates.length - 1] <= today) throw new RangeError("Cannot value protection that has ended");
  const years = (from: number, to: number) => yearsBetween(from, to, dayCount);
  const alive = (day: number) => exp(-hazard * years(today, day)),
    worth = (day: number) => exp(-rate * years(today, day));
  let unit = 0, claims = 0;
  for (let i = 1; i < dates.length; i++) {
    const start = dates[i - 1], end = dates[i];
    if (end <= today) continue;
    const exposed = Math.max(start, today), middle = exposed + Math.floor((end - exposed) / 2);
    const defaults = alive(exposed) - alive(end);
    unit += alive(end) * years(start, end) * worth(end) + defaults * years(start, middle) * worth(middle);
    claims += defaults * (1 - recovery) * worth(middle);
  }
  const premiums = premium * notional * unit;
  return {
    premiums,
    claims: claims * notional,
    toSeller: premiums - claims * notional,
    fairPremium: claims / unit,
  };
}
