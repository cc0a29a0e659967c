// What a deal is worth to who holds its tranches: internal rate, weighted average life, and the defaults it can bear.

import { type InternalRate, internalRate } from "#/model/finance/irr.ts";
import type { DealResult } from "./result.ts";
import { readDeal, type ReadyDeal, runDeal } from "./run.ts";
import type { DealInput } from "./terms.ts";

/** The measures of a tranche. */
export interface TrancheMeasures {
  name: string;
  /** A year, compounded; for a buyer at closing who pays the balance. */
  irr: InternalRate;
  /** Years until principal comes back, weighted with it; null where none does. */
  weightedAverageLifeYears: number | null;
  interestFen: number;
  principalFen: number;
  residualFen: number;
}

/**
 * Rates and lives of all tranches of a run.
 *
 * Shapes and units: actual days ÷ 365 from closing; a buyer pays the balance at closing. Errors: none.
 */
export function trancheMeasures({ closing, tranches }: DealResult): TrancheMeasures[] {
  return tranches.map(({ name, originalFen, flows }) => {
    let interestFen = 0, principalFen = 0, residualFen = 0, weighted = 0;
    const paid = [{ years: 0, amount: -originalFen }];
    for (const flow of flows) {
      const years = (flow.day - closing) / 365, { interestFen: i, principalFen: p, residualFen: r } = flow;
      interestFen += i;
      principalFen += p;
      residualFen += r;
      weighted += p * years;
      if (i + p + r > 0) paid.push({ years, amount: i + p + r });
    }
    return {
      name,
      irr: internalRate(paid),
      weightedAverageLifeYears: principalFen > 0 ? weighted / principalFen : null,
      ...{ interestFen, principalFen, residualFen },
    };
  });
}

/**
 * The default rate a year that a tranche just bears: `cdr`, or that none is too high, or that it is not repaid without any,
 * or why it cannot be known: a formula of the deal has no value under such defaults.
 */
export type BreakEven =
  | { kind: "cdr"; cdr: number }
  | { kind: "always" }
  | { kind: "never" }
  | { kind: "unknown"; why: string };

/** Beyond this share defaulting a year nothing is searched. */
export const highestCdr = 0.995;

/**
 * The highest default rate a year at which each tranche still gets all its principal and interest, to 0.01 points.
 *
 * Shapes: by name. On a pool of loans `cdr` stands instead of the deal's own; on given flows it comes on top of them.
 * Errors: those of reading a deal. Source: bisection; where a trigger makes repayment rise again with defaults, it is the first
 * border that bisection meets.
 */
export function breakEvenDefaultRates(deal: DealInput | ReadyDeal): Record<string, BreakEven> {
  const ready = "waterfalls" in deal ? deal : readDeal(deal);
  const known = new Map<number, boolean[]>();
  const repaid = (cdr: number) => {
    let found = known.get(cdr);
    if (!found) {
      try {
        found = runDeal(ready, { cdr }).tranches.map((it) =>
          it.unpaidFen === 0 && it.interestUnpaidFen === 0
        );
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new RangeError(`with ${Number((cdr * 100).toFixed(4))} % defaulting a year ${error.message}`);
      }
      known.set(cdr, found);
    }
    return found;
  };
  const search = (i: number): BreakEven => {
    if (!repaid(0)[i]) return { kind: "never" };
    if (repaid(highestCdr)[i]) return { kind: "always" };
    let low = 0, high = highestCdr;
    while (high - low > 1e-4) {
      const middle = (low + high) / 2;
      if (repaid(middle)[i]) low = middle;
      else high = middle;
    }
    return { kind: "cdr", cdr: low };
  };
  return Object.fromEntries(
    Object.keys(ready.deal.tranches).map((name, i): [string, BreakEven] => {
      try {
        return [name, search(i)];
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return [name, { kind: "unknown", why: error.message }];
      }
    }),
  );
}
