// What goes wrong in clearing today: who is down when, whose clock is wrong, how often messages are harmed.

import { type MessageFaultRates } from "#/model/clearing/transfers/faults.ts";
import { type TransferProtocol } from "#/model/clearing/transfers/protocol.ts";
import { participantNames } from "#/model/clearing/transfers/terms.ts";
import { log } from "#/model/units/elementary.ts";
import { draw, lane, process, uniform } from "./streams.ts";
import type { World } from "./world.ts";

/** A participant cannot be reached from one minute of the run (inclusive) until another (exclusive). */
export interface ParticipantOutage {
  participant: number;
  fromMinute: number;
  untilMinute: number;
}

/** The faults of the open day, and the transfers that they concern. */
export interface Faults {
  /** Outages that touch today or began before and last. */
  outages: ParticipantOutage[];
  /** Rates of message faults today, and their sum as a share. */
  rates: MessageFaultRates;
  harmed: number;
  /** Seconds that each participant's clock is ahead; whether any is. */
  clocks: Int32Array;
  apart: boolean;
  /** Share of offers on which each payee fails, and for how long. */
  fails: Float64Array;
  failsSeconds: number;
  /** Participants that cannot send at the minute that clearing has reached. */
  frozen: Uint8Array;
  /** The minute from which clearing has to look at faults again; Infinity while nothing is to come. */
  wakeMinute: number;
  /** The protocol of the day's transfers that a fault concerns; null on a day without. */
  protocol: TransferProtocol | null;
  /** Those transfers that are not decided, by place in clearing: the id of what is reserved, −1 where nothing is. */
  inFlight: Map<number, number>;
  /** Rows of purchases that settled although one side has not heard of it. */
  unheard: Set<number>;
  /** Rows of purchases that were cancelled because their transfer was given back. */
  lapsed: Set<number>;
  /** Transfers of today that a fault concerns: begun, paid in time, paid late, given back, ended for want of money. */
  prepared: number;
  inTime: number;
  late: number;
  timedOut: number;
  unfunded: number;
  heldFen: number;
}

/** No faults yet. */
export function makeFaults(participants: number): Faults {
  return {
    outages: [],
    rates: { lostPpm: 0, duplicatedPpm: 0, reorderedPpm: 0, latePpm: 0, lateSeconds: 1 },
    harmed: 0,
    clocks: new Int32Array(participants),
    apart: false,
    fails: new Float64Array(participants),
    failsSeconds: 1,
    frozen: new Uint8Array(participants),
    wakeMinute: Infinity,
    protocol: null,
    inFlight: new Map(),
    unheard: new Set(),
    lapsed: new Set(),
    ...{ prepared: 0, inTime: 0, late: 0, timedOut: 0, unfunded: 0 },
    heldFen: 0,
  };
}

/** Fixes the day's faults at its opening: dated ones, and outages that begin by luck. */
export function openFaults(world: World, day: number): void {
  const { faults, terms, participants } = world, { transfers } = terms.clearing;
  const running = terms.scenario.shocks.filter((shock) => day >= shock.fromDay && day < shock.untilDay);
  const { rates, clocks, fails } = faults;
  rates.lostPpm = transfers.lostPpm;
  rates.duplicatedPpm = transfers.duplicatedPpm;
  rates.reorderedPpm = transfers.reorderedPpm;
  rates.latePpm = transfers.latePpm;
  rates.lateSeconds = transfers.lateSeconds;
  clocks.fill(0);
  fails.fill(transfers.failsPpm / 1_000_000);
  faults.failsSeconds = transfers.failsSeconds;
  faults.outages = faults.outages.filter(({ untilMinute }) => untilMinute > day * 1_440);
  for (const shock of running) {
    if (shock.event === "message-faults") rates[`${shock.fault}Ppm`] += shock.plusPpm;
    if (!("participant" in shock)) continue;
    const participant = participantNames.indexOf(shock.participant);
    if (participant >= participants.count) continue;
    if (shock.event === "clocks-apart") clocks[participant] += shock.aheadSeconds;
    if (shock.event === "failure-after-prepare") fails[participant] += shock.plusPpm / 1_000_000;
    if (shock.event === "participant-outage") {
      const fromMinute = day * 1_440 + shock.fromMinute, untilMinute = day * 1_440 + shock.untilMinute;
      faults.outages.push({ participant, fromMinute, untilMinute });
    }
  }
  drawParticipantOutages(world, day);
  faults.harmed = (rates.lostPpm + rates.duplicatedPpm + rates.reorderedPpm + rates.latePpm) / 1_000_000;
  faults.apart = clocks.some((seconds) => seconds !== 0);
  faults.prepared =
    faults.inTime =
    faults.late =
    faults.timedOut =
    faults.unfunded =
    faults.heldFen =
      0;
  faults.unheard.clear();
  faults.lapsed.clear();
}

/** Outages that begin by luck: at most one a participant and day. More a year keep those there were. */
function drawParticipantOutages({ faults, terms, participants, streams }: World, day: number): void {
  const { platformPerYear, bankPerYear, meanMinutes } = terms.clearing.outages;
  const banksFrom = participants.count - terms.clearing.banks;
  for (let participant = 0; participant < participants.count; participant++) {
    const perYear = participant < banksFrom ? platformPerYear : bankPerYear;
    if (perYear === 0) continue;
    draw(streams, process.outage, participant, day);
    if (uniform(streams, lane.outage.begins) * 365 >= perYear) continue;
    const fromMinute = day * 1_440 + Math.floor(uniform(streams, lane.outage.minute) * 1_440);
    const length = Math.max(1, Math.ceil(-meanMinutes * log(1 - uniform(streams, lane.outage.length))));
    faults.outages.push({ participant, fromMinute, untilMinute: fromMinute + length });
  }
}

/** Whether a participant cannot be reached at a minute of today. */
export function isDown({ faults, today }: World, participant: number, minute: number): boolean {
  const now = today.day * 1_440 + minute;
  for (const it of faults.outages) {
    if (it.participant === participant && now >= it.fromMinute && now < it.untilMinute) return true;
  }
  return false;
}

/** The first second of today, not before `second`, at which no outage covers a participant. */
export function upAt({ faults, today }: World, participant: number, second: number): number {
  const midnight = today.day * 86_400;
  let up = second;
  for (let moved = true; moved;) {
    moved = false;
    for (const it of faults.outages) {
      const from = it.fromMinute * 60 - midnight, until = it.untilMinute * 60 - midnight;
      if (it.participant === participant && up >= from && up < until) {
        up = until;
        moved = true;
      }
    }
  }
  return up;
}

/** Minutes of today on which participants could not be reached, each counted for itself. */
export function outageMinutes({ faults, today }: World): number {
  const from = today.day * 1_440, until = from + 1_440;
  return faults.outages.reduce(
    (sum, it) => sum + Math.max(0, Math.min(it.untilMinute, until) - Math.max(it.fromMinute, from)),
    0,
  );
}
