// Small deals for tests: one to change at will, and random ones whose cash must always tie.

import type { DealInput } from "./terms.ts";

/** A deal of two classes on four quarterly flows; parts may be replaced. */
export function smallDeal(parts: Partial<DealInput> = {}): DealInput {
  return {
    name: "small",
    closing: "2025-01-01",
    maturity: "2026-06-30",
    payment: { dates: ["2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01"] },
    pool: {
      flows: [
        { date: "2025-03-31", balanceCny: 75, principalCny: 24, defaultCny: 1, interestCny: 3 },
        { date: "2025-06-30", balanceCny: 50, principalCny: 24, defaultCny: 1, interestCny: 2.5 },
        { date: "2025-09-30", balanceCny: 25, principalCny: 24, defaultCny: 1, interestCny: 2 },
        { date: "2025-12-31", balanceCny: 0, principalCny: 24, defaultCny: 1, interestCny: 1 },
      ],
    },
    collect: { interest: "cash", principal: "cash", prepayment: "cash", recovery: "cash" },
    accounts: { cash: {} },
    tranches: { senior: { balanceCny: 80, rate: 0.04 }, junior: { balanceCny: 20, rate: 0.06 } },
    waterfall: {
      amortising: [
        { do: "payInterest", to: ["senior"], from: "cash" },
        { do: "payInterest", to: ["junior"], from: "cash" },
        { do: "payPrincipal", to: ["senior", "junior"], from: "cash" },
        { do: "payResidual", to: ["junior"], from: "cash", if: "tranche.junior.isPaidOff" },
      ],
    },
    ...parts,
  };
}

/** What a random deal is drawn from; every part a whole number or a choice. */
export interface DealSeed {
  tranches: number[];
  loans: { balance: number; months: number; ratePermille: number; level: boolean }[];
  cdrPercent: number;
  cprPercent: number;
  recoveryPercent: number;
  by: "sequential" | "proRata";
  reserve: number;
  line: number;
  revolvingMonths: number;
}

/** A deal from its seed: loans, classes in order, a fee with caps, a reserve, a line and, where asked, a revolving time. */
export function dealFrom(seed: DealSeed): DealInput {
  const names = seed.tranches.map((_, i) => `class${i}`), revolves = seed.revolvingMonths > 0;
  const common: DealInput["waterfall"]["amortising"] = [
    { do: "transfer", from: "reserve", into: "cash" },
    { do: "payFees", fees: ["trustee", "servicing"], from: "cash" },
    ...names.map((name) => ({ do: "payInterest" as const, to: [name], from: "cash" })),
    {
      do: "drawForInterest",
      line: "bank",
      to: [names[0]],
    },
    { do: "repay", line: "bank", what: "interest", from: "cash" },
    { do: "repay", line: "bank", from: "cash" },
    { do: "transfer", from: "cash", into: "reserve", amount: "account.reserve.shortfall" },
  ];
  const year = 2025 + Math.floor(seed.revolvingMonths / 12), month = seed.revolvingMonths % 12 + 1;
  return {
    name: "random",
    closing: "2025-01-01",
    maturity: "2032-01-01",
    payment: { first: "2025-02-10", dayOfMonth: 10 },
    ...(revolves && { revolvingUntil: `${year}-${String(month).padStart(2, "0")}-15` }),
    pool: {
      loans: seed.loans.map(({ balance, months, ratePermille, level }, i) => ({
        balanceCny: balance,
        rate: ratePermille / 1000,
        months,
        style: level ? "level" : "evenPrincipal",
        firstDue: `2025-01-${String(2 + i).padStart(2, "0")}`,
      })),
      ...(revolves && { purchase: { rate: 0.1, months: 6 } }),
      collection: { first: "2025-01-31", dayOfMonth: "last" },
      assumptions: {
        cdr: seed.cdrPercent / 100,
        cpr: seed.cprPercent / 100,
        recovery: seed.recoveryPercent / 100,
        recoveryLagMonths: 3,
      },
    },
    collect: { interest: "cash", principal: "cash", prepayment: "cash", recovery: "cash" },
    accounts: {
      cash: { interest: { rate: 0.01 } },
      reserve: { openingCny: seed.reserve, target: `min(${seed.reserve}, tranches.balance)` },
    },
    tranches: Object.fromEntries(
      names.map((
        name,
        i,
      ) => [name, { balanceCny: seed.tranches[i], rate: 0.03 + 0.02 * i, interestOnInterest: true }]),
    ),
    fees: {
      trustee: { perPayment: 1, capPerYearCny: 9 },
      servicing: { annualRate: 0.01, on: "pool.balance", capPerPaymentCny: 50 },
    },
    lines: { bank: { limitCny: seed.line, rate: 0.05 } },
    waterfall: {
      ...(revolves && { revolving: [...common, { do: "buyReceivables", from: "cash" }] }),
      amortising: [
        ...common,
        { do: "payPrincipal", to: names, by: seed.by, from: "cash" },
        { do: "payResidual", to: [names.at(-1)!], from: "cash", if: "tranches.balance = 0" },
        { do: "payResidual", to: [names.at(-1)!], from: "reserve", if: "tranches.balance = 0" },
      ],
    },
  };
}
