// A plan made ready for given flows: names checked, columns allocated, what the contract pays on a full opening worked out.

import { type Columns, columnsOf } from "./columns.ts";
import { checkFlows, counterpartiesOf, type ProjectFlows, type StreamName } from "./flows.ts";
import { type TaxBook, taxBook } from "./tax.ts";
import type { CarveOut, DrawnLoan, EquitySource, Plan, Source, Subsidy, TermDebt, When } from "./terms.ts";

/** One debt's own columns, in fen. */
export interface DebtColumns {
  drawn: Float64Array;
  interest: Float64Array;
  interestPaid: Float64Array;
  principal: Float64Array;
  balance: Float64Array;
  fees: Float64Array;
}

/** One counterparty's payments: what varies with its business on a full opening, its minimum, and what it paid. */
export interface Payer {
  counterparty: string;
  variable: Float64Array;
  minimumFen: number;
  paid: Float64Array;
}

/** A plan with its flows, columns and everything that does not change between evaluations. */
export interface ReadyPlan {
  plan: Plan;
  flows: ProjectFlows;
  months: number;
  columns: Columns;
  payers: Payer[];
  equity: EquitySource[];
  termDebts: TermDebt[];
  loans: DrawnLoan[];
  carveOuts: CarveOut[];
  subsidies: Subsidy[];
  /** By term debt, then drawn loan, then carve-out. */
  debts: DebtColumns[];
  /** What each equity source pays in, by month. */
  paidIn: Float64Array[];
  /** What each use item costs, by month. */
  spent: Float64Array[];
  /** The month (from 0) in which each milestone is reached, infinite where it never is. */
  milestoneMonths: Float64Array;
  /** The month (from 0) in which each use item begins. */
  itemMonths: Float64Array;
  /** Profit, tax and losses of the years. */
  tax: TaxBook;
  /** Whether a month ends a period. */
  endsPeriod: Uint8Array;
}

const isEquity = (source: Source): source is EquitySource =>
  source.kind === "vcPreferred" || source.kind === "strategicEquity" || source.kind === "sponsorEquity";

/**
 * Makes a plan ready for flows.
 *
 * Errors: `RangeError` as of {@link checkFlows}, for a clause with a counterparty that the flows do not have and for a pool that
 * leaves nothing to earlier owners; `SyntaxError` for a milestone or use item that is not there, and for a name said twice.
 */
export function readyPlan(plan: Plan, flows: ProjectFlows): ReadyPlan {
  checkFlows(flows);
  checkNames(plan);
  const { months } = flows, { sources } = plan;
  const column = () => new Float64Array(months);
  const termDebts = sources.filter((source): source is TermDebt =>
    source.kind === "projectBonds" || source.kind === "bankLoan"
  );
  const loans = sources.filter((source) => source.kind === "drawnLoan");
  const carveOuts = sources.filter((source) => source.kind === "absCarveOut");
  const equity = sources.filter(isEquity);
  return {
    plan,
    flows,
    months,
    columns: columnsOf(months),
    payers: payersOf(plan, flows),
    equity,
    termDebts,
    loans,
    carveOuts,
    subsidies: sources.filter((source) => source.kind === "subsidy"),
    debts: [...termDebts, ...loans, ...carveOuts].map(() => ({
      drawn: column(),
      interest: column(),
      interestPaid: column(),
      principal: column(),
      balance: column(),
      fees: column(),
    })),
    paidIn: equity.map(column),
    spent: plan.uses.items.map(column),
    milestoneMonths: new Float64Array(plan.milestones.length),
    itemMonths: new Float64Array(plan.uses.items.length),
    tax: taxBook(months, { rate: plan.tax.rateBps / 10_000, lossYears: plan.tax.lossYears }),
    endsPeriod: Uint8Array.from({ length: months }, (_, m) => (m + 1) % plan.periodMonths === 0 ? 1 : 0),
  };
}

/** The month (from 0) of a When; infinite for a milestone that is not reached. */
export function monthOf(when: When, { plan, milestoneMonths }: ReadyPlan): number {
  if ("month" in when) return when.month - 1;
  for (let i = 0; i < plan.milestones.length; i++) {
    if (plan.milestones[i].name === when.milestone) return milestoneMonths[i];
  }
  return Infinity;
}

function payersOf({ contract }: Plan, flows: ProjectFlows): Payer[] {
  const names = counterpartiesOf(flows);
  for (const [i, { counterparty }] of contract.entries()) {
    if (!names.includes(counterparty)) {
      throw new RangeError(
        `contract.${i}.counterparty: found "${counterparty}"; the flows have ${names.join(", ") || "none"}`,
      );
    }
  }
  return names.map((counterparty) => {
    const clause = contract.find((one) => one.counterparty === counterparty);
    const of = (stream: StreamName) =>
      flows.streams.find((one) => one.counterparty === counterparty && one.stream === stream)?.monthlyFen;
    const fees = clause === undefined || clause.bridgeFeeBps === null;
    const volume = of(fees ? "bridgeFees" : "bridgedVolume");
    const margin = of("margin"), avoided = of("avoidedLosses");
    const variable = new Float64Array(flows.months);
    for (let m = 0; m < flows.months; m++) {
      const fee = (volume?.[m] ?? 0) * (fees ? 1 : clause.bridgeFeeBps! / 10_000);
      const shared = clause === undefined ? 0 : (Math.max(0, margin?.[m] ?? 0) * clause.marginShareBps +
        Math.max(0, avoided?.[m] ?? 0) * clause.avoidedLossShareBps) / 10_000;
      variable[m] = fee + shared;
    }
    return {
      counterparty,
      variable,
      minimumFen: clause?.minimumPerMonthFen ?? 0,
      paid: new Float64Array(flows.months),
    };
  });
}

function checkNames({ milestones, uses, opening, contract, sources }: Plan): void {
  const once = (names: readonly string[], place: (i: number) => string) => {
    for (const [i, name] of names.entries()) {
      if (names.indexOf(name) < i) {
        throw new SyntaxError(`${place(i)}: found "${name}" again; allowed is once`);
      }
    }
  };
  const known = milestones.map(({ name }) => name), items = uses.items.map(({ name }) => name);
  once(known, (i) => `milestones.${i}.name`);
  once(items, (i) => `uses.items.${i}.name`);
  once(sources.map(({ name }) => name), (i) => `sources.${i}.name`);
  once(contract.map(({ counterparty }) => counterparty), (i) => `contract.${i}.counterparty`);
  const refer = (when: When, place: string) => {
    if ("milestone" in when && !known.includes(when.milestone)) {
      throw new SyntaxError(
        `${place}: found the milestone "${when.milestone}"; allowed are ${
          known.join(", ") || "none, as none is stated"
        }`,
      );
    }
  };
  for (const [i, { from }] of uses.items.entries()) refer(from, `uses.items.${i}`);
  for (const [i, { at }] of opening.entries()) refer(at, `opening.${i}`);
  for (const [i, source] of sources.entries()) {
    if ("tranches" in source) {
      const { amountFen, preMoneyFen, optionPoolBps } = source;
      // The pool is a part of all shares after the round, which the round's own buyers do not bear.
      if (optionPoolBps * (1 + amountFen / preMoneyFen) >= 10_000) {
        throw new RangeError(
          `sources.${i}.optionPoolBps: found ${optionPoolBps}, which with ${amountFen} fen on ${preMoneyFen} fen leaves nothing to earlier owners`,
        );
      }
    }
    if ("tranches" in source) source.tranches.forEach(({ at }, k) => refer(at, `sources.${i}.tranches.${k}`));
    else if ("at" in source) refer(source.at, `sources.${i}`);
  }
  for (const [i, milestone] of milestones.entries()) {
    if (milestone.when !== "built") continue;
    for (const [k, item] of milestone.items.entries()) {
      if (items.includes(item)) continue;
      throw new SyntaxError(
        `milestones.${i}.items.${k}: found "${item}"; allowed are the uses ${items.join(", ")}`,
      );
    }
  }
}
