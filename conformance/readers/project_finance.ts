// fin/project_finance_dscr.json: interest by day count, sculpted debt, capacity under a target DSCR, and a published table of cover.

import assert from "node:assert/strict";
import { type DayCount, yearsBetween } from "#/model/finance/day_count.ts";
import { debtServiceCover, loanLifeCover, projectLifeCover } from "#/model/finance/debt_cover.ts";
import { debtCapacity, sculptedDebt, sculptedPeriod } from "#/model/finance/debt_sizing.ts";
import { epochDay } from "#/model/units/calendar.ts";
import { type CaseResult, examine, near, unread } from "../case.ts";

interface Case {
  id: string;
  openingDebt: number;
  rate: number;
  dayCount?: string;
  start: string;
  end: string;
  days?: number;
  cfads: number | number[];
  targetDSCR: number;
  interest: number;
  periodStarts?: string[];
  periodEnds?: string[];
  expectedInterest?: number;
  expectedDebtService?: number;
  expectedPrincipal?: number;
  expectedClosing?: number;
  expectedCapacity?: number;
  expectedPrincipalEach?: number;
  tolerance?: number;
}

interface Table {
  netCashflow: number[];
  debtRepayment: number[];
  expectedADSCR: number[];
  tolerance: number;
}

/** "act/365" is the fixed one. */
const part = (from: string, to: string, dayCount = "act/365") =>
  yearsBetween(epochDay(from), epochDay(to), (dayCount === "act/365" ? "act/365F" : dayCount) as DayCount);

/** Reads the cases, the table of eight years, and holds the invariants on every sculpted case. */
export function projectFinanceCases(text: string): CaseResult[] {
  const { cases, tablePublished } = JSON.parse(text) as { cases: Case[]; tablePublished?: Table };
  return [
    ...cases.map((one) => {
      if (Array.isArray(one.cfads)) return examine(one.id, () => capacity(one, one.cfads as number[]));
      if (one.expectedInterest !== undefined) return examine(one.id, () => interest(one));
      if (typeof one.cfads === "number") return examine(one.id, () => period(one, one.cfads as number));
      return unread(one.id, `case of ${Object.keys(one).join(", ")}`);
    }),
    ...(tablePublished ? table(tablePublished) : []),
  ];
}

function interest({ openingDebt, rate, dayCount, start, end, days, expectedInterest }: Case): void {
  if (days !== undefined) assert.equal(epochDay(end) - epochDay(start), days);
  const own = sculptedPeriod(openingDebt, {
    ...{ cfads: 0, targetDscr: 1 },
    rate: rate * part(start, end, dayCount),
  });
  near(own.interest, expectedInterest!, { tolerance: 1e-9, what: "the interest" });
}

function period({ openingDebt, targetDSCR, interest, ...expected }: Case, cfads: number): void {
  const own = sculptedPeriod(openingDebt, { cfads, rate: interest / openingDebt, targetDscr: targetDSCR });
  const pairs = [
    ["service", own.service, expected.expectedDebtService],
    ["principal", own.principal, expected.expectedPrincipal],
    ["closing", own.closing, expected.expectedClosing],
  ] as const;
  const known = pairs.filter(([, , figure]) => figure !== undefined);
  assert.ok(known.length > 0, "the case expects nothing");
  for (const [what, figure, wanted] of known) near(figure, wanted!, { tolerance: 1e-9, what: `the ${what}` });
}

function capacity(one: Case, cfads: number[]): void {
  const { rate, dayCount, periodStarts, periodEnds, targetDSCR, tolerance = 1e-9 } = one;
  const rates = cfads.map((_, i) =>
    periodStarts && periodEnds ? rate * part(periodStarts[i], periodEnds[i], dayCount) : rate
  );
  const { debt, periods } = sculptedDebt(cfads, { rates, targetDscr: targetDSCR });
  if (one.expectedCapacity === undefined) throw new RangeError("the case expects no capacity");
  const off = Math.abs(debt - one.expectedCapacity);
  assert.ok(
    off <= tolerance,
    `the capacity is ${debt}, expected ${one.expectedCapacity} within ${tolerance}`,
  );
  if (one.expectedPrincipalEach !== undefined) {
    for (const { principal } of periods) {
      near(principal, one.expectedPrincipalEach, { tolerance: 1e-9, what: "the principal" });
    }
  }
  invariants(cfads, { rates, debt, periods, targetDscr: targetDSCR });
}

/** The file's invariants, on a debt that was sculpted. */
function invariants(
  cfads: number[],
  { rates, debt, periods, targetDscr }:
    & { rates: number[]; debt: number; targetDscr: number }
    & Pick<ReturnType<typeof sculptedDebt>, "periods">,
): void {
  for (const [i, { closing }] of periods.entries()) {
    assert.equal(closing, periods[i + 1]?.opening ?? 0, "the loan does not roll forward");
  }
  const llcr = loanLifeCover(cfads, { debt, rates });
  const tail = { debt, rates: [...rates, rates[0]] };
  const plcr = projectLifeCover([...cfads, cfads[0]], tail);
  assert.ok(llcr.kind === "one" && plcr.kind === "one");
  near(llcr.ratio, targetDscr, { tolerance: 1e-12, what: "the loan life cover" });
  assert.ok(plcr.ratio >= llcr.ratio, "the project's cover is below the loan's");
  const cover = debtServiceCover(cfads, periods.map(({ service }) => service));
  assert.ok(cover.kind === "cover" && cover.minimum <= cover.average + 1e-12);
  const sized = debtCapacity(cfads, {
    ...{ rates, tenor: cfads.length, eligibleCost: debt },
    limits: { dscr: targetDscr, gearing: 0.5 },
  });
  assert.deepEqual([sized.binding, sized.debt], ["gearing", debt / 2]);
}

/** The table's ratio is its net cash flow over its repayment of the year. */
function table({ netCashflow, debtRepayment, expectedADSCR, tolerance }: Table): CaseResult[] {
  const cover = debtServiceCover(netCashflow, debtRepayment);
  return expectedADSCR.map((expected, i) =>
    examine(`table year ${i + 1}`, () => {
      const own = cover.kind === "cover" ? cover.byPeriod[i] : null;
      assert.ok(own !== null && Math.abs(own - expected) <= tolerance, `${own}, expected ${expected}`);
    })
  );
}
