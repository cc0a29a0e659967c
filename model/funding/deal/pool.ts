// The pool of a deal: what its loans pay, prepay, lose and recover in each collection period, or the flows that were given.

import { epochDay } from "#/model/units/calendar.ts";
import { pow } from "#/model/units/elementary.ts";
import { daysOf, monthsLater } from "./dates.ts";
import { fenOf, wholeFen } from "./money.ts";
import type { Deal } from "./terms.ts";

/** What one collection period brings, whole fen. */
export interface PoolFlow {
  day: number;
  /** What is owed after the period. */
  balanceFen: number;
  interestFen: number;
  principalFen: number;
  prepaymentFen: number;
  defaultFen: number;
  recoveryFen: number;
}

/** Where the flows of a pool come from: one call a collection date, in order. */
export interface Pool {
  /** The collection dates, ascending. */
  days: readonly number[];
  openingFen: number;
  collect: (index: number) => PoolFlow;
  /** Whether nothing more can come in after the date. */
  spent: (index: number) => boolean;
  /** What can be bought after a collection; absent where there is always enough. */
  buyable?: (index: number) => number;
  /** Buys receivables for cash; they pay from the next month on. Absent for given flows that say nothing of it. */
  buy?: (day: number, balanceFen: number) => void;
  /** Takes the pool out of the deal. */
  sell: () => void;
}

interface Cohort {
  balanceFen: number;
  rate: number;
  months: number;
  isLevel: boolean;
  /** When the last payment was due and when the next one is. */
  before: number;
  due: number;
  /** The first due date, that days of the month are kept of, and how many months have passed. */
  first: number;
  passed: number;
  ageMonths: number;
}

/**
 * The pool of a deal, at closing. `cdr` instead of the assumption's is for break-even searches.
 *
 * Each month a loan first defaults, then prepays of what is left, then pays interest (a twelfth of the rate) and scheduled
 * principal on what is left then; yearly shares x act by 1 − (1 − x)^(days ÷ 365). All amounts are cut to whole fen. Given
 * flows are stressed with the same survival for every fen of them.
 *
 * Errors: `RangeError` for flows whose balances do not roll forward, naming the date.
 * Source: the order of Hastructure's mortgage projection, whose published flows it reproduces.
 */
export function poolOf(deal: Deal, { cdr }: { cdr?: number } = {}): Pool {
  if (deal.pool.fedCny !== undefined) {
    throw new SyntaxError(
      "pool.fedCny: the flows of this pool come from a run; give them, or the run's file",
    );
  }
  return deal.pool.flows ? givenFlows(deal, cdr ?? 0) : projected(deal, cdr ?? deal.pool.assumptions.cdr);
}

function givenFlows(deal: Deal, cdr: number): Pool {
  const closing = epochDay(deal.closing);
  const rows = deal.pool.flows!.map((row) => ({
    day: epochDay(row.date),
    balanceFen: fenOf(row.balanceCny),
    interestFen: fenOf(row.interestCny),
    principalFen: fenOf(row.principalCny),
    prepaymentFen: fenOf(row.prepaymentCny),
    defaultFen: fenOf(row.defaultCny),
    recoveryFen: fenOf(row.recoveryCny),
  }));
  const boughtFen = deal.pool.flows!.map((row) => fenOf(row.boughtCny ?? 0));
  const buys = deal.pool.flows!.some(({ boughtCny }) => boughtCny !== undefined);
  const paid = ({ principalFen, prepaymentFen, defaultFen }: PoolFlow) =>
    principalFen + prepaymentFen + defaultFen;
  for (const [i, row] of rows.entries()) {
    if (i > 0 && row.day <= rows[i - 1].day) {
      throw new RangeError(`pool.flows: ${deal.pool.flows![i].date} does not come after the date before`);
    }
    if (i === 0) continue;
    const leftFen = rows[i - 1].balanceFen + boughtFen[i - 1] - paid(row);
    if (leftFen !== row.balanceFen) {
      throw new RangeError(
        `pool.flows: the balance of ${deal.pool.flows![i].date} is ${
          row.balanceFen / 100
        }, what is paid and lost leaves ${leftFen / 100}`,
      );
    }
  }
  const last = rows.findLastIndex((row) => paid(row) + row.interestFen + row.recoveryFen > 0);
  const openingFen = rows[0].balanceFen + paid(rows[0]);
  let sold = false, owed = openingFen;
  // A deal that buys other amounts than those that the flows were made with gets flows in proportion to what it holds.
  let held = openingFen;
  const shareOf = (row: PoolFlow, wholeFen: number): PoolFlow => {
    if (held === wholeFen) return row;
    const part = (fen: number) => wholeFen === 0 ? 0 : Math.floor(fen * (held / wholeFen));
    const flow = {
      day: row.day,
      interestFen: part(row.interestFen),
      principalFen: part(row.principalFen),
      prepaymentFen: part(row.prepaymentFen),
      defaultFen: part(row.defaultFen),
      recoveryFen: part(row.recoveryFen),
    };
    const restFen = held - flow.principalFen - flow.prepaymentFen - flow.defaultFen;
    return row.balanceFen === 0
      ? { ...flow, principalFen: flow.principalFen + restFen, balanceFen: 0 }
      : { ...flow, balanceFen: restFen };
  };
  const surviving = cdr === 0
    ? rows
    : rows.map((row) => survivors(row, { kept: keptUntil(row.day, { closing, cdr }) }));
  return {
    days: rows.map(({ day }) => day),
    openingFen,
    collect: (index) => {
      const row = surviving[index];
      if (sold) return { ...none, day: row.day };
      if (cdr === 0 && buys) {
        const flow = shareOf(row, row.balanceFen + paid(row));
        held = flow.balanceFen;
        return flow;
      }
      if (cdr === 0) return row;
      const lost = owed - row.principalFen - row.prepaymentFen - row.balanceFen;
      owed = row.balanceFen;
      return { ...row, defaultFen: Math.max(0, lost) };
    },
    spent: (index) => sold || index >= last,
    ...(buys && {
      buyable: (index: number) => {
        const row = surviving[index];
        const fen = cdr === 0
          ? boughtFen[index]
          : wholeFen(boughtFen[index] * keptUntil(row.day, { closing, cdr }));
        return row.balanceFen === held || cdr !== 0 || row.balanceFen === 0
          ? fen
          : Math.floor(fen * (held / row.balanceFen));
      },
      buy: (_day: number, balanceFen: number) => void (held += balanceFen, owed += balanceFen),
    }),
    sell: () => void (sold = true),
  };
}

/** The share of every fen that survives until a day when a share a year does not. */
const keptUntil = (day: number, { closing, cdr }: { closing: number; cdr: number }) =>
  pow(1 - cdr, Math.max(0, day - closing) / 365);

const none = {
  ...{ balanceFen: 0, interestFen: 0, principalFen: 0 },
  ...{ prepaymentFen: 0, defaultFen: 0, recoveryFen: 0 },
};

function survivors(row: PoolFlow, { kept }: { kept: number }): PoolFlow {
  const cut = (fen: number) => wholeFen(fen * kept);
  return {
    day: row.day,
    balanceFen: cut(row.balanceFen),
    interestFen: cut(row.interestFen),
    principalFen: cut(row.principalFen),
    prepaymentFen: cut(row.prepaymentFen),
    defaultFen: cut(row.defaultFen),
    recoveryFen: cut(row.recoveryFen),
  };
}

function projected({ maturity, pool }: Deal, cdr: number): Pool {
  const { cpr, psa, recovery, recoveryLagMonths } = pool.assumptions;
  const cohorts = pool.loans!.map(({ balanceCny, rate, months, style, firstDue, ageMonths }): Cohort => {
    const due = epochDay(firstDue);
    return {
      balanceFen: fenOf(balanceCny),
      ...{
        rate,
        months,
        isLevel: style === "level",
        before: monthsLater(due, -1),
        due,
        first: due,
        passed: 0,
        ageMonths,
      },
    };
  });
  const openingFen = cohorts.reduce((sum, { balanceFen }) => sum + balanceFen, 0);
  const days = daysOf(pool.collection!, epochDay(maturity));
  /** Recoveries that are still to come in. */
  let coming: { day: number; fen: number }[] = [];
  const known = new Map<number, readonly [number, number]>();
  /** The shares of a month of so many days that default and prepay; under PSA they follow the loan's age. */
  const shares = (length: number, age: number) => {
    const key = length * 64 + (psa === undefined ? 0 : Math.min(age, 30));
    let found = known.get(key);
    if (!found) {
      const prepaid = psa === undefined ? cpr : psaCpr(age, psa);
      known.set(key, found = [1 - pow(1 - cdr, length / 365), 1 - pow(1 - prepaid, length / 365)]);
    }
    return found;
  };

  function month(cohort: Cohort, flow: PoolFlow): void {
    const [defaultShare, prepaidShare] = shares(cohort.due - cohort.before, cohort.ageMonths + 1);
    const lost = wholeFen(cohort.balanceFen * defaultShare), left = cohort.balanceFen - lost;
    const prepaid = wholeFen(left * prepaidShare), paying = left - prepaid;
    const interest = wholeFen(paying * cohort.rate / 12);
    const principal = scheduled(cohort, { paying, interest });
    cohort.balanceFen = paying - principal;
    flow.defaultFen += lost;
    flow.prepaymentFen += prepaid;
    flow.interestFen += interest;
    flow.principalFen += principal;
    const back = wholeFen(lost * recovery);
    if (back > 0) coming.push({ day: monthsLater(cohort.due, recoveryLagMonths), fen: back });
    cohort.months--;
    cohort.passed++;
    cohort.ageMonths++;
    [cohort.before, cohort.due] = [cohort.due, monthsLater(cohort.first, cohort.passed)];
  }

  return {
    days,
    openingFen,
    collect: (index) => {
      const flow: PoolFlow = { ...none, day: days[index] };
      for (const cohort of cohorts) {
        while (cohort.due <= flow.day && cohort.balanceFen > 0) month(cohort, flow);
        flow.balanceFen += cohort.balanceFen;
      }
      if (coming.length > 0) {
        for (const { day, fen } of coming) if (day <= flow.day) flow.recoveryFen += fen;
        coming = coming.filter(({ day }) => day > flow.day);
      }
      return flow;
    },
    spent: (index) =>
      index >= days.length - 1 || coming.length === 0 && cohorts.every((it) => it.balanceFen === 0),
    buy: pool.purchase && ((day, balanceFen) => {
      const { rate, months, style } = pool.purchase!, due = monthsLater(day, 1);
      cohorts.push(
        {
          ...{ balanceFen, rate, months, isLevel: style === "level", before: day, due, first: due },
          ...{ passed: 0, ageMonths: 0 },
        },
      );
    }),
    sell: () => {
      cohorts.length = 0;
      coming = [];
    },
  };
}

/** Scheduled principal of a month: an even part, or what a level payment of whole fen leaves after interest; the last month pays all. */
function scheduled(
  { months, rate, isLevel }: Cohort,
  { paying, interest }: { paying: number; interest: number },
): number {
  if (months <= 1) return paying;
  if (!isLevel || rate === 0) return wholeFen(paying / months);
  const monthly = rate / 12;
  const payment = wholeFen(paying * monthly / (1 - pow(1 + monthly, -months)));
  return Math.min(paying, Math.max(0, payment - interest));
}

/**
 * The share prepaid a year by a loan in its `ageMonths`-th month: 0.2 % more each month up to 6 % from the 30th on, times
 * the speed.
 *
 * Shapes: `ageMonths` from 1; `speed` 1 is 100 % PSA. Capped at 1.
 * Source: Public Securities Association standard prepayment model.
 *
 * @example
 * ```ts
 * import { psaCpr } from "#/model/funding/deal/pool.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([1, 15, 30, 40].map((age) => psaCpr(age, 1)), [0.002, 0.03, 0.06, 0.06]);
 * ```
 */
export function psaCpr(ageMonths: number, speed: number): number {
  return Math.min(1, Math.min(ageMonths, 30) * 6 / 3000 * speed);
}
