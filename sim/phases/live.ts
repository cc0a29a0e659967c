// Once a month in each person's life: hardship and plots, applying for a line, leaving one; and the issuer's rescoring.

import { lawfulAprBps, lawfulLateFeePpm } from "#/model/credit/cost_cap.ts";
import { declineProbability, disclosure } from "#/model/credit/disclosure.ts";
import { grantedLimitFen, movedLimitFen } from "#/model/credit/limits.ts";
import { reason, reasons } from "#/model/reasons.ts";
import { factorsInWords } from "#/model/scoring/factors.ts";
import { hardshipDays, hardshipOnset } from "#/model/shoppers/hardship.ts";
import { applyProbability, leaveProbability } from "#/model/shoppers/adoption.ts";
import { seenIncomeFen } from "#/sim/scoring/expert.ts";
import { fusedPoints } from "#/sim/scoring/points.ts";
import { countRefusal, lawfulLimitFen } from "#/sim/rulebook.ts";
import { isTightened } from "#/sim/treasury.ts";
import { pay, type World } from "#/sim/world.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import { feesAt, limitAt, lineCount, lineState, principalFen, reservedAt } from "#/sim/tables/lines.ts";
import { never } from "#/sim/tables/shoppers.ts";
import { liveCard } from "./cobrand.ts";
import { bind, fearBreaches, reconsider } from "./consent.ts";
import { factorsOf } from "./explain.ts";
import { notify, prompt } from "./notify.ts";
import { followsInvitation, offerToHolder } from "./offer.ts";
import { drawRings, takeUpPlot } from "./plot.ts";

/** Days between two looks at a person's life; people are spread evenly over them. */
export const monthDays = 30;

/** Lives the day of everybody whose month begins today. */
export function live(world: World): void {
  const { shoppers, today } = world;
  const first = (monthDays - today.day % monthDays) % monthDays;
  if (today.day % monthDays === 0) drawRings(world);
  fearBreaches(world);
  for (let i = first; i < shoppers.count; i += monthDays) liveMonth(world, i);
  bind(world);
  postLimits(world);
}

function liveMonth(world: World, i: number): void {
  const { shoppers, streams, today, terms } = world;
  const { behaviour } = terms.scenario;
  const day = today.day, entity = shoppers.entity0 + i;
  draw(streams, process.life, entity, day);
  const uHardship = uniform(streams, lane.life.hardship),
    uLength = uniform(streams, lane.life.hardshipLength);
  const uPlot = uniform(streams, lane.life.plot), uPlotDay = uniform(streams, lane.life.plotDay);
  if (shoppers.hardshipUntil[i] < day) {
    const onset = hardshipOnset({
      proneness: shoppers.proneness[i] / 32,
      unemploymentGapBps: today.unemploymentBps - terms.unemployment.first,
    }, behaviour);
    if (uHardship < onset) {
      shoppers.hardshipUntil[i] = day + hardshipDays(uLength, behaviour.hardshipMeanDays);
    }
  }
  takeUpPlot(world, i, { u: uPlot, uDay: uPlotDay });
  if (terms.cobrand.active) liveCard(world, i);
  reconsider(world, i);
  for (let p = 0; p < lineCount; p++) liveLine(world, i, p);
}

function liveLine(world: World, i: number, p: number): void {
  const { shoppers, lines, streams, today, terms } = world;
  const { adoption } = terms.scenario;
  const line = i * lineCount + p, state = lines.state[line], day = today.day;
  draw(streams, process.adoption, shoppers.entity0 + i, day, p);
  if (state === lineState.active) {
    const idleDays = day - Math.max(lines.lastUse[line], lines.since[line]);
    const owesNothing =
      principalFen(lines, line) + lines.fen[feesAt(line)] + lines.fen[reservedAt(line)] === 0;
    const leaves = uniform(streams, lane.adoption.leave) <
      leaveProbability({ owesNothing, idleDays }, adoption);
    if (leaves) {
      closeLine(world, line, lineState.left);
      record(world.recorder, day, `leavers.${terms.products[p].name}`, "people", 1);
    } else {
      const uOffer = uniform(streams, lane.adoption.offer);
      rescore(world, i, p);
      offerToHolder(world, line, uOffer);
    }
  } else if (state !== lineState.writtenOff) {
    const chance = state === lineState.left ? adoption.returnPerMonthBps / 10_000 : applyProbability({
      misses: lines.misses[line],
      share: today.share[p],
      appetite: shoppers.appetite[i] / 255,
    }, adoption);
    const uOffer = uniform(streams, lane.adoption.offer);
    const wishes = uniform(streams, lane.adoption.apply) < chance;
    if (wishes || followsInvitation(world, line, uOffer)) apply(world, i, p);
  }
  lines.misses[line] = 0;
}

/** An application: the terms are shown, and who goes on is scored like everybody else and granted or refused. */
function apply(world: World, i: number, p: number): void {
  const { lines, today, terms } = world;
  const line = i * lineCount + p, { name } = terms.products[p];
  record(world.recorder, today.day, `applications.${name}`, "people", 1);
  if (terms.notices.showTerms && declinesTerms(world, i, p)) return;
  if (world.rules.stop[p] === reason.unlicensedScoring) {
    countRefusal(world, reason.unlicensedScoring);
    lines.state[line] = lineState.refused;
    notify(world, "refusal", line, () => reasons[reason.unlicensedScoring].shopperText);
    return;
  }
  lines.points[line] = fusedPoints(world, i, p);
  if (lines.points[line] < today.leastPoints[p]) {
    lines.state[line] = lineState.refused;
    notify(world, "refusal", line, () => factorsInWords(factorsOf(world, i, p)));
    return;
  }
  grantLine(world, i, p);
}

/** Opens a line for a person at the score that it has: its limit follows income, score and today's appetite for risk. */
export function grantLine(world: World, i: number, p: number): void {
  const { lines, today, terms } = world;
  const line = i * lineCount + p, { name, limits } = terms.products[p];
  record(world.recorder, today.day, `approvals.${name}`, "people", 1);
  lines.state[line] = lineState.active;
  lines.since[line] = today.day;
  lines.lastUse[line] = never;
  lines.onTime[line] = 0;
  lines.late[line] = 0;
  const limitFen = grantedLimitFen({
    incomeFen: seenIncomeFen(world, line),
    points: lines.points[line],
    cutoffPoints: terms.scenario.scoring.cutoffPoints,
  }, limits);
  // In a downturn less is granted, to the yuan, but never less than the floor.
  const askedFen = today.appetite < 1
    ? Math.max(limits.limitFloorFen, Math.floor(limitFen * today.appetite / 100) * 100)
    : limitFen;
  const grantedFen = lawfulLimitFen(world, line, askedFen, 0);
  setLimit(world, line, grantedFen);
  notify(world, "grant", line, () => `Your limit is CNY ${grantedFen / 100}.`);
}

/** The terms are shown; says whether the applicant goes no further. */
function declinesTerms(world: World, i: number, p: number): boolean {
  const { today, terms, streams, shoppers, counts } = world, product = terms.products[p];
  const instalmentAprBps = lawfulAprBps(product.instalmentAprBps, today.day, today.cost[p]);
  const lateFeePpmPerDay = lawfulLateFeePpm(
    product.lateFeePpmPerDay,
    product.instalmentAprBps,
    today.day,
    today.cost[p],
  );
  notify(
    world,
    "application",
    i * lineCount + p,
    () => disclosure({ ...product, instalmentAprBps, lateFeePpmPerDay }),
  );
  draw(streams, process.application, shoppers.entity0 + i, today.day, p);
  const declines = uniform(streams, lane.application.decline) <
    declineProbability({ aprBps: instalmentAprBps, appetite: shoppers.appetite[i] / 255 }, terms.notices);
  if (declines) counts.declinedTerms++;
  return declines;
}

/** Monthly: a new score, and a limit that follows it. A cut may leave a balance above the limit. */
function rescore(world: World, i: number, p: number): void {
  const { lines, terms, today, shoppers, streams } = world;
  if (!terms.loop.rescores) return;
  const line = i * lineCount + p, { scoring, limits } = terms.scenario;
  // Luck first: scoring draws nothing, but what it calls may come to.
  const looks = uniform(streams, lane.adoption.seen) < limits.hardshipSeenPerMonthBps / 10_000;
  const points = lines.points[line] = fusedPoints(world, i, p);
  const late = lines.oldestDue[line] !== never;
  const hardshipSeen = looks && shoppers.hardshipUntil[i] >= today.day;
  const limitFen = lines.fen[limitAt(line)];
  const facts = {
    points,
    cutoffPoints: scoring.cutoffPoints,
    risenPoints: today.cutoffPoints,
    late,
    hardshipSeen,
    appetite: today.appetite,
  };
  const movedFen = lawfulLimitFen(
    world,
    line,
    movedLimitFen(limitFen, facts, terms.products[p].moving),
    limitFen,
  );
  if (movedFen === limitFen || movedFen > limitFen && isTightened(world, p)) return;
  setLimit(world, line, movedFen);
  if (movedFen > limitFen) {
    notify(world, "raise", line, () => `Your limit is now CNY ${movedFen / 100}.`);
    prompt(world, line);
    return;
  }
  notify(world, "cut", line, () => {
    const why = late
      ? "a bill is overdue"
      : hardshipSeen
      ? "your income has changed"
      : "your score has fallen";
    const factors = factorsInWords(factorsOf(world, i, p));
    return `It is now CNY ${
      movedFen / 100
    }, as ${why}. What you owe above it can be paid as before. ${factors}`;
  });
}

/** Ends a line that owes nothing, or whose debt was written off. */
export function closeLine(world: World, line: number, state: number): void {
  world.lines.state[line] = state;
  setLimit(world, line, 0);
  world.lines.oldestDue[line] = never;
}

/** Sets a line's limit; the memorandum of granted limits moves with it when the phase ends. */
export function setLimit(world: World, line: number, limitFen: number): void {
  world.memory.limitChangeFen[line % lineCount] += limitFen - world.lines.fen[limitAt(line)];
  world.lines.fen[limitAt(line)] = limitFen;
}

/** Posts what limits have changed by since the last time to the memorandum accounts. */
export function postLimits(world: World): void {
  const { chart, memory } = world;
  for (let p = 0; p < lineCount; p++) {
    const { limits, limitsContra } = chart.products[p], changeFen = memory.limitChangeFen[p];
    if (changeFen > 0) pay(world, limits, limitsContra, changeFen, code.limit);
    else pay(world, limitsContra, limits, -changeFen, code.limit);
    memory.limitChangeFen[p] = 0;
  }
}
