// A queue of payments from a file, cleared: what settles when, what waits or has expired and why, and what it took.

import { type QueueMethod, type QueueMethodName, queueMethods } from "#/model/clearing/methods/registry.ts";
import { multilateralNet } from "#/model/clearing/netting.ts";
import { resolveDay } from "#/model/clearing/queue_day.ts";
import { refuse } from "#/scenarios/complain.ts";
import { clock, minuteOf } from "#/scenarios/queue_entries.ts";
import type { QueueFile } from "#/scenarios/queue_file.ts";
import type { About, ClearedQueue } from "./clear_words.ts";

/** What the command line says of a queue. */
export interface QueueChoice {
  objective?: string;
  cycleLength?: number;
  cycleSteps?: number;
  nodes?: number;
  /** The one time of settlement, instead of the file's. */
  at?: string;
}

/** Clears a queue under a method. Errors: `ScenarioError` for an objective or a time that is none. */
export function clearQueue(
  { accounts, payments, order, limits, minutes: ownMinutes }: QueueFile & { kind: "queue" },
  { about, choice }: { about: About; choice: QueueChoice },
): ClearedQueue {
  const objective = choice.objective ?? "value";
  if (objective !== "value" && objective !== "count") {
    refuse("--objective", "", `found "${objective}"; allowed are value, count`);
  }
  const minutes = choice.at === undefined ? ownMinutes : [timeOf(choice.at)];
  // A cap below the balance leaves a part of it out of use.
  const idleFen = new Map([...accounts].map(([id, { floorFen }]) => [id, Math.max(0, floorFen)]));
  const balances = Object.fromEntries(
    [...accounts].map(([id, { balanceFen }]) => [id, balanceFen - idleFen.get(id)!]),
  );
  const own = resolveDay(payments, balances, {
    creditFen: Object.fromEntries([...accounts].map(([id, { floorFen }]) => [id, Math.max(0, -floorFen)])),
    method: about.method as QueueMethodName,
    ...{ order, objective, limits, minutes },
    ...(choice.cycleLength !== undefined && { maxCycleLength: choice.cycleLength }),
    ...(choice.cycleSteps !== undefined && { cycleBudget: choice.cycleSteps }),
    ...(choice.nodes !== undefined && { nodeBudget: choice.nodes }),
  });
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const settled = multilateralNet(own.settled.map((id) => byId.get(id)!));
  const asked = multilateralNet(payments);
  const nets = new Map(settled.positions.map(({ participant, netFen }) => [participant, netFen]));
  const peaks = new Map(Object.entries(own.peakUsedFen)), closing = new Map(Object.entries(own.balancesFen));
  const { keepsOrder, title }: QueueMethod = queueMethods[about.method as QueueMethodName];
  const partsOf = (id: string) => {
    const { payer, payee, amountFen } = byId.get(id)!;
    return { id, payer, payee, amountFen };
  };
  const told = (minute: number | undefined) => minute === undefined ? null : clock(minute);
  return {
    ...{ kind: "queue", ...about, methodTitle: title, payments: payments.length },
    askedFen: asked.grossFen,
    askedNettingRatio: asked.nettingRatio,
    ...{ settled: own.settled, settledFen: own.settledFen, nettingRatio: settled.nettingRatio },
    batches: own.times.flatMap(({ batches }) => batches),
    times: own.times.flatMap(({ minute, batches }) =>
      minute === null ? [] : [{ time: clock(minute), batches: batches.length }]
    ),
    isProvenBest: own.times.every(({ isProvenBest }) => isProvenBest),
    isBudgetSpent: own.times.some(({ isBudgetSpent }) => isBudgetSpent),
    nodes: own.times.reduce((sum, { nodes }) => sum + nodes, 0),
    expired: own.expired.map(({ id, foundMinute }) => ({
      ...partsOf(id),
      deadline: clock(byId.get(id)!.deadlineMinute!),
      found: clock(foundMinute),
    })),
    waits: own.held.map(({ id, reason, shortFen, overFen }) => ({
      ...{ ...partsOf(id), reason, shortFen, overFen },
      ahead: reason === "order" && keepsOrder ? "an earlier payment of its payer waits" : null,
      arrives: reason === "notYet" ? told(byId.get(id)!.arrivalMinute) : null,
    })),
    limits: limits.map(({ payer, payee, limitFen }, k) => ({
      ...{ from: payer, to: payee, limitFen, netFen: own.limitNetFen[k] },
    })),
    participants: [...accounts].map(([id, { balanceFen, floorFen }]) => ({
      id,
      openingFen: balanceFen,
      floorFen,
      peakUsedFen: peaks.get(id)!,
      netFen: nets.get(id) ?? 0,
      closingFen: closing.get(id)! + idleFen.get(id)!,
    })),
    peakUsedFen: [...peaks.values()].reduce((sum, one) => sum + one, 0),
  };
}

function timeOf(text: string): number {
  return minuteOf(text) ?? refuse("--at", "", `found "${text}"; allowed is a time such as 10:30`);
}
