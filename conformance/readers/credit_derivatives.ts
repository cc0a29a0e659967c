// Parts of fin/portfolio_credit.json: protection against one default, and the spreads of a pool's tranches.

import { trancheSpreads } from "#/model/credit/portfolio/tranche_spread.ts";
import { paymentDay } from "#/model/finance/business_days.ts";
import type { DayCount } from "#/model/finance/day_count.ts";
import { defaultProtection } from "#/model/finance/default_protection.ts";
import { civil, daysInMonth, epochDay } from "#/model/units/calendar.ts";
import { type CaseResult, examine, near } from "../case.ts";
import { easter } from "./brazil.ts";

interface Protection {
  inputs: {
    evaluationDate: string;
    calendar: string;
    hazardRate: number;
    discountRate: number;
    dayCount: DayCount;
    issue: string;
    maturity: string;
    frequency: string;
    fixedRate: number;
    notional: number;
    recovery: number;
    side: string;
  };
  expected: { npv: number; fairSpread: number };
  tolerance: number;
}

const monthsOf: Record<string, number> = { annual: 12, semiannual: 6, quarterly: 3, monthly: 1 };

/** Reads a contract by its issue and maturity in years from the day of valuation. */
export function protectionCase({ inputs, expected, tolerance }: Protection): CaseResult {
  return examine("protection against a default", () => {
    const today = epochDay(inputs.evaluationDate), months = monthsOf[inputs.frequency];
    const [, back] = /^today-(\d+)y$/.exec(inputs.issue) ?? [],
      [, on] = /^issue\+(\d+)y$/.exec(inputs.maturity) ?? [];
    if (
      !back || !on || !months || inputs.calendar !== "TARGET" ||
      !/^protection (seller|buyer)$/.test(inputs.side)
    ) {
      throw new RangeError(`no reader for ${JSON.stringify(inputs)}`);
    }
    const open = (day: number) =>
      paymentDay(day, { isBusinessDay: isTargetDay, convention: "modified following" });
    const issue = open(monthsLater(today, -12 * Number(back))), periods = 12 * Number(on) / months;
    const own = defaultProtection({
      today,
      dates: Array.from({ length: periods + 1 }, (_, i) => open(monthsLater(issue, i * months))),
      notional: inputs.notional,
      premium: inputs.fixedRate,
      recovery: inputs.recovery,
      hazard: inputs.hazardRate,
      rate: inputs.discountRate,
      dayCount: inputs.dayCount,
    });
    const toSide = inputs.side.endsWith("seller") ? own.toSeller : -own.toSeller;
    near(toSide, expected.npv, { tolerance, what: "the worth" });
    near(own.fairPremium, expected.fairSpread, { tolerance, what: "the fair premium" });
  });
}

/** The same day of another month, or its last one. */
function monthsLater(day: number, months: number): number {
  const { year, month, dayOfMonth } = civil(day), index = 12 * year + month - 1 + months;
  const [y, m] = [Math.floor(index / 12), index % 12 + 1], d = Math.min(dayOfMonth, daysInMonth(y, m));
  return epochDay(`${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`);
}

/** Days on which payments in euro settle: holidays since 2000. */
function isTargetDay(day: number): boolean {
  const { year, month, dayOfMonth, weekday } = civil(day);
  if (weekday >= 5) return false;
  const isFixed = [[1, 1], [5, 1], [12, 25], [12, 26]].some(([m, d]) => m === month && d === dayOfMonth);
  return !isFixed && ![-2, 1].includes(day - easter(year));
}

interface Row {
  corr: number;
  /** Degrees of freedom of the common factor, and of what is a loan's own. */
  nm?: number;
  nz?: number;
  spreadsBp: number[];
}

interface Tranches {
  inputs: { pool: number; hazard: number; rate: number; tranches: [number, number][] };
  rowsGaussian: Row[];
  rowsStudentT: Row[];
}

/** Reads a case for each row: printed in whole basis points, from another numerical method, so within 2.5 % or one point. */
export function trancheCases({ inputs, rowsGaussian, rowsStudentT }: Tranches): CaseResult[] {
  const { pool: loans, hazard, rate, tranches } = inputs;
  return [...rowsGaussian, ...rowsStudentT].map(({ corr, nm, nz, spreadsBp }) =>
    examine(`tranches, correlation ${corr}, tails ${nm ?? "normal"} and ${nz ?? "normal"}`, () => {
      const model = { correlation: corr, commonDegrees: nm, ownDegrees: nz };
      // Five years and 40 % got back, as the set's note says.
      const own = trancheSpreads({ loans, hazard, lgd: 0.6, rate, years: 5, model }, tranches);
      for (const [i, printed] of spreadsBp.entries()) {
        const off = Math.abs(own[i] * 1e4 - printed);
        if (!(off <= Math.max(1, 0.025 * printed))) {
          throw new RangeError(`the spread of tranche ${i + 1} is ${own[i] * 1e4} bps, expected ${printed}`);
        }
      }
    })
  );
}
