// What the page of the claim says in words: each part of the claim, what arithmetic and runs say of it, and whether they support it.

import {
  baitiaoBasis,
  claimed,
  daysOfMoney,
  needPerYear,
  rateAsCash,
  usersRevenue,
} from "#/model/project/claim.ts";
import type { ContractTable } from "#/model/project/contracts.ts";
import type { Evaluation } from "#/model/project/evaluate.ts";
import type { Plan } from "#/model/project/terms.ts";
import type { Estimate } from "#/sim/experiments/analyse.ts";
import type { UsersFound, Varied, YearFound } from "#/sim/experiments/claim.ts";
import { fenWords } from "#/server/facts/finance.ts";
import { count, difference, inFull, share } from "#/server/format.ts";

/** Everything that the page of the claim tells. */
export interface ClaimReport {
  plan: Plan;
  /** Where the flows come from. */
  flowsTitle: string;
  replications: number;
  base: Evaluation;
  contracts: ContractTable;
  year: YearFound;
  /** With runs only. */
  users: UsersFound | null;
  /** Runs varied, the widest first; empty where they were not run. */
  varied: Varied[];
}

/** Whether something is supported. */
export type Support = "supported" | "not supported" | "open" | "not run";

/** What the words of {@link Support} mean, in a sentence. */
export const supportWords =
  "Supported: the whole 95 % interval of the runs reaches what is claimed. Not supported: none of it does. Open: the interval " +
  "holds the claim, so more replications are needed. Not run: no runs were asked for.";

/** A part of the claim. */
export interface ClaimPart {
  said: string;
  arithmetic: string;
  runs: string;
  support: Support;
}

/** Supported where the whole interval reaches the claim, not where none of it does; the mean decides where there is no interval. */
export function supportOf({ mean, low, high }: Estimate, claim: number): Support {
  if ((low ?? mean) >= claim) return "supported";
  return (high ?? mean) < claim ? "not supported" : "open";
}

/** A mean with its interval, each said by `say`. */
export const estimated = ({ mean, low, high }: Estimate, say: (value: number) => string): string =>
  low === null || high === null ? `${say(mean)} (no interval)` : `${say(mean)} (${say(low)} to ${say(high)})`;

const people = (n: number) => difference(n, "people").replace(/ people$/, "");

/** What the lenders' year brings against the claimed revenue: margin before losses and what is lost less. */
export function revenueOf({ margin, avoidedLosses }: YearFound): Estimate {
  const add = (a: number | null, b: number | null) => a === null || b === null ? null : a + b;
  return {
    mean: margin.mean + avoidedLosses.mean,
    low: add(margin.low, avoidedLosses.low),
    high: add(margin.high, avoidedLosses.high),
    n: margin.n,
  };
}

/** The parts of the claim, in its order. */
export function claimParts({ plan, base, year, users, flowsTitle }: ClaimReport): ClaimPart[] {
  const more = usersRevenue(baitiaoBasis, { moreBps: claimed.usersBps });
  const rate = rateAsCash(claimed.budgetFen, { perYearFen: claimed.revenuePerYearFen, years: 5 });
  const need = needPerYear(claimed.budgetFen, { years: 5, rate: plan.discountRateBps / 10_000 });
  const revenue = revenueOf(year), { perMonthFen } = plan.uses.runningCosts;
  const paid = base.columns.revenue.subarray(-12).reduce((sum, fen) => sum + fen, 0);
  const days = daysOfMoney(claimed.runningMoneyFen, { perMonthFen });
  const dayWords = days === Infinity ? "for ever" : `${days.toFixed(1)} days`;
  return [
    {
      said: "10 % more users",
      arithmetic: `a tenth more Baitiao users are ${count(more.users)} people`,
      runs: users === null
        ? "no runs behind these flows"
        : `gained by both: ${estimated(users.gained, people)}, ${
          estimated(users.gainedShare, share)
        } of all lines; ` +
          `moved from one to the other: ${estimated(users.moved, people)}; Baitiao ${
            estimated(users.baitiaoShare, share)
          }`,
      support: users === null ? "not run" : supportOf(users.gainedShare, claimed.usersBps / 10_000),
    },
    {
      said: "CNY 5 bn more revenue a year",
      arithmetic:
        `those users bring ${fenWords(more.grossFen)} gross at the very most, ${
          fenWords(more.takeFen[0])
        } to ` +
        `${fenWords(more.takeFen[1])} at a take of 2.5 to 3.25 %`,
      runs: `last twelve months of ${flowsTitle}: both lenders' margin and avoided losses ${
        estimated(revenue, fenWords)
      }, on ${fenWords(year.lentAcross.mean)} lent across`,
      support: users === null ? "not run" : supportOf(revenue, claimed.revenuePerYearFen),
    },
    {
      said: "on CNY 300.3 m",
      arithmetic:
        `needs ${fenWords(need)} a year over five years at ${
          plan.discountRateBps / 100
        } %; CNY 5 bn as cash would be ` +
        `${
          rate.kind === "one" ? `${inFull(Math.round(rate.rate * 100))} %` : "no rate"
        } a year, which says nothing: revenue of others is no cash of the project`,
      runs: `the contract pays ${
        fenWords(paid)
      } in the last twelve months; uses with what the rail needs are ${fenWords(base.budget.totalFen)}; NPV ${
        fenWords(base.worth.npvFen)
      }: ${base.verdict.text}`,
      support: users === null ? "not run" : base.verdict.kind === "fundable" ? "supported" : "not supported",
    },
    {
      said: "CNY 0.3 m of running money",
      arithmetic: `lasts ${dayWords} at the plan's running costs of ${fenWords(perMonthFen)} a month`,
      runs: `until the project pays for itself it needs ${
        fenWords(neededUntilPaid(base))
      } besides what is built`,
      support: days >= 365 ? "supported" : "not supported",
    },
  ];
}

/** The most by which operating costs ran ahead of receipts up to any month, in fen. */
export function neededUntilPaid({ columns, months }: Pick<Evaluation, "columns" | "months">): number {
  let ahead = 0, most = 0;
  for (let m = 0; m < months; m++) {
    ahead += columns.operatingPaid[m] + columns.taxPaid[m] - columns.receipts[m];
    most = Math.max(most, ahead);
  }
  return most;
}

/** The finding of the page. */
export function claimFinding(report: ClaimReport): string {
  const parts = claimParts(report), held = parts.filter(({ support }) => support === "supported");
  const not = parts.filter(({ support }) => support === "not supported");
  if (held.length === parts.length) return "The claim is supported in all its parts";
  const list = (some: readonly ClaimPart[]) => some.map(({ said }) => said).join("; ");
  return [
    not.length > 0 ? `Not supported: ${list(not)}` : "",
    held.length > 0 ? `Supported: ${list(held)}` : "",
    report.users === null ? "The rest needs runs" : "",
  ].filter(Boolean).join(". ");
}

/** At which revenue, users and terms the plan breaks even. */
export function breakEvenWords({ base, contracts: { breakEven }, users, plan }: ClaimReport): string[] {
  const factor = base.breakEven.npv;
  const words = [
    factor === null
      ? "No revenue up to a thousand times that of the flows makes the plan worth its cost."
      : `The plan is worth its cost from ${share(factor)} of the flows' variable revenue on.`,
  ];
  if (factor !== null && users !== null) {
    words.push(
      users.gainedShare.mean > 0
        ? `If revenue goes with users gained, that is an uplift of ${
          share(users.gainedShare.mean * factor)
        } of all lines, where the runs have ${share(users.gainedShare.mean)} and the claim 10 %.`
        : "The runs gain no users, so no uplift can be named at which it breaks even.",
    );
  }
  if (plan.contract.length === 0) return words;
  words.push(
    breakEven.bridgeFeeBps === null
      ? "No bridge fee up to a tenth of the volume breaks even with the other terms as they are."
      : breakEven.bridgeFeeBps === 0
      ? "With the other terms as they are no bridge fee is needed to break even."
      : `A bridge fee of ${
        breakEven.bridgeFeeBps.toFixed(1)
      } bps breaks even with the other terms as they are.`,
    breakEven.marginShareBps === null
      ? "Not even the whole margin would do, with the fees as they are."
      : breakEven.marginShareBps === 0
      ? "With the fees as they are no share of the margin is needed to break even."
      : `A share of ${
        share(breakEven.marginShareBps / 10_000)
      } of the margin breaks even with the fees as they are.`,
  );
  return words;
}

/** What the page may not be read as. */
export const notSupported: readonly string[] = [
  "Cross-selling beyond what people pay by in the model is not simulated; nothing is said of it.",
  "Margin and avoided losses belong to the issuers; the project has what its contract pays, and without one the rail's tariff alone.",
  "People who only change from one product to the other are no gain for both, however much either of them grows.",
];
