// Collect: cases move to their next stage as far as there are places, in a stated order; notices, costs, commissions.

import { refilled, stage, stageOf, stages } from "#/model/credit/collections.ts";
import { type NoticeKind, noticeKinds, noticeText } from "#/model/credit/late_notices.ts";
import { bpsOf, type Fen } from "#/model/units/units.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import { billedAt, feesAt, lineCount, overdueAt } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";

/** Stages with places, the strongest first: a case that finds none there may find one below. */
const queued = [stage.law, stage.agency, stage.call, stage.message];

/** Adds to what collection costs an issuer; it is paid when there is cash. */
export function incur(world: World, p: number, fen: Fen): void {
  world.memory.collectionDueFen[p] += fen;
  world.memory.collectionIncurredFen += fen;
}

/** Counts a notice about a line, and shows its text where somebody follows the shopper. */
export function notify(world: World, kind: NoticeKind, line: number): void {
  const { servicing, trace, lines, today, terms } = world;
  const p = line % lineCount;
  servicing.notices[p * noticeKinds.length + noticeKinds.indexOf(kind)]++;
  if (!trace?.notices || trace.day !== today.day || trace.shopper !== Math.floor(line / lineCount)) return;
  const { name } = terms.products[p];
  const text = noticeText(kind, {
    product: name.charAt(0).toUpperCase() + name.slice(1),
    amountFen: lines.fen[billedAt(line)] + lines.fen[overdueAt(line)] + lines.fen[feesAt(line)],
    dpd: kind === "reminder" ? 0 : today.day - lines.oldestDue[line],
  });
  trace.notices.push({ kind, product: name, text });
}

/** Reminds of a due day, or does not: a share of bills is reminded of, by luck that belongs to the bill. */
export function remind(world: World, line: number): boolean {
  const { streams, shoppers, today, terms: { collections } } = world;
  if (collections.reminderSentBps < 10_000) {
    draw(streams, process.due, shoppers.entity0 * lineCount + line, today.day);
    if (uniform(streams, lane.due.reminder) >= collections.reminderSentBps / 10_000) return false;
  }
  notify(world, "reminder", line);
  incur(world, line % lineCount, collections.reminderCostFen);
  return true;
}

/** Called before a line in arrears pays what is overdue: counts it for its stage and pays the agency its part. */
export function broughtIn(world: World, line: number): void {
  const { servicing, lines, today, terms } = world;
  const p = line % lineCount, at = lines.stage[line];
  const overdueFen = lines.fen[overdueAt(line)], amountFen = overdueFen + lines.fen[feesAt(line)];
  servicing.collectedFen[p * stages.length + at] += amountFen;
  if (today.day - lines.oldestDue[line] >= terms.provisions.stage3FromDpd) {
    servicing.collectedInDefaultFen[p] += amountFen;
  }
  if (at === stage.agency) incur(world, p, bpsOf(amountFen, terms.collections.agencyCommissionBps));
}

/** Takes up the cases that wait, as far as there are places; the rest waits for tomorrow. */
export function collect(world: World): void {
  const { servicing, terms: { collections }, lines, today, arrears, due } = world;
  const { places, casesWaiting } = servicing;
  casesWaiting.fill(0);
  for (let p = 0; p < lineCount; p++) {
    const issuer = collections.issuers[p];
    for (const which of queued) {
      const at = p * stages.length + which;
      if (which !== stage.message) places[at] = refilled(places[at], issuer.places[which]);
      let length = 0;
      for (let k = 0; k < arrears.length; k++) {
        const line = arrears.lines[k];
        if (line % lineCount !== p || lines.stage[line] >= which) continue;
        // The list of what was due today has done its service and lends its room.
        if (stageOf(today.day - lines.oldestDue[line], issuer) >= which) due.lines[length++] = line;
      }
      if (length === 0) continue;
      const free = which === stage.message ? length : Math.min(length, Math.floor(places[at]));
      const turn = due.lines.subarray(0, length);
      if (free > 0 && free < length) turn.sort(issuer.order === "age" ? byAge : byAmount);
      for (let k = 0; k < free; k++) takeUp(world, turn[k], which);
      if (which !== stage.message) places[at] -= free;
    }
  }
  for (let k = 0; k < arrears.length; k++) {
    const line = arrears.lines[k], p = line % lineCount;
    if (stageOf(today.day - lines.oldestDue[line], collections.issuers[p]) > lines.stage[line]) {
      casesWaiting[p]++;
    }
  }
  function byAmount(a: number, b: number): number {
    return lines.fen[overdueAt(b)] - lines.fen[overdueAt(a)] || a - b;
  }
  function byAge(a: number, b: number): number {
    return lines.oldestDue[a] - lines.oldestDue[b] || a - b;
  }
}

/** A case begins a stage. What the court says is known at once; until then the law's day has its months. */
function takeUp(world: World, line: number, which: number): void {
  const { servicing, lines, terms: { collections }, streams, shoppers, today } = world;
  const p = line % lineCount;
  servicing.casesTaken[p * stages.length + which]++;
  incur(world, p, collections.costFen[which]);
  let now = which;
  if (which === stage.law) {
    draw(streams, process.collection, shoppers.entity0 * lineCount + line, today.day);
    if (uniform(streams, lane.collection.verdict) >= collections.lawSuccessBps / 10_000) {
      now = stage.dismissed;
    }
  }
  lines.stage[line] = now;
  notify(world, stages[now] as NoticeKind, line);
}
