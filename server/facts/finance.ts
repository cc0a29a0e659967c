// What a report on plans says in words: verdicts, frequencies, rates, in one place for the page and the command.

import type { Frequency } from "#/model/project/compare.ts";
import type { InvestorRate } from "#/model/project/evaluate.ts";
import type { FindingKind } from "#/model/project/findings.ts";
import type { ProjectReport, ToldField } from "#/model/project/report.ts";
import type { TwoWay } from "#/model/project/two_way.ts";
import { inFull, money, share } from "#/server/format.ts";

/** An amount in fen as CNY in three digits. */
export const fenWords = (fen: number | null): string => fen === null ? "not known" : money(fen / 100);

/** A mean with its interval, the currency said once. */
export const meanWords = ({ mean, low, high }: TwoWay): string =>
  `${fenWords(mean)} (${[low, high].map((fen) => fenWords(fen).replace("CNY ", "")).join(" to ")})`;

/** So many replications, in words. */
export const replicationWords = (n: number): string =>
  n === 1 ? "1 replication" : `${inFull(n)} replications`;

/** How often, with the interval of the draws; the error of replications stands in its own column. */
export const oftenWords = ({ share: part, low, high }: Frequency): string =>
  part === 0 ? `never (up to ${share(high)})` : `${share(part)} (${share(low)} to ${share(high)})`;

/** By when: the 5 %, 50 % and 95 % months of those in which it happens. */
export const monthWords = ({ months }: Frequency): string =>
  months === null ? "–" : `${Math.round(months[1])} (${Math.round(months[0])} to ${Math.round(months[2])})`;

/** What is found of a plan, in a few words for a table. */
export const findingWords: Readonly<Record<FindingKind, string>> = {
  unlawful: "not lawful",
  unfunded: "money runs out",
  defaulted: "debt is not paid",
  milestone: "a milestone never comes",
  undersized: "less debt than planned",
  covenant: "a covenant breaks",
  flowsTooShort: "none: flows end too early",
  tailTooLarge: "none: worth lies after the flows",
  noContract: "no contract",
  worthless: "not worth its cost",
  fundable: "fundable",
};

/** A rate a year, or that there is none. */
export const rateWords = (irr: InvestorRate): string =>
  irr.kind === "one"
    ? share(irr.rate)
    : irr.kind === "several"
    ? `several: ${irr.rates.map(share).join(", ")}`
    : irr.kind === "unfunded"
    ? findingWords.unfunded
    : irr.kind;

/** What stays open of a result since only so many shoppers were simulated. */
export const simulationWords = ({ simulationError, uncertainty }: TwoWay): string =>
  simulationError === null
    ? "not known from one replication"
    : `± ${fenWords(simulationError)}, ${
      share(simulationError / Math.max(1, uncertainty))
    } of the uncertainty`;

/** The finding on a field in a sentence: worth, chance, what breaks first. */
export function fieldFinding({ plan, npv, worthIt, breach, cashOut }: ToldField): string {
  const first = [
    { what: "cash runs out", often: cashOut },
    { what: "a covenant breaks", often: breach },
  ].filter(({ often }) => often.share > 0).sort((a, b) => b.often.share - a.often.share)[0];
  const breaks = first
    ? `; ${first.what} in ${share(first.often.share)} of draws, mostly by month ${
      Math.round(first.often.months![1])
    }`
    : "; nothing breaks";
  return `${plan} is worth ${fenWords(npv.mean)} on the mean and worth its cost in ${
    share(worthIt.share)
  } of draws${breaks}`;
}

/** Whether the whole comparison says yes to anything. */
export function reportFinding({ regrets: { owners }, fields, plans, cases }: ProjectReport): string {
  const chosen = fields[plans.indexOf(owners.chosen)];
  const worth = chosen.map(({ owners }) => owners.mean), least = Math.min(...worth);
  const how = cases.length === 1 ? `leaves most to its owners, ${fenWords(worth[0])}` : "is regretted least";
  return least >= 0
    ? `${owners.chosen} ${how}`
    : `${owners.chosen} ${how}, and doing nothing is better${cases.length > 1 ? " in the worst case" : ""}`;
}

/** The value of a pilot in a sentence. */
export function waitingWords({ waiting }: ToldField): string {
  if (waiting === null) return "The pilot tells nothing that is drawn here.";
  const { nowFen, waitFen, valueFen, knowingFen, buildShare, pilotCostFen } = waiting;
  const better = valueFen > 0
    ? `waiting for the pilot is worth ${fenWords(valueFen)}`
    : nowFen > 0
    ? `building now is better than waiting by ${fenWords(-valueFen)}`
    : `neither pays: a pilot would lose ${fenWords(-valueFen)}`;
  return `Built now it is worth ${fenWords(nowFen)}. With a pilot of ${
    fenWords(pilotCostFen)
  } first it is worth ${fenWords(waitFen)}, since it would then be built in ${
    share(buildShare)
  } of the cases: ${better}. ` +
    `What the pilot tells is worth at most ${fenWords(knowingFen)}.`;
}
