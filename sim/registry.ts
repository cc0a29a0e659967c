// The shared ledger in a run: what was handed in today, when it is final, and what waits for that.

import { datedOutages, drawOutages, type Outage } from "#/model/identity/shared_ledger/outages.ts";
import { LedgerFinality } from "#/model/identity/shared_ledger/finality.ts";
import { costFen as costOfBlocksFen } from "#/model/identity/shared_ledger/terms.ts";
import { mulDiv } from "#/model/units/units.ts";
import { draw, process, type Streams, uniform } from "#/sim/streams.ts";
import type { Terms } from "./terms.ts";

const dayMinutes = 1_440;

/** The shared ledger of a run, as columns need it. */
export interface Registry {
  readonly finality: LedgerFinality;
  /** Entries of today by minute. */
  readonly entriesByMinute: Uint32Array;
  /** Handed in and not yet final: the place of the minute that it sets, and where it stands in the queue. */
  readonly waiting: { place: number; number: number }[];
  /** Handed in today: the place of the minute that it sets. */
  readonly today: { place: number; minute: number }[];
  /** Identifiers of shoppers who presented a credential for the first time: handed in on the next morning, as one. */
  newIdentifiers: number;
  /** When the newest known list of revoked credentials was published, the one before it, and from when the newest is known. */
  listOf: number;
  listBefore: number;
  listFinal: number;
  /** Outages that may still touch tomorrow. */
  outages: Outage[];
}

/** A registry with nothing on it; the list of day −1 is final. */
export function openRegistry(terms: Terms): Registry {
  const { sharedLedger } = terms.scenario.identity;
  const entriesPerBlock = Math.max(1, Math.floor(sharedLedger.entriesPerBlock / terms.factor));
  return {
    finality: new LedgerFinality({ ...sharedLedger, entriesPerBlock }),
    entriesByMinute: new Uint32Array(dayMinutes),
    waiting: [],
    today: [],
    newIdentifiers: 0,
    listOf: -dayMinutes,
    listBefore: -dayMinutes,
    listFinal: -dayMinutes,
    outages: [],
  };
}

/** Hands an entry in at a minute of today; the place gets the minute from which it is final. */
export function handIn(registry: Registry, place: number, minute: number): void {
  registry.entriesByMinute[minute % dayMinutes]++;
  registry.today.push({ place, minute });
}

/**
 * Works out the day's blocks and writes into `identities` what became final. Today's list of revoked credentials is handed
 * in at the day's first minute. Returns what the blocks cost all replicas, in whole fen of the run.
 */
export function bindDay(
  registry: Registry,
  { day, identities, terms, streams, onFinal }: {
    day: number;
    identities: Int32Array;
    terms: Terms;
    streams: Streams;
    /** Told of each place that was set, and to which minute. */
    onFinal?: (place: number, minute: number) => void;
  },
): number {
  const { finality, entriesByMinute, waiting, today } = registry;
  const { sharedLedger } = terms.scenario.identity, morning = day * dayMinutes;
  // The list, and one root over all identifiers that were new yesterday: people are enrolled in bulk.
  entriesByMinute[0] += registry.newIdentifiers > 0 ? 2 : 1;
  registry.newIdentifiers = 0;
  const lucky = drawOutages(sharedLedger, {
    day,
    draw: (replica, which) => {
      draw(streams, process.replica, replica, day);
      return uniform(streams, which);
    },
  });
  const dated = terms.scenario.shocks.flatMap((shock) =>
    shock.event === "replica-outage" && shock.fromDay === day
      ? datedOutages(
        Array.from({ length: Math.min(shock.replicas, sharedLedger.replicas) }, (_, replica) => replica),
        shock,
      )
      : []
  );
  registry.outages.push(...lucky, ...dated);
  finality.advance({ day, outages: registry.outages, entriesByMinute });
  registry.outages = registry.outages.filter(({ untilMinute }) => untilMinute > morning + dayMinutes - 60);

  const set = (place: number, minute: number) => {
    identities[place] = minute;
    onFinal?.(place, minute);
  };
  let kept = 0;
  for (const entry of waiting) {
    const final = finality.finalMinuteOf(entry.number);
    if (final === Infinity) waiting[kept++] = entry;
    else set(entry.place, Math.max(final, morning));
  }
  waiting.length = kept;
  for (const { place, minute } of today) {
    const final = finality.finalMinuteAt(minute);
    if (final === Infinity) waiting.push({ place, number: finality.numberAt(minute) });
    else set(place, final);
  }
  today.length = 0;
  publishList(registry, morning);
  entriesByMinute.fill(0);
  return mulDiv(
    costOfBlocksFen(sharedLedger, {
      blocks: finality.blocks,
      entries: (finality.final - finality.finalBefore) * terms.factor,
    }),
    1,
    terms.factor,
  );
}

/** The list of the day, with the minute from which it is known; one that waits until tomorrow is overtaken by tomorrow's. */
function publishList(registry: Registry, morning: number): void {
  const { finality } = registry;
  const final = finality.finalMinuteAt(morning);
  if (final === Infinity) return;
  registry.listBefore = registry.listOf;
  registry.listOf = morning;
  registry.listFinal = final;
}

/** Whether the list that is known at a minute is young enough. */
export function freshAt(registry: Registry, minute: number, maxAgeMinutes: number): boolean {
  const published = minute >= registry.listFinal ? registry.listOf : registry.listBefore;
  return minute - published <= maxAgeMinutes;
}
