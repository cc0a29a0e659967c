// Once a month in each person's life: hardship and plots, applying for a line, leaving one; and the issuer's rescoring.

import { grantedLimitFen } from "#/model/credit/limits.ts";
import { scorePoints } from "#/model/scoring/scorecard.ts";
import { reason } from "#/model/reasons.ts";
import { hardshipDays, hardshipOnset } from "#/model/shoppers/hardship.ts";
import { applyProbability, leaveProbability } from "#/model/shoppers/adoption.ts";
import { pay, type World } from "#/sim/world.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import { feesAt, limitAt, lineCount, lineState, principalFen, reservedAt } from "#/sim/tables/lines.ts";
import { never } from "#/sim/tables/shoppers.ts";
import { bind, fearBreaches, reconsider } from "./consent.ts";
import { drawRings, takeUpPlot } from "./plot.ts";
import { linkRefusal, readsAccount, takenFor } from "./recognise.ts";
import { worstReported } from "./report.ts";

/** Days between two looks at a person's life; people are spread evenly over them. */
export const monthDays = 30;
const dayMinutes = 1_440;

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
    } else rescore(world, i, p);
  } else if (state !== lineState.writtenOff) {
    const chance = state === lineState.left ? adoption.returnPerMonthBps / 10_000 : applyProbability({
      misses: lines.misses[line],
      share: today.share[p],
      appetite: shoppers.appetite[i] / 255,
    }, adoption);
    if (uniform(streams, lane.adoption.apply) < chance) apply(world, i, p);
  }
  lines.misses[line] = 0;
}

/** An application: scored like everybody else, granted or refused. */
function apply(world: World, i: number, p: number): void {
  const { lines, today, terms } = world;
  const line = i * lineCount + p, { name, limits } = terms.products[p];
  record(world.recorder, today.day, `applications.${name}`, "people", 1);
  lines.points[line] = fusedPoints(world, i, p);
  if (lines.points[line] < today.cutoffPoints) {
    lines.state[line] = lineState.refused;
    return;
  }
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
  setLimit(world, line, limitFen);
}

/** Monthly: a new score, and a limit that follows a good one. A cut may leave a balance above the limit. */
function rescore(world: World, i: number, p: number): void {
  const { lines, terms } = world;
  const line = i * lineCount + p, { scoring } = terms.scenario;
  const points = lines.points[line] = fusedPoints(world, i, p);
  const { limitCapFen } = terms.products[p].limits;
  if (points >= scoring.cutoffPoints + 100 && lines.fen[limitAt(line)] < limitCapFen) {
    const raised = lines.fen[limitAt(line)] * (1 + scoring.goodScoreRaiseBps / 10_000);
    setLimit(world, line, Math.min(limitCapFen, Math.floor(raised / 100) * 100));
  }
}

/**
 * The score that decides: the issuer's own, joined with the other side's where the shopper is linked. `seenClearly` leaves
 * out what the issuers misread, as a person who looks again does.
 */
export function fusedPoints(
  world: World,
  i: number,
  p: number,
  { seenClearly = false }: { seenClearly?: boolean } = {},
): number {
  const { lines, terms, today } = world;
  const whose = takenFor(world, i, p), otherLine = whose * lineCount + 1 - p;
  const morning = today.day * dayMinutes;
  const reads = terms.fusion.seesOtherLine && linkRefusal(world, i, p, morning) === reason.none &&
    readsAccount(world, i, p, morning);
  const seesOther = reads && lines.state[otherLine] === lineState.active;
  const own = ownPoints(world, i, p, seesOther);
  return Math.round(terms.fusion.fuse(own, seesOther ? ownPoints(world, whose, 1 - p, false) : NaN));
  function ownPoints(world: World, i: number, p: number, seesOther: boolean): number {
    const line = i * lineCount + p, held = lines.state[line] === lineState.active;
    const owedFen = principalFen(lines, line);
    const incomeFen = seenClearly ? world.shoppers.incomeFen[i] : seenIncomeFen(world, line);
    const allFen = owedFen + (seesOther ? principalFen(lines, otherLine) : 0);
    return scorePoints({
      incomeFen,
      tenureDays: held ? Math.max(0, world.today.day - lines.since[line]) : 0,
      onTimeBills: held ? lines.onTime[line] : 0,
      lateBills: held ? lines.late[line] : 0,
      utilisation: held && lines.fen[limitAt(line)] > 0 ? owedFen / lines.fen[limitAt(line)] : 0,
      otherLineLate: seesOther && lines.oldestDue[otherLine] !== never ||
        // The bureau knows people by their number: no link is needed, and nobody is mistaken.
        worstReported(world, i * lineCount + 1 - p) > 0,
      burdenIncomes: allFen / incomeFen,
      noise: seenClearly ? 0 : world.shoppers.noise[line] / 32,
    }, terms.scenario.scoring);
  }
}

/** Income as the issuer of a line sees it: misread by some tens of per cent, at most by three standard deviations. */
export function seenIncomeFen({ shoppers, terms }: World, line: number): number {
  const deviations = Math.max(-3, Math.min(3, shoppers.noise[line] / 32));
  const incomeFen = shoppers.incomeFen[Math.floor(line / lineCount)];
  return Math.round(incomeFen * (1 + deviations * terms.scenario.scoring.incomeMisreadBps / 10_000));
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
