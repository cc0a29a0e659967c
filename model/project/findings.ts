// What is to be said of a plan before any number of it: named findings, the gravest first, and the verdict.

import { thousands } from "#/model/units/thousands.ts";
import type { Columns } from "./columns.ts";
import type { Covers, Periods } from "./covers.ts";
import { maturityOf } from "./debts.ts";
import type { ReadyPlan } from "./ready.ts";
import type { Statements } from "./statements.ts";
import type { CovenantMeasure } from "./terms.ts";
import type { Worth } from "./worth.ts";

/** What can be found, the gravest first. */
export const findingKinds = [
  "unlawful",
  "unfunded",
  "defaulted",
  "milestone",
  "undersized",
  "covenant",
  "flowsTooShort",
  "tailTooLarge",
  "noContract",
  "worthless",
  "fundable",
] as const;
/** A kind of finding. */
export type FindingKind = typeof findingKinds[number];

/** A finding: its kind, the month (from 1) and amount where it has one, and a sentence. */
export interface Finding {
  kind: FindingKind;
  month: number | null;
  amountFen: number | null;
  text: string;
}

/** A covenant's test over all periods: the first month (from 1) of a breach, and the value nearest to or furthest past its bound. */
export interface CovenantTest {
  measure: CovenantMeasure;
  bound: "atLeast" | "atMost";
  value: number;
  breachMonth: number | null;
  worst: number | null;
  worstMonth: number | null;
}

/** Above this share of the worth no verdict is given, as most of it would be a supposition. */
export const mostTailShare = 0.3;

/** Whole CNY with thousands set apart. */
export const inCny = (fen: number): string => `CNY ${thousands(Math.round(fen / 100))}`;

/** Tests all covenants on measured periods. Values of covers and gearing are compared in bps, cash in fen. */
export function testCovenants({ plan, months }: ReadyPlan, periods: Periods): CovenantTest[] {
  return plan.covenants.map(({ measure, bound, value, fromMonth }) => {
    const column = periods[measure], scale = measure === "cash" ? 1 : 10_000;
    const test: CovenantTest = { measure, bound, value, breachMonth: null, worst: null, worstMonth: null };
    for (let k = 0; k < column.length; k++) {
      const month = Math.min(months, (k + 1) * plan.periodMonths);
      if (month < fromMonth || Number.isNaN(column[k])) continue;
      // A schedule in whole fen misses a cover by less than a hundredth of a basis point.
      const found = column[k] * scale, sign = bound === "atLeast" ? 1 : -1;
      if (test.worst === null || sign * found < sign * test.worst) {
        test.worst = found;
        test.worstMonth = month;
      }
      if (sign * (found - value) < -0.01) test.breachMonth ??= month;
    }
    return test;
  });
}

/**
 * All findings on an evaluated plan, the gravest first; the first is the verdict.
 *
 * Source of the law: Securities Law of the PRC (2019), art. 15: who offers bonds to the public needs an average distributable
 * profit of the last three years that pays a year's interest, and may not spend the proceeds on losses or unproductive uses
 * (before March 2020 the same stood in art. 16 of the law of 2014).
 */
export function findingsOn(
  ready: ReadyPlan,
  { statements, worth, covers, covenants, columns }: {
    statements: Statements;
    worth: Worth;
    covers: Covers | null;
    covenants: readonly CovenantTest[];
    columns: Columns;
  },
): Finding[] {
  const found: Finding[] = [];
  const say: Say = (kind, text, { month = null, amountFen = null } = {}) =>
    void found.push({ kind, month, amountFen, text });
  sayUnlawful(ready, say);
  sayMissingMoney(statements, say);
  sayMilestones(ready, columns, say);
  sayUndersized(ready, statements, say);
  sayBreaches(covenants, say);
  sayFlowsTooShort(ready, statements, say);
  sayWorth(ready, { worth, covers }, say);
  return found.sort((a, b) => findingKinds.indexOf(a.kind) - findingKinds.indexOf(b.kind));
}

/** Takes down a finding. */
type Say = (kind: FindingKind, text: string, at?: Pick<Partial<Finding>, "month" | "amountFen">) => void;

function sayUnlawful(ready: ReadyPlan, say: Say): void {
  for (const debt of ready.termDebts) {
    if (debt.issuer !== "project" || debt.placement !== "public") continue;
    say(
      "unlawful",
      `${debt.name} cannot be offered to the public: a new company has no three years of distributable profit ` +
        "(Securities Law art. 15); it needs a sponsor as issuer or a private placement",
    );
  }
}

function sayMissingMoney({ gap }: Statements, say: Say): void {
  if (gap === null) return;
  const first = { month: gap.firstMonth + 1, amountFen: gap.worstFen };
  const worst = gap.worstFen > gap.firstFen
    ? `, at the worst CNY ${inCny(gap.worstFen).slice(4)} in month ${gap.worstMonth + 1}`
    : "";
  const ring = gap.ringFencedFen > 0 ? `; ${inCny(gap.ringFencedFen)} lie ring-fenced` : "";
  const missing = `in month ${first.month}: ${inCny(gap.firstFen)} are missing${worst}${ring}`;
  if (gap.isForService) say("defaulted", `debt service is not paid ${missing}`, first);
  else say("unfunded", `money runs out ${missing}`, first);
}

function sayMilestones(ready: ReadyPlan, columns: Columns, say: Say): void {
  const { plan, months } = ready;
  for (let i = 0; i < plan.milestones.length; i++) {
    if (ready.milestoneMonths[i] < months) continue;
    const { name } = plan.milestones[i];
    say(
      "milestone",
      `the milestone ${name} never comes in ${months} months, so what waits for it does not happen${
        waiting(ready, name)
      }`,
    );
  }
  if (
    columns.openShare[months - 1] === 0 && plan.milestones.every((_, i) => ready.milestoneMonths[i] < months)
  ) {
    say("milestone", `nothing is open within ${months} months`);
  }
}

function sayUndersized(ready: ReadyPlan, statements: Statements, say: Say): void {
  for (const { name, amountFen, sculpted } of statements.issued) {
    const debt = ready.termDebts.find((one) => one.name === name);
    if (!sculpted || !debt || amountFen >= debt.amountFen) continue;
    say(
      "undersized",
      `${name} is issued at ${inCny(amountFen)} in place of ${
        inCny(debt.amountFen)
      }: its cash carries no more at its cover`,
      { amountFen: debt.amountFen - amountFen },
    );
  }
}

function sayBreaches(covenants: readonly CovenantTest[], say: Say): void {
  for (const { measure, bound, value, breachMonth, worst } of covenants) {
    if (breachMonth === null) continue;
    const promised = `${bound === "atLeast" ? "at least" : "at most"} ${inMeasure(measure, value)}`;
    say(
      "covenant",
      `the covenant on ${measure} (${promised}) breaks in month ${breachMonth}; the worst is ${
        inMeasure(measure, worst!)
      }`,
      { month: breachMonth },
    );
  }
}

/** What matures or is spent after the flows end cannot be judged by them. */
function sayFlowsTooShort(ready: ReadyPlan, statements: Statements, say: Say): void {
  const { months } = ready;
  const late = statements.issued.filter(({ amountFen, maturity, name }) =>
    amountFen > 0 && maturity >= months && !ready.carveOuts.some((one) => one.name === name)
  );
  for (const { name, maturity } of late) {
    say(
      "flowsTooShort",
      `the flows end in month ${months}, before the maturity of ${name} in month ${
        maturity + 1
      }: no verdict on it`,
      { month: months },
    );
  }
  for (const loan of ready.loans) {
    const maturity = 1 + maturityOf(ready, { issue: loan.fromMonth - 1, tenorMonths: loan.tenorMonths });
    if (maturity <= months) continue;
    say(
      "flowsTooShort",
      `the flows end in month ${months}, before the maturity of ${loan.name} in month ${maturity}: no verdict on it`,
      { month: months },
    );
  }
  if (statements.operations.spentBeyondFen > 0) {
    say(
      "flowsTooShort",
      `the flows end in month ${months}, before ${
        inCny(statements.operations.spentBeyondFen)
      } of uses are spent: no verdict`,
      { month: months, amountFen: statements.operations.spentBeyondFen },
    );
  }
}

function sayWorth(
  { plan }: ReadyPlan,
  { worth, covers }: { worth: Worth; covers: Covers | null },
  say: Say,
): void {
  if (worth.tailShare > mostTailShare) {
    say(
      "tailTooLarge",
      `${(worth.tailShare * 100).toFixed(0)} % of the worth lies after the flows, where ${
        mostTailShare * 100
      } % are allowed: no verdict`,
    );
  }
  if (plan.contract.length === 0) say("noContract", "no contract: the project lives on bridge fees only");
  if (worth.npvFen < 0) {
    say(
      "worthless",
      `not worth its cost: ${inCny(-worth.npvFen)} short at ${plan.discountRateBps / 100} % a year`,
      { amountFen: Math.round(worth.npvFen) },
    );
  } else {
    const covered = covers === null
      ? "without debt"
      : `with a cover of at least ${covers.minimumDscr.toFixed(2)}`;
    say("fundable", `worth ${inCny(worth.npvFen)} more than it costs, ${covered}`, {
      amountFen: Math.round(worth.npvFen),
    });
  }
}

/** A covenant's value in words: 1.20 for covers, 70 % for gearing, CNY for cash. */
export function inMeasure(measure: CovenantMeasure, value: number): string {
  if (measure === "cash") return value < 0 ? `minus ${inCny(-value)}` : inCny(value);
  if (!Number.isFinite(value)) return "without bound";
  return measure === "gearing" ? `${(value / 100).toFixed(1)} %` : (value / 10_000).toFixed(2);
}

function waiting({ plan }: ReadyPlan, name: string): string {
  const waits = [
    ...plan.uses.items.filter(({ from }) => "milestone" in from && from.milestone === name).map((one) =>
      one.name
    ),
    ...plan.sources.filter((source) =>
      "tranches" in source
        ? source.tranches.some(({ at }) => "milestone" in at && at.milestone === name)
        : "at" in source && "milestone" in source.at && source.at.milestone === name
    ).map((one) => one.name),
    ...plan.opening.some(({ at }) => "milestone" in at && at.milestone === name) ? ["an opening"] : [],
  ];
  return waits.length === 0 ? "" : ` (${waits.join(", ")})`;
}
