// Close: the day's facts are written down and the books must agree.

import { reason, reasons } from "#/model/reasons.ts";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { consentKinds, dataOf } from "#/model/identity/consents.ts";
import { capitalParties, issuerOf, parties } from "#/model/names.ts";
import { buckets } from "#/model/credit/delinquency.ts";
import { platforms } from "#/sim/ledger/chart.ts";
import { reconcile, tallyOf } from "#/sim/ledger/reconcile.ts";
import { allowanceFen } from "#/sim/funding_position.ts";
import { record } from "#/sim/recorder.ts";
import { lenders } from "#/sim/rulebook.ts";
import { lookAtScores } from "#/sim/scoring/stability.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import type { LineTally } from "#/sim/tables/line_tally.ts";
import type { World } from "#/sim/world.ts";
import { postBulks } from "./bridge.ts";
import { postObligations } from "./channel.ts";
import { recordAbroad, revalue } from "./correspond.ts";
import { comply } from "./comply.ts";
import { lookAhead } from "./look_ahead.ts";
import { recordPrefunds } from "./prefund.ts";
import { recordFaults } from "./transfer.ts";

/** Records the day and reconciles it. */
export function close(world: World, replay: string): void {
  // What was obliged after the last window settles in tomorrow's first; the books must show it tonight.
  postObligations(world);
  postBulks(world);
  if (world.abroad) revalue(world, world.abroad);
  for (const [k, issuer] of lenders.entries()) world.treasury.worthFen[k] = worthFen(world, issuer);
  comply(world);
  lookAhead(world);
  const tally = tallyOf(world);
  reconcile(world, replay, tally);
  lookAtScores(world);
  recordLines(world, tally);
  recordFlows(world);
  recordFaults(world);
  if (world.abroad) recordAbroad(world, world.abroad);
}

function recordLines(world: World, found: LineTally): void {
  const { terms, today, recorder, shoppers } = world;
  const { day } = today;
  for (let p = 0; p < lineCount; p++) {
    const { name } = terms.products[p];
    let sumFen = 0;
    for (const [b, bucket] of buckets.entries()) {
      const fen = found.bucketFen[p * buckets.length + b];
      sumFen += fen;
      record(recorder, day, `dpd.${name}.${bucket}`, "money", fen);
    }
    record(recorder, day, `balance.${name}`, "money", sumFen);
    record(recorder, day, `scorePsi.${issuerOf[name]}`, "plain", world.drift.index[p]);
    record(recorder, day, `users.${name}`, "people", found.users[p]);
    record(recorder, day, `activeUsers.${name}`, "people", found.active[p]);
    record(recorder, day, `activeBalance.${name}`, "money", found.activeBalanceFen[p]);
  }
  record(recorder, day, "overIndebted", "plain", found.holders ? found.overIndebted / found.holders : 0);
  record(recorder, day, "inHardship", "plain", found.inHardship / shoppers.count);
  record(recorder, day, "unemployment", "plain", today.unemploymentBps / 10_000);
}

function recordFlows(world: World): void {
  const { recorder, today, counts, participants, desk, terms } = world;
  const { day } = today, before = world.memory.countedBefore;
  const step = (name: string, now: number) => {
    record(recorder, day, name, "people", now - (before.get(name) ?? 0));
    before.set(name, now);
  };
  step("wanted", counts.wanted);
  step("insulted", counts.insulted);
  for (const [kind, consent] of consentKinds.entries()) {
    for (let p = 0; p < lineCount; p++) {
      step(
        `dataUses.${dataOf[consent]}.${issuerOf[terms.products[p].name]}`,
        counts.uses[kind * lineCount + p],
      );
    }
  }
  step("attributesDisclosed", counts.attributes);
  for (const [k, name] of typologyNames.entries()) {
    step(`plotsTried.${name}`, counts.plotsTried[k + 1]);
    step(`plotsStopped.${name}`, counts.plotsStopped[k + 1]);
  }
  for (
    const name of [
      "challenges",
      "challengesLost",
      "challengeSeconds",
      "explained",
      "reviews",
      "reversals",
    ] as const
  ) {
    step(name, counts[name]);
  }
  const byLayer = new Map<string, number>();
  for (const [k, { layer }] of reasons.entries()) {
    if (k > 0) byLayer.set(layer, (byLayer.get(layer) ?? 0) + counts.refused[k]);
  }
  let lost = 0;
  for (const [layer, total] of byLayer) {
    step(`refused.${layer}`, total);
    lost += total;
  }
  step("lost", lost);
  step("fundingRefused", counts.refused[reason.fundingThrottle] + counts.redirected[reason.fundingThrottle]);
  record(recorder, day, "waiting", "people", counts.waiting);
  let deepestFen = recordPrefunds(world), heldFen = 0;
  for (let p = 0; p < platforms.length; p++) {
    deepestFen += -participants.deepestFen[p];
    heldFen += participants.heldByFen[p];
  }
  record(recorder, day, "peakLiquidity", "money", deepestFen);
  record(recorder, day, "bridgePaid", "people", desk.bridgePaid);
  record(recorder, day, "bridgeQueued", "people", desk.bridgeQueued);
  record(recorder, day, "bridgeExpired", "people", desk.bridgeExpired);
  record(recorder, day, "held", "money", heldFen);
  record(recorder, day, "cleared", "money", desk.clearedFen);
  record(recorder, day, "waited", "money", desk.delayFenMinutes);
  record(
    recorder,
    day,
    "settlementDelay",
    "plain",
    desk.clearedFen ? desk.delayFenMinutes / desk.clearedFen : 0,
  );
  record(recorder, day, "bridgeCleared", "money", desk.bridgeClearedFen);
  record(recorder, day, "bridgeWaited", "money", desk.bridgeDelayFenMinutes);
  record(recorder, day, "bulkSettled", "money", desk.bulkFen);
  record(recorder, day, "bulkWaited", "money", desk.bulkDelayFenMinutes);
  record(recorder, day, "gridlockMinutes", "plain", desk.gridlockMinutes);
  record(recorder, day, "resolutions", "plain", world.bridge.resolutions);
  record(recorder, day, "fellBack", "people", desk.fellBack);
  record(recorder, day, "rerouted", "people", desk.rerouted);
  record(recorder, day, "bridgeSettled", "money", desk.bridgeSettledFen);
  record(recorder, day, "bridgeQueuePeak", "money", desk.queuePeakFen);
  record(recorder, day, "obligedGross", "money", desk.grossFen);
  record(recorder, day, "obligedNet", "money", desk.netFen);
  for (const party of parties) {
    const resultFen = partyResultFen(world, party);
    record(recorder, day, `result.${party}`, "money", resultFen);
    noteCapital(world, party, resultFen);
  }
}

/** Keeps the least capital of a lender: what it owns less what it owes, less what is expected to be lost of its loans. */
function noteCapital(world: World, party: string, resultFen: number): void {
  const { memory } = world, k = (capitalParties as readonly string[]).indexOf(party);
  if (k < 0) return;
  const capitalFen = memory.worthAtStartFen.get(party)! + resultFen - allowanceFen(world, k);
  memory.capitalLeastFen[k] = Math.min(memory.capitalLeastFen[k], capitalFen);
}

/** What a party owns less what it owes, all its accounts in CNY together; foreign positions stand there at their value. */
export function worthFen(world: World, owner: string): number {
  const { ledger } = world;
  let sum = 0;
  for (let a = 0; a < ledger.names.length; a++) {
    if (ledger.owners[a] === owner && ledger.currencyOf[a] === 0) sum += ledger.balanceFen(a);
  }
  return sum;
}

/** A party's result since the start: the change of its worth. */
export function partyResultFen(world: World, party: string): number {
  return worthFen(world, party) - (world.memory.worthAtStartFen.get(party) ?? 0);
}
