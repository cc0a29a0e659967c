// The finding of each section in one sentence, with its numbers; where a number is missing, the plain topic.

import { verdictOf } from "#/server/facts/calibration.ts";
import { prefunds } from "#/server/facts/prefunds.ts";
import { sumOf } from "#/server/facts/days.ts";
import { type Pair, pairOf, partsOf, totalOf } from "#/server/facts/outcomes.ts";
import { results } from "#/server/facts/results.ts";
import { signs } from "#/server/facts/signs.ts";
import { count, difference, inFull, inUnit, money, relative, share } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { partyWord, productWord } from "#/server/words.ts";

/** Whether a pair has both values. */
const whole = (pair: Pair | undefined): pair is Pair & { closed: number; open: number; difference: number } =>
  pair?.difference != null;

/** `rise from 3 to 5`, `fall from 5 to 3` or `stay at 3`, in the pair's unit; what reads the same stays. */
function moves(pair: Pair & { closed: number; open: number }, verbs = ["rise", "fall", "stay"]): string {
  const { closed, open, unit } = pair;
  const from = inUnit(closed, unit), to = inUnit(open, unit);
  return from === to ? `${verbs[2]} at ${to}` : `${verbs[open > closed ? 0 : 1]} from ${from} to ${to}`;
}

/** What opening changed, over all. */
export function overview(report: Comparison): string {
  const gmv = pairOf(report, "gmv"), lost = pairOf(report, "lostPurchases");
  if (!whole(gmv)) return report.title;
  const change = relative(gmv.closed, gmv.open);
  const sales = gmv.difference === 0
    ? "Opening changes no sale"
    : `Opening settles ${money(Math.abs(gmv.difference))} ${gmv.difference > 0 ? "more" : "less"}` +
      (change ? ` (${change})` : "");
  if (!whole(lost) || lost.closed === 0) return sales;
  const part = (lost.open - lost.closed) / lost.closed;
  if (part === 0) return `${sales} and loses as many purchases`;
  return `${sales} and loses ${share(Math.abs(part))} ${part < 0 ? "fewer" : "more"} purchases`;
}

/** The first paragraph, a sentence each: who was run and for how long, what moved, whether the money adds up. */
export function summary(report: Comparison): string[] {
  return [who(report), moved(report), people(report), booksAgree(report)].filter((sentence) =>
    sentence !== ""
  );
}

function who({ a, b }: Comparison): string {
  const { shoppers, peoplePerShopper, days, startDate } = b.world;
  return `${a.scenario} keeps the systems closed, ${b.scenario} opens them: the same ${
    inFull(shoppers)
  } simulated ` +
    `shoppers, each standing for ${inFull(peoplePerShopper)} people, live the same ${
      inFull(days)
    } days from ` +
    `${startDate} with the same luck.`;
}

function moved(report: Comparison): string {
  const said: string[] = [];
  const bridged = pairOf(report, "bridgedGmv"), approvals = pairOf(report, "approvalRate");
  const loss = pairOf(report, "netLoss");
  if (whole(bridged)) said.push(`${money(bridged.open)} crosses the bridge`);
  if (whole(approvals)) said.push(`approvals of credit wants ${moves(approvals)}`);
  if (whole(loss)) said.push(`net losses ${moves(loss)}`);
  return said.length ? `${capital(said.join("; "))}.` : "";
}

function people(report: Comparison): string {
  const said = partsOf(report, "users").map((product) => ({
    product,
    pair: pairOf(report, `users.${product}`),
  }))
    .filter(({ pair }) => whole(pair))
    .map(({ product, pair }) => `${productWord(product)} ${difference(pair!.difference, "people")}`);
  return said.length ? `Users at the end, open less closed: ${said.join(", ")}.` : "";
}

function booksAgree(report: Comparison): string {
  const { parties, balanced, remainder } = results(report);
  if (parties.length === 0) return "";
  const { checks, daysReconciled } = report.b.money;
  if (!balanced) {
    return `The results of all parties and outside flows do not sum to zero: ${
      money(remainder.open)
    } remains.`;
  }
  return `Money was conserved: ${inFull(checks)} checks on ${
    dayCount(daysReconciled)
  }, and the results of all ` +
    "parties and outside flows sum to zero.";
}

/** How far the differences can be believed: their replications, or that there is only one. */
export function precision(report: Comparison): string {
  const n = Math.max(0, ...Object.values(report.differences ?? {}).map((one) => one.n));
  if (n < 2) {
    return "One replication: how far chance moves these differences is not known. More replications give intervals.";
  }
  const sales = pairOf(report, "gmv")?.interval;
  const example = sales
    ? ` Sales differ by ${difference(sales.mean, "CNY")} on average, with 95 % confidence between ` +
      `${difference(sales.low, "CNY")} and ${difference(sales.high, "CNY")}.`
    : "";
  return `Intervals are 95 % over ${n} paired replications; closed, open and their difference are those of ` +
    `replication ${report.b.replication}.${example}`;
}

/** Purchases. */
export function purchases(report: Comparison): string {
  const settled = (run: Comparison["a"]) => {
    const credit = sumOf(run, "settledOnCredit"), wanted = sumOf(run, "wanted");
    return credit === null || !wanted ? null : credit / wanted;
  };
  const closed = settled(report.a), open = settled(report.b);
  if (closed === null || open === null) return "Purchases";
  const lost = pairOf(report, "lostPurchases");
  const tail = whole(lost) ? `; lost purchases ${moves(lost)}` : "";
  if (closed === open) return `${share(open)} of wants are settled on credit in both worlds${tail}`;
  return `Credit settles ${share(open)} of wants, ${difference(open - closed, "share")} by opening${tail}`;
}

/** Identity, consent and fraud. */
export function identity(report: Comparison): string {
  const taken = totalOf(report, "fraudTaken"), linked = pairOf(report, "linkedShare");
  const insulted = pairOf(report, "insultedShare");
  const says: string[] = [];
  if (whole(taken)) says.push(`fraud takings ${moves(taken)}`);
  if (whole(insulted)) says.push(`good shoppers refused as fraud ${moves(insulted)} of credit attempts`);
  if (whole(linked)) {
    says.push(
      `${share(linked.open)} of shoppers are recognised across platforms, ` +
        `${linked.closed === 0 ? "none" : share(linked.closed)} closed`,
    );
  }
  return says.length ? capital(says.join("; ")) : "Identity and fraud";
}

/** Users gained and moved. */
export function users(report: Comparison): string {
  const gained = pairOf(report, "usersGained"), moved = pairOf(report, "usersMoved");
  if (!whole(gained)) return "Users";
  const many = gained.difference === 0
    ? `As many people take a first line in both worlds: ${count(gained.open)}`
    : `${count(Math.abs(gained.difference))} ${
      gained.difference > 0 ? "more" : "fewer"
    } people take a first line ` +
      `(${count(gained.open)} against ${count(gained.closed)})`;
  return whole(moved)
    ? `${many}; ${count(moved.open)} move to the other platform, ${count(moved.closed)} closed`
    : many;
}

/** Balances and lateness. */
export function lateness(report: Comparison): string {
  const found = partsOf(report, "dpd30Share").map((name) => ({
    name,
    pair: pairOf(report, `dpd30Share.${name}`)!,
  }))
    .filter(({ pair }) => whole(pair));
  if (found.length === 0) return "Balances and lateness";
  const said = found.map(({ name, pair }) =>
    `${productWord(name)} ${inUnit(pair.closed, "share")} → ${inUnit(pair.open, "share")}`
  );
  return `Balance 30+ days late, closed → open: ${said.join(", ")}`;
}

/** Cross-platform flows. */
export function flows(report: Comparison): string {
  const bridged = pairOf(report, "bridgedGmv")?.open, all = pairOf(report, "gmv")?.open;
  const many = pairOf(report, "bridgedPurchases")?.open;
  if (bridged == null) return "Flows between the platforms";
  if (bridged === 0) return "Nothing crosses the bridge";
  return `${money(bridged)} crosses the bridge` +
    (many == null ? "" : ` in ${count(many)} purchases`) +
    (all ? `: ${share(bridged / all)} of all sales` : "");
}

/** Liquidity. */
export function liquidity(report: Comparison): string {
  const gaps = pairOf(report, "fundingGapDays");
  const [tightest] = prefunds(report);
  const says: string[] = [];
  if (tightest) {
    says.push(
      tightest.dryDays > 0
        ? `${partyWord(tightest.party)}'s prefunding runs dry on ${dayCount(tightest.dryDays)}${
          waiting(report)
        }`
        : `Prefunding never runs dry: ${partyWord(tightest.party)} keeps at least ${money(tightest.low)}`,
    );
  }
  if (whole(gaps)) {
    says.push(
      `funding gaps on ${dayCount(gaps.open)} open, ${inUnit(gaps.closed, gaps.unit)} closed`,
    );
  }
  return says.length ? capital(says.join("; ")) : "Liquidity";
}

/** How many bridge payments waited for money and how many of them expired, in brackets; nothing where none had to. */
function waiting({ b }: Comparison): string {
  const queued = sumOf(b, "bridgeQueued"), expired = sumOf(b, "bridgeExpired");
  return queued ? ` (${count(queued)} bridge payments wait, ${count(expired ?? 0)} of them expire)` : "";
}

/** Losses and results by party. */
export function losses(report: Comparison): string {
  const loss = pairOf(report, "netLoss");
  const moved = results(report).parties.filter((row) => row.difference !== null && row.difference !== 0);
  const says: string[] = [];
  if (whole(loss)) says.push(`net losses ${moves(loss)}`);
  if (moved.length > 1) {
    const most = moved.reduce((x, y) => y.difference! > x.difference! ? y : x);
    const least = moved.reduce((x, y) => y.difference! < x.difference! ? y : x);
    says.push(
      `largest gain ${partyWord(most.party)} (${difference(most.difference, "CNY")}), ` +
        `largest fall ${partyWord(least.party)} (${difference(least.difference, "CNY")})`,
    );
  }
  return says.length ? capital(says.join("; ")) : "Losses and results by party";
}

/** Cash of the project. */
export function project(report: Comparison): string {
  const cash = pairOf(report, "projectCash");
  if (cash?.open == null) return "The project company's cash";
  const fees = sumOf(report.b, "bridgeFees");
  return `The project company ends with ${money(cash.open)}` +
    (fees === null ? "" : ` after ${money(fees)} of bridge fees`);
}

/** Calibration. */
export function calibration(report: Comparison): string {
  const { calibrated, met, missed, unreached } = verdictOf(report.a);
  if (!calibrated) return "Uncalibrated: no published figure stands behind this world";
  const tail = unreached ? `; ${unreached} not reached by the run's dates` : "";
  return calibrationSentence(report) + (met + missed === 0 ? "" : tail);
}

/** Calibration in the few words that stand beside every figure. */
export function calibrationNote(report: Comparison): string {
  const { calibrated, met, missed } = verdictOf(report.a);
  if (!calibrated) return "uncalibrated";
  return met + missed === 0 ? "calibration: none reached" : `calibration ${met} of ${met + missed}`;
}

/** How many of the published figures are met, as a sentence; short runs reach none of their dates. */
export function calibrationSentence(report: Comparison): string {
  const { met, missed, unreached } = verdictOf(report.a);
  return met + missed === 0
    ? `None of the ${inFull(unreached)} published figures is reached by the run's dates`
    : `${met} of ${met + missed} published figures are met within their range`;
}

/** Expected signs. */
export function expectations(report: Comparison): string {
  const all = signs(report);
  if (all.length === 0) return "No sign was written down beforehand";
  const found = all.filter(({ verdict }) => verdict === "as expected").length;
  return `${found} of ${all.length} signs that were written down beforehand are found`;
}

/** Assumptions. */
export function assumptions(report: Comparison): string {
  const assumed = report.assumptions.filter(isAssumed).length;
  if (report.assumptions.length === 0) return "No assumption is listed with this report";
  return `${inFull(report.assumptions.length)} uncertain numbers stand behind these runs; ${
    inFull(assumed)
  } of them ` +
    "are assumed, not published";
}

/** Whether nobody published a number: its source says `(a)`. */
export function isAssumed({ source }: { source: string }): boolean {
  return source.includes("(a)");
}

function dayCount(days: number): string {
  return days === 1 ? "1 day" : `${inFull(days)} days`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
