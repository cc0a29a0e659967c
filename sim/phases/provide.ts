// Provide: at a month's end accounts are counted from bucket to bucket, loans of each vintage looked at, and the loss
// allowance rolled from the last close to this one.

import { bucketOf, buckets } from "#/model/credit/delinquency.ts";
import {
  defaultRates,
  exposureAtDefaultFen,
  lossRate,
  lossStageOf,
  lossStages,
  rollForwardGapFen,
} from "#/model/credit/expected_loss.ts";
import { daysToDue } from "#/model/credit/due_day.ts";
import { matrixOfCounts } from "#/model/credit/transitions.ts";
import { civil, monthEnds } from "#/model/units/calendar.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { blankMonth, rollCells, rollCounts, rollStates } from "#/sim/servicing.ts";
import { feesAt, limitAt, lineCount, lineState, principalFen } from "#/sim/tables/lines.ts";
import { enterLoan, observeLoans } from "#/sim/tables/sampled_loans.ts";
import { never } from "#/sim/tables/shoppers.ts";
import { type Debt, pay, type World } from "#/sim/world.ts";

/** What the last month's end left on a line: nothing was held; else bucket + 8 · stage of impairment + 64 if it owed. */
export const noMonth = 255;
const monthDays = 30;
const owedThen = 64, stageUnit = 8;
const writtenOffState = buckets.length, closedState = buckets.length + 1;

/** Records the allowance of every day, and measures where a month ends. */
export function provide(world: World): void {
  const { servicing, today, terms, recorder, memory } = world;
  for (let p = 0; p < lineCount; p++) {
    const { nativeFen, bridgedFen, feesFen, saleFen, recoveredFen } = memory.lost[p];
    const grossFen = nativeFen + bridgedFen + feesFen, netFen = grossFen - saleFen - recoveredFen;
    servicing.writtenOffFen[p] += grossFen;
    servicing.netWrittenOffFen[p] += netFen;
    servicing.monthNetWrittenOffFen[p] += netFen;
  }
  if (monthEnds(today.date)) {
    for (let p = 0; p < lineCount; p++) closeMonth(world, p);
    observeLoans(servicing.sampled, world.lines, today.day);
  }
  for (let p = 0; p < lineCount; p++) {
    const { name } = terms.products[p];
    let allowanceFen = 0;
    for (let s = 0; s < lossStages.length; s++) {
      allowanceFen += servicing.allowanceFen[p * lossStages.length + s];
    }
    record(recorder, today.day, `allowance.${name}`, "money", allowanceFen);
    record(recorder, today.day, `casesWaiting.${name}`, "people", servicing.casesWaiting[p]);
  }
}

/** Enters a loan of today into its vintage. */
export function enterVintage(world: World, debt: Debt): void {
  const { servicing, today } = world, vintage = enterLoan(servicing.sampled, debt, today.month);
  if (vintage === null) return;
  const row = vintage.length - 1, { months } = debt;
  vintage.firstDue[row] = dueDayOf(world, debt, Math.min(1, months));
  vintage.lastDue[row] = dueDayOf(world, debt, months);
}

/** An instalment is due on its day, or joins the statement that follows it. */
function dueDayOf({ today, terms }: World, { line, months }: Debt, instalment: number): number {
  const product = terms.products[line % lineCount], from = today.day + instalment * monthDays;
  if (product.perPurchase) return months > 0 ? from : today.day + product.dueDays;
  return from + daysToDue(instalment > 0 ? civil(terms.startEpoch + from) : today.date, product);
}

/** Expected loss per fen of exposure: bucket · stages + stage. */
export function lossRatesOf(world: World, p: number): Float64Array {
  const { servicing, terms: { provisions } } = world;
  const { stated, lifetimeMonths, lgd, credibilityCases, rates } = provisions;
  const isMeasured = rates === "measured";
  const counted = [...rollCounts(servicing.owingRolls, p), [0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 1]];
  const monthly = isMeasured ? matrixOfCounts(counted, { prior: stated, weight: credibilityCases }) : stated;
  const { pd12m, pdLifetime, lossAfterDefault } = defaultRates(monthly, { defaultFrom: 4, lifetimeMonths });
  const grossFen = servicing.writtenOffFen[p];
  const kept = grossFen > 0 ? Math.max(0, servicing.netWrittenOffFen[p] / grossFen) : 1;
  const lost = isMeasured ? lossAfterDefault * kept : lgd;
  const found = new Float64Array(buckets.length * lossStages.length);
  for (let b = 0; b < buckets.length; b++) {
    const it = { pd12m: pd12m[b], pdLifetime: Math.max(pd12m[b], pdLifetime[b]), lgd: lost };
    for (let s = 0; s < lossStages.length; s++) found[b * lossStages.length + s] = lossRate(s, it);
  }
  return found;
}

/** One product's month: moves counted, allowances measured anew, the roll-forward closed and posted. */
function closeMonth(world: World, p: number): void {
  const { servicing, lines, today, terms } = world;
  const { provisions } = terms;
  // Moves first: this month's belong to what is known when its losses are expected.
  for (let line = p; line < lines.count; line += lineCount) countMove(world, line);
  const rates = lossRatesOf(world, p), month = blankMonth(p, today.day), { stages } = month;
  let closedOffFen = 0;
  for (const [s, it] of stages.entries()) it.openingFen = servicing.allowanceFen[p * lossStages.length + s];
  for (let line = p; line < lines.count; line += lineCount) {
    const then = lines.monthState[line], active = lines.state[line] === lineState.active;
    if (then === noMonth && !active) continue;
    const stageThen = then === noMonth ? 0 : Math.floor(then % owedThen / stageUnit);
    const thenFen = then === noMonth ? 0 : lines.allowanceFen[line];
    if (!active) {
      if (lines.state[line] === lineState.writtenOff) {
        stages[stageThen].transfersFen -= thenFen;
        stages[2].transfersFen += thenFen;
        closedOffFen += thenFen;
      } else stages[stageThen].recoveriesFen += thenFen;
      lines.monthState[line] = noMonth;
      lines.allowanceFen[line] = 0;
      continue;
    }
    const carryingFen = principalFen(lines, line) + lines.fen[feesAt(line)];
    const dpd = lines.oldestDue[line] === never ? 0 : today.day - lines.oldestDue[line];
    const bucket = bucketOf(dpd), stageNow = lossStageOf(dpd, provisions);
    // Who is late cannot draw.
    const undrawnFen = dpd > 0 ? 0 : Math.max(0, lines.fen[limitAt(line)] - carryingFen);
    const exposureFen = exposureAtDefaultFen({
      carryingFen,
      undrawnFen,
      conversionBps: provisions.conversionBps,
    });
    const nowFen = Math.round(exposureFen * rates[bucket * lossStages.length + stageNow]);
    const owed = then !== noMonth && then >= owedThen, owes = carryingFen > 0;
    stages[stageThen].transfersFen -= thenFen;
    stages[stageNow].transfersFen += thenFen;
    if (owed && owes) stages[stageNow].remeasurementFen += nowFen - thenFen;
    else if (owed) stages[stageNow].recoveriesFen += thenFen - nowFen;
    else if (owes || then === noMonth) stages[stageNow].newFen += nowFen - thenFen;
    else stages[stageNow].remeasurementFen += nowFen - thenFen;
    stages[stageNow].closingFen += nowFen;
    lines.allowanceFen[line] = nowFen;
    lines.monthState[line] = bucket + stageUnit * stageNow + (owes ? owedThen : 0);
  }
  // What was written off beyond its allowance is charged now; what was allowed beyond it is given back.
  stages[2].writeOffsFen = servicing.monthNetWrittenOffFen[p];
  stages[2].remeasurementFen += servicing.monthNetWrittenOffFen[p] - closedOffFen;
  servicing.monthNetWrittenOffFen[p] = 0;
  let chargedFen = 0, changeFen = 0;
  for (const [s, it] of stages.entries()) {
    if (rollForwardGapFen(it) !== 0) {
      throw new Error(
        `Day ${today.day}: the allowance of ${terms.products[p].name}, ${
          lossStages[s]
        }, does not roll forward: ${rollForwardGapFen(it)} fen are left over`,
      );
    }
    chargedFen += it.newFen + it.remeasurementFen - it.recoveriesFen;
    changeFen += it.closingFen - it.openingFen;
    servicing.allowanceFen[p * lossStages.length + s] = it.closingFen;
  }
  servicing.impairmentFen[p] += chargedFen;
  servicing.months.push(month);
  postAllowance(world, p, changeFen);
}

/** Counts where an account went since the last month's end. */
function countMove({ servicing, lines, today }: World, line: number): void {
  const then = lines.monthState[line];
  if (then === noMonth) return;
  const state = lines.state[line], oldest = lines.oldestDue[line];
  const to = state === lineState.writtenOff
    ? writtenOffState
    : state !== lineState.active
    ? closedState
    : oldest === never
    ? 0
    : bucketOf(today.day - oldest);
  const cell = line % lineCount * rollCells + then % stageUnit * rollStates.length + to;
  servicing.rolls[cell]++;
  if (then >= owedThen) servicing.owingRolls[cell]++;
}

/** The memorandum of the allowance follows. */
function postAllowance(world: World, p: number, changeFen: number): void {
  const { allowance, allowanceContra } = world.chart.products[p];
  if (changeFen > 0) pay(world, allowanceContra, allowance, changeFen, code.provision);
  else pay(world, allowance, allowanceContra, -changeFen, code.provision);
}

/** Takes over the allowances that came with the opening book's lines. */
export function openAllowances(world: World): void {
  const { servicing, lines } = world;
  for (let line = 0; line < lines.count; line++) {
    const then = lines.monthState[line];
    if (then === noMonth) continue;
    const stage = Math.floor(then % owedThen / stageUnit);
    servicing.allowanceFen[line % lineCount * lossStages.length + stage] += lines.allowanceFen[line];
  }
  for (let p = 0; p < lineCount; p++) {
    const at = p * lossStages.length;
    const sumFen = servicing.allowanceFen.subarray(at, at + lossStages.length).reduce((sum, x) => sum + x, 0);
    postAllowance(world, p, sumFen);
  }
}
