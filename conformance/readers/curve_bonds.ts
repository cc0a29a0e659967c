// The part of fin/bonds.json from Hastructure: worth, life, durations and spread of flows on a curve that runs in lines.
//
// The source cuts each flow's worth to the cent, so a price may lie a cent a flow below; its weighted life is cut to two
// places. Its convexity counts the first flow only, so that part is held against it, not the whole.

import assert from "node:assert/strict";
import { yearsBetween } from "#/model/finance/day_count.ts";
import { sensitivityOnCurve, worthOnCurve, type ZeroCurve, zSpread } from "#/model/finance/zero_curve.ts";
import { epochDay } from "#/model/units/calendar.ts";
import { type CaseResult, examine, unread } from "../case.ts";

/** A case of any kind; which fields it has goes by `what`. */
export interface CurveCase {
  index: number;
  what: string;
  curve: [string, number][];
  from_: string;
  to: string;
  amount: number;
  priceDate: string;
  date: string;
  price: number;
  originBalance: number;
  flows: (string | number)[][];
  flowsFields?: string[];
  expected: number | Record<string, number>;
}

interface Flow {
  day: number;
  balanceAfter: number;
  principal: number;
  amount: number;
}

/** The source's bond pays 8 % by actual days over 365 from 1 January 2021 on; the file does not say so. */
const accrual = { rate: 0.08, from: "2021-01-01" };

/** A case for each figure. */
export function curveCases(cases: readonly CurveCase[]): CaseResult[] {
  return cases.flatMap((one): CaseResult[] => {
    const name = `${one.what} ${one.index}`;
    if (typeof one.expected !== "number") return priced(name, one, one.expected);
    const expected = one.expected;
    if (one.what.startsWith("pv")) return [examine(name, () => worth(one, expected))];
    if (one.what === "zSpread") return [examine(name, () => spread(one, expected))];
    return [unread(name, `"${one.what}"`)];
  });
}

const curveOf = ({ curve }: CurveCase): ZeroCurve => ({
  points: curve.map(([date, rate]) => ({ day: epochDay(date), rate })),
});

function flowsOf(
  { flows, flowsFields = ["date", "balanceAfter", "interest", "principal"] }: CurveCase,
): Flow[] {
  return flows.map((row) => {
    const by = Object.fromEntries(flowsFields.map((field, i) => [field, row[i]])) as Record<string, number>;
    const { date, balanceAfter, interest, principal, cash = interest + principal } = by;
    return { day: epochDay(String(date)), balanceAfter, principal, amount: cash };
  });
}

/** The source's figure lies at most a cent a flow below ours. */
function cut(own: number, expected: number, most: number): void {
  const isCut = own - expected >= -1e-9 && own - expected < most;
  assert.ok(isCut, `${own}, expected ${expected}, cut by less than ${most}`);
}

function worth(one: CurveCase, expected: number): void {
  const flows = [{ day: epochDay(one.to), amount: one.amount }];
  cut(worthOnCurve(curveOf(one), { flows, from: epochDay(one.from_) }), expected, 0.01);
}

/** The spread that is expected explains the price to the cent of each flow, and ours explains it fully. */
function spread(one: CurveCase, expected: number): void {
  const flows = flowsOf(one), from = epochDay(one.date), curve = curveOf(one);
  const price = one.price * one.originBalance / 100;
  const found = zSpread(curve, { flows, from, price });
  assert.ok(found.kind === "one", "no spread explains the price");
  assert.ok(Math.abs(worthOnCurve(curve, { flows, from, spread: found.spread }) - price) < 1e-9 * price);
  const off = Math.abs(worthOnCurve(curve, { flows, from, spread: expected }) - price);
  assert.ok(off <= 0.01 * flows.length, `the spread is ${found.spread}, expected ${expected}`);
}

function priced(name: string, one: CurveCase, expected: Record<string, number>): CaseResult[] {
  const from = epochDay(one.priceDate), curve = curveOf(one);
  const flows = flowsOf(one).filter(({ day }) => day > from), cents = 0.01 * flows.length;
  const whole = sensitivityOnCurve(curve, { flows, from });
  const owed = flows[0].balanceAfter + flows[0].principal;
  const first = sensitivityOnCurve(curve, { flows: flows.slice(0, 1), from });
  const relative = cents / whole.price;
  const checks: Record<string, (figure: number) => void> = {
    pv: (figure) => cut(whole.price, figure, cents),
    facePct: (figure) =>
      cut(100 * whole.price / one.originBalance, figure, 100 * cents / one.originBalance + 1e-6),
    wal: (figure) => {
      const weighted = flows.reduce((sum, it) => sum + it.principal * yearsBetween(from, it.day), 0);
      cut(weighted / owed, figure, 0.01);
    },
    duration: (figure) => scaled(whole.macaulayYears, figure, relative),
    convexity: (figure) => scaled(first.convexity * first.price / whole.price, figure, relative),
    accruedInterest: (figure) =>
      cut(owed * accrual.rate * yearsBetween(epochDay(accrual.from), from), figure, 0.01),
  };
  return Object.entries(expected).map(([what, figure]) =>
    Object.hasOwn(checks, what)
      ? examine(`${name} ${what}`, () => checks[what](figure))
      : unread(`${name} ${what}`, `figure "${what}"`)
  );
}

/** As far off as cut cents move a ratio of worths, and the last printed place. */
function scaled(own: number, expected: number, relative: number): void {
  const within = relative * Math.abs(own) + 1e-6;
  assert.ok(Math.abs(own - expected) <= within, `${own}, expected ${expected} within ${within}`);
}
