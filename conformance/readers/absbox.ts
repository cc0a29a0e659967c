// Deals as AbsBox states them, put into the terms of our own deal file: each action, figure and condition by its tag.

import { daysOf } from "#/model/funding/deal/dates.ts";
import type { DealInput } from "#/model/funding/deal/terms.ts";
import { epochDay, isoDate } from "#/model/units/calendar.ts";
import {
  collected,
  condition,
  type Dict,
  figure,
  first,
  list,
  names,
  ratio,
  type Tagged,
  targetOf,
  UnreadTag,
} from "./absbox_figures.ts";

/** One case of the golden set, as far as it is read. */
export interface GoldenCase {
  id: string;
  deal: {
    pool: Record<string, unknown>;
    accounts: [string, Record<string, unknown>][];
    bonds: [string, Record<string, unknown>][];
    liquidityFacility?: Record<string, Record<string, unknown>> | null;
  };
  waterfall: Record<string, Tagged[]>;
  collects: Tagged[];
  triggers: Record<string, Record<string, GoldenTrigger>> | null;
  dates: { tag: string; contents: [string, string, unknown, string, [string, Tagged], [string, Tagged]] };
  poolFlow: Record<string, [string, string, ...number[]][]>;
  bonds: Record<string, GoldenBond>;
  accounts: Record<string, [string, number, number, string[]][]>;
  fees: Record<string, { type: Tagged; txns: [string, number, number, number, string[]][] }>;
}

/** A trigger with what became of it on each date. */
export interface GoldenTrigger {
  trgCondition: Tagged;
  trgEffects: Tagged;
  trgCurable: boolean;
  trgStmt: { contents: [string, boolean, string] }[];
}

interface GoldenBond {
  type: Tagged;
  rate: number;
  interestInfo: Tagged;
  txns: [string, number, number, number, number, number, number, number, string[]][];
}

/** The level of the index that the source's runs used throughout, found from their own flows. */
const indexLevel = 0.04;

type Steps = NonNullable<DealInput["waterfall"]["accelerated"]>;

/** The cap of an action; `due` is what a share of what is due is taken of. */
function limitOf(limit: unknown, due?: readonly string[]): { amount?: string } {
  if (limit === null || limit === undefined) return {};
  const { tag, contents } = limit as Tagged;
  if (tag === "DuePct" && due) return { amount: `${ratio(contents)} * (${due.join(" + ")})` };
  if (tag === "DS") return { amount: figure(contents as Tagged) };
  if (tag === "DueCapAmt") return { amount: String(contents) };
  throw new UnreadTag(`the limit ${tag}`);
}

const owed = (group: string, who: unknown, field: string) =>
  names(who).map((name) => `${group}.${name}.${field}`);

/** The actions of one list; `accrued` are the bonds whose interest has been worked out before it is looked at. */
function actions(source: readonly Tagged[], accrued = new Set<string>()): Steps {
  return source.flatMap(({ tag, contents }): Steps => {
    const [a, b, c, d] = Array.isArray(contents) ? contents : [];
    switch (tag) {
      case "CalcBondInt":
        for (const name of names(contents)) accrued.add(name);
        return [];
      case "CalcFee":
      case "LiqAccrue":
        return [];
      case "PayFee":
        return [{ do: "payFees", fees: names(c), from: b, ...limitOf(a, owed("fee", c, "due")) }];
      case "PayFeeResidual":
        return [{
          ...{ do: "payFees", fees: [c], beyondDue: true, from: b },
          ...limitOf(a, [`account.${b}.balance`]),
        }];
      case "PayFeeBySeq":
        return names(c).map((fee) => ({ do: "payFees", fees: [fee], from: b, ...limitOf(a) }));
      case "PayInt":
      case "AccrueAndPayInt":
        return [{
          do: "payInterest",
          to: names(c),
          from: b,
          ...limitOf(a, owed("tranche", c, "interestDue")),
        }];
      case "PayIntBySeq":
      case "AccrueAndPayIntBySeq":
        return names(c).map((to) => ({ do: "payInterest", to: [to], from: b, ...limitOf(a) }));
      case "PayPrin":
        return [{ do: "payPrincipal", to: names(c), by: "proRata", from: b, ...limitOf(a) }];
      case "PayPrinBySeq":
        return [{ do: "payPrincipal", to: names(c), by: "sequential", from: b, ...limitOf(a) }];
      case "PayPrinResidual":
        return [{ do: "payPrincipal", to: names(b), by: "proRata", downTo: "zero", from: a }];
      case "PayIntResidual":
        return [{ do: "payResidual", to: [c], from: b, ...limitOf(a, [`account.${b}.balance`]) }];
      case "Transfer":
        return [{ do: "transfer", from: b, into: c, ...limitOf(a, [`account.${b}.balance`]) }];
      case "LiqSupport":
        if (c === "LiqToAcc") {
          return [{ do: "draw", line: b, into: names(d)[0], amount: limitOf(a).amount ?? "1e9" }];
        }
        if (c === "LiqToBondInt") return names(d).map((bond) => support(bond, { line: b, accrued }));
        throw new UnreadTag(`the support ${c}`);
      case "LiqRepay":
        if ((b as Tagged).tag !== "LiqBal") throw new UnreadTag(`the repayment ${(b as Tagged).tag}`);
        return [{ do: "repay", line: d, from: c, ...limitOf(a) }];
      case "ActionWithPre":
        return actions(b as Tagged[], accrued).map((step) => ({
          ...step,
          if: step.if === undefined ? condition(a) : `(${condition(a)}) and (${step.if})`,
        }));
      default:
        throw new UnreadTag(`the action ${tag}`);
    }
  });
}

/** A line pays what is due; where the source has not worked out today's interest yet, only what is overdue. */
function support(bond: string, { line, accrued }: { line: string; accrued: Set<string> }): Steps[number] {
  const amount = accrued.has(bond) ? {} : { amount: `tranche.${bond}.interestOverdue` };
  return { do: "drawForInterest", line, to: [bond], ...amount };
}

const phaseOf: Record<string, "amortising" | "accelerated" | "defaulted"> = {
  "DistributionDay Amortizing": "amortising",
  "DistributionDay (DealAccelerated Nothing)": "accelerated",
  "DistributionDay (DealDefaulted Nothing)": "defaulted",
};

function waterfallOf(source: GoldenCase["waterfall"]): DealInput["waterfall"] {
  const found: DealInput["waterfall"] = { amortising: [] };
  for (const [key, list] of Object.entries(source)) {
    if (phaseOf[key]) found[phaseOf[key]] = actions(list);
    // The source also sells what is left of the pool on its last day; by then nothing is left in these deals.
    else if (key === "EndOfPoolCollection" && list.every(({ tag }) => tag === "CalcFee")) continue;
    else if (key !== "CleanUp") throw new UnreadTag(`the waterfall ${key}`);
  }
  return found;
}

function everyOf(start: string, { tag, contents }: Tagged): Parameters<typeof daysOf>[0] {
  const every = (dayOfMonth: number | "last", everyMonths = 1) => ({ first: start, dayOfMonth, everyMonths });
  switch (tag) {
    case "CustomDate":
      return { dates: [start, ...names(contents).filter((date) => date > start)] };
    case "DayOfMonth":
      return every(contents as number);
    case "MonthEnd":
      return every("last");
    case "MonthFirst":
      return every(1);
    default:
      throw new UnreadTag(`the dates ${tag}`);
  }
}

const scheduleOf = ([start, pattern]: [string, Tagged]): DealInput["payment"] => everyOf(start, pattern);

function trancheOf(
  [name, terms]: [string, Dict],
  { closing, maturity, source }: { closing: string; maturity: string; source: GoldenBond },
): DealInput["tranches"][string] {
  if (!["Sequential", "Equity", "PAC"].includes(source.type.tag)) {
    throw new UnreadTag(`the bond ${source.type.tag}`);
  }
  const { tag, contents } = source.interestInfo;
  const kind = list(contents);
  const target = source.type.tag === "PAC"
    ? Object.fromEntries((source.type.contents as { contents: [string, number][] }).contents)
    : undefined;
  const common = {
    balanceCny: first(terms, "当前余额", "balance") as number,
    interestOnInterest: true,
    ...(target && { target }),
    ...(terms.maturityDate !== undefined && { maturity: terms.maturityDate as string }),
  };
  if (tag === "Fix") return { ...common, rate: source.rate, basis: basisOf(kind[1]) };
  if (tag !== "Floater") throw new UnreadTag(`the interest ${tag}`);
  // A floating bond starts at its stated rate on its own first day and is set anew on each reset date.
  const [, , spread, reset, basis] = kind as [number, string, number, Tagged, string];
  if (reset.tag !== "DayOfMonth") throw new UnreadTag(`the reset ${reset.tag}`);
  const resets = daysOf(
    { first: closing, dayOfMonth: reset.contents as number, everyMonths: 1 },
    epochDay(maturity),
  ).slice(1);
  return {
    ...common,
    rate: first(terms, "当前利率", "rate") as number,
    interestFrom: first(terms, "起息日", "startDate") as string,
    rateSteps: Object.fromEntries(resets.map((day) => [isoDate(day), indexLevel + spread])),
    basis: basisOf(basis),
    ...(name && {}),
  };
}

function basisOf(name: unknown): 360 | 365 {
  if (name === "DC_ACT_365F") return 365;
  if (name === "DC_ACT_360") return 360;
  throw new UnreadTag(`the day count ${name}`);
}

function feeOf(
  { tag, contents }: Tagged,
  { closing, maturity }: { closing: string; maturity: string },
): NonNullable<DealInput["fees"]>[string] {
  switch (tag) {
    case "RecurFee": {
      // So much on each of its dates: what is owed in all grows by steps.
      const [pattern, each] = contents as [Tagged, number];
      const days = daysOf(everyOf(closing, pattern), epochDay(maturity)).slice(1);
      return {
        total: `steps(${closing}, 0${days.map((day, i) => `, ${isoDate(day)}, ${each * (i + 1)}`).join("")})`,
      };
    }
    case "FixFee":
      return { total: contents as number };
    case "TargetBalanceFee": {
      // What is owed in all; our fee takes off what has been paid.
      const [owed, paid] = contents as [Tagged, Tagged];
      if (paid.tag !== "FeeTxnAmt") throw new UnreadTag(`a fee less ${paid.tag}`);
      return { total: figure(owed) };
    }
    case "AnnualRateFee": {
      const [on, rate] = contents as [Tagged, Tagged];
      return { annualRate: Number(figure(rate)), on: figure(on) };
    }
    case "PctFee": {
      const [on, rate] = contents as [Tagged, Tagged];
      return { perPayment: `${figure(on)} * ${figure(rate)}` };
    }
    default:
      throw new UnreadTag(`the fee ${tag}`);
  }
}

function accountOf(
  terms: Dict,
  { closing, maturity }: { closing: string; maturity: string },
): DealInput["accounts"][string] {
  const type = first(terms, "类型", "type") as Dict | undefined;
  const interest = first(terms, "计息", "interest") as Dict | undefined;
  const floats = interest && "参考利率" in interest;
  const resets = floats
    ? daysOf({ first: closing, dayOfMonth: "last", everyMonths: 1 }, epochDay(maturity)).slice(1)
    : [];
  return {
    openingCny: (first(terms, "余额", "balance") as number | undefined) ?? 0,
    ...(type && { target: targetOf(type) }),
    ...(interest && {
      interest: {
        rate: first(interest, "利率", "rate") as number,
        basis: floats ? 360 : 365,
        steps: Object.fromEntries(
          resets.map((day) => [isoDate(day), indexLevel + (interest["利差"] as number)]),
        ),
      },
    }),
  };
}

const moments: Record<string, "afterCollection" | "beforePayment" | "afterPayment"> = {
  EndCollection: "afterCollection",
  EndCollectionWF: "afterCollection",
  BeginDistributionWF: "beforePayment",
  EndDistributionWF: "afterPayment",
};

function triggersOf(source: GoldenCase["triggers"]): DealInput["triggers"] {
  const found: NonNullable<DealInput["triggers"]> = {};
  for (const [moment, triggers] of Object.entries(source ?? {})) {
    for (const [name, { trgCondition, trgEffects, trgCurable }] of Object.entries(triggers)) {
      const { tag, contents } = trgEffects;
      const phase = ({ DealAccelerated: "accelerated", DealDefaulted: "defaulted" } as const)[
        (contents as Tagged).tag as "DealAccelerated"
      ];
      if (tag !== "DealStatusTo" || phase === undefined) throw new UnreadTag(`the effect ${tag}`);
      found[name] = { test: moments[moment], if: condition(trgCondition), curable: trgCurable, phase };
    }
  }
  return found;
}

/** Fees that the source states by a yearly rate and yet never charges in its run. */
export function neverCharged({ fees }: GoldenCase): string[] {
  return Object.entries(fees).filter(([, { type, txns }]) =>
    type.tag === "AnnualRateFee" &&
    txns.every(([, due, paid, arrears]) => due === 0 && paid === 0 && arrears === 0)
  ).map(([name]) => name);
}

/** A golden case in the terms of our deal file; `loans` instead of the source's own pool flows. Errors: {@link UnreadTag}. */
export function dealOf(golden: GoldenCase, { loans = false } = {}): DealInput {
  const [, closing, , maturity, collecting, paying] = golden.dates.contents;
  const flows = Object.values(golden.poolFlow);
  if (flows.length !== 1) throw new UnreadTag(`${flows.length} pools`);
  const issued = first(golden.deal.pool, "发行", "issuanceStat") as Dict | undefined;
  const issuedCny = issued && first(issued, "资产池规模", "IssuanceBalance") as number | undefined;
  const collect: Record<string, string> = {};
  for (const { tag, contents } of golden.collects) {
    const [, from, into] = list(contents) as string[];
    if (tag !== "Collect" || !collected[from]) throw new UnreadTag(`the collection ${tag} of ${from}`);
    collect[collected[from].toLowerCase()] = into;
  }
  const free = neverCharged(golden);
  return {
    ...{ name: golden.id, closing, maturity, payment: scheduleOf(paying) },
    pool: {
      ...(issuedCny !== undefined && { issuedCny }),
      ...(loans
        ? {
          loans: loansOf(golden.deal.pool),
          collection: scheduleOf(collecting),
          assumptions: { cpr: 0.1, cdr: 0.01 },
        }
        : {
          flows: flows[0].map((
            [, date, balanceCny, principalCny, interestCny, prepaymentCny, defaultCny, recoveryCny],
          ) => ({
            ...{ date, balanceCny, principalCny, interestCny, prepaymentCny, defaultCny, recoveryCny },
          })),
        }),
    },
    collect: collect as DealInput["collect"],
    accounts: Object.fromEntries(
      golden.deal.accounts.map(([name, terms]) => [name, accountOf(terms, { closing, maturity })]),
    ),
    tranches: Object.fromEntries(
      golden.deal.bonds.map((bond) => [
        bond[0],
        trancheOf(bond, { closing, maturity, source: golden.bonds[bond[0]] }),
      ]),
    ),
    fees: Object.fromEntries(
      Object.entries(golden.fees).map((
        [name, { type }],
      ) => [name, free.includes(name) ? { total: 0 } : feeOf(type, { closing, maturity })]),
    ),
    lines: Object.fromEntries(
      Object.entries(golden.deal.liquidityFacility ?? {}).map(([name, terms]) => [name, lineOf(terms)]),
    ),
    triggers: triggersOf(golden.triggers),
    waterfall: waterfallOf(golden.waterfall),
  };
}

/** A line: unlimited, or a credit that the source lends once and does not renew. */
function lineOf(terms: Dict): NonNullable<DealInput["lines"]>[string] {
  if (terms.type === "unlimit") return { rate: (terms.fixRate as number | undefined) ?? 0 };
  return { limitCny: terms.credit as number, replenishes: false };
}

const styles: Record<string, "level" | "evenPrincipal"> = {
  等额本息: "level",
  Level: "level",
  等额本金: "evenPrincipal",
  Even: "evenPrincipal",
};

/** The pool's loans, or nothing where a rate floats. Errors: {@link UnreadTag} for another kind of asset. */
export function loansOf(pool: Dict): DealInput["pool"]["loans"] {
  const assets = first(pool, "清单", "assets") as [string, Dict, Dict][];
  const floats = assets.some(([, terms]) =>
    ["浮动", "floater"].includes((first(terms, "放款利率", "originRate") as [string])[0])
  );
  if (floats) return undefined;
  return assets.map(([kind, origin, current]) => {
    if (kind !== "按揭贷款" && kind !== "Mortgage") throw new UnreadTag(`the asset ${kind}`);
    const months = first(current, "剩余期限", "remainTerm") as number;
    const passed = (first(origin, "初始期限", "originTerm") as number) - months;
    const start = epochDay(first(origin, "放款日", "originDate") as string);
    const due = daysOf(
      { first: isoDate(start), dayOfMonth: Number(isoDate(start).slice(8)), everyMonths: 1 },
      start + (passed + 2) * 31,
    );
    return {
      balanceCny: first(current, "当前余额", "currentBalance") as number,
      rate: first(current, "当前利率", "currentRate") as number,
      months,
      style: styles[first(origin, "类型", "type") as string],
      firstDue: isoDate(due[passed + 1]),
    };
  });
}
