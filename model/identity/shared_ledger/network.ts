// The replicas together: block times, messages that travel, crashes and returns, entries that wait until they are final.

import type { Day } from "#/model/units/units.ts";
import { entryLeaf, type LedgerEntry } from "./entry.ts";
import { type Block, makeBlock } from "./block.ts";
import { EventQueue, type Timed } from "./event_queue.ts";
import { checkOutage, type Outage } from "./outages.ts";
import { type EntryProof, proveEntry } from "./proof.ts";
import {
  type Ballot,
  type Finality,
  type ForkRefusal,
  type Message,
  Replica,
  type Sending,
} from "./replica.ts";
import { checkEntry } from "./shapes.ts";
import { checkTerms, quorumOf, type SharedLedgerTerms } from "./terms.ts";

/** A block that is final, from the moment at which the first replica has counted a quorum of acknowledgements. */
export interface FinalBlock {
  height: number;
  hash: string;
  entries: number;
  /** When it was closed: it has entries of earlier minutes only. */
  closeMinute: number;
  finalSecond: number;
  /** The first whole minute at which it is final; minutes and seconds count from day 0. */
  finalMinute: number;
  /** The replicas whose acknowledgements were counted. */
  acknowledgedBy: readonly number[];
}

/** What else a network may be told. */
export interface NetworkSettings {
  /** The day on which the ledger starts; its first block closes at that day's first minute. */
  fromDay?: Day;
  /** How long a message travels, in whole seconds; Infinity loses it. Without it: the terms' latency for all. */
  secondsOf?: (way: { from: number; to: number; number: number }) => number;
  /** Whether a replica takes another one for up at a block time. Without it: they know. */
  believesUp?: (view: { observer: number; other: number; slot: number; up: boolean }) => boolean;
}

type Event =
  & Timed
  & (
    | { what: "crash" }
    | { what: "return" }
    | { what: "slot" }
    | { what: "rival" }
    | { what: "message"; message: Message }
    | { what: "propose"; ballot: Ballot; minute: number }
  );

/** What comes first in one second: who is down, then what arrives, then what a leader does with it. */
const rankOf = { crash: 0, return: 1, message: 2, propose: 3, slot: 4, rival: 5 } as const;

/**
 * A shared ledger as its replicas live it, message by message. For a few days at a few hundred entries; the same minutes
 * by the million are in `finality.ts`.
 *
 * Errors: `RangeError` for terms, outages and minutes that cannot be, `TypeError` for entries that may not be held.
 *
 * @example
 * ```ts
 * import { sha256 } from "#/model/identity/bytes.ts";
 * import { SharedLedger } from "#/model/identity/shared_ledger/network.ts";
 * import { verifyEntry } from "#/model/identity/shared_ledger/proof.ts";
 * import { exampleTerms } from "#/model/identity/shared_ledger/terms.ts";
 * import assert from "node:assert/strict";
 * const ledger = new SharedLedger(exampleTerms);
 * const id = ledger.submit({ kind: "receipt", hash: sha256("a receipt").toHex(), minute: 12 });
 * ledger.runUntil(60);
 * const { closeMinute, finalSecond, finalMinute } = ledger.finalityOf(id)!;
 * assert.deepEqual({ closeMinute, finalSecond, finalMinute }, { closeMinute: 15, finalSecond: 908, finalMinute: 16 });
 * assert.ok(verifyEntry(ledger.prove(id), { head: ledger.head }).accepted);
 * ```
 */
export class SharedLedger {
  readonly terms: SharedLedgerTerms;
  readonly replicas: readonly Replica[];
  /** Every final block, in order of height. */
  readonly finalBlocks: FinalBlock[] = [];
  /** Every block that a replica refused because it would part the chain in two, in order of time. */
  readonly forkRefusals: (ForkRefusal & { second: number })[] = [];
  readonly #settings: NetworkSettings;
  readonly #queue = new EventQueue<Event>();
  readonly #down: number[];
  readonly #known = new Map<string, { height: number; index: number } | undefined>();
  #waiting: { id: string; entry: LedgerEntry }[] = [];
  readonly #fromMinute: number;
  #second: number;
  /** Everything before this minute has happened. */
  #minute: number;
  #slot = 0;
  #messages = 0;

  /** A ledger with nothing on it. */
  constructor(terms: SharedLedgerTerms, settings: NetworkSettings = {}) {
    checkTerms(terms);
    this.terms = terms;
    this.#settings = settings;
    this.#fromMinute = this.#minute = (settings.fromDay ?? 0) * 1_440;
    this.#second = this.#minute * 60;
    this.#down = new Array(terms.replicas).fill(0);
    const { replicas, entriesPerBlock } = terms, quorum = quorumOf(terms);
    this.replicas = Array.from({ length: replicas }, (_, number) =>
      new Replica(number, {
        quorum,
        entriesPerBlock,
        onFinal: (finality) => this.#recordFinal(finality),
        onFork: (refusal) => this.forkRefusals.push({ ...refusal, second: this.#second }),
      }));
    this.#schedule("slot", { second: this.#second, replica: 0 });
  }

  /** The hash of the newest final block; 64 zeros for none. */
  get head(): string {
    return this.#longest().head;
  }

  /** The final blocks, from the replica that has most of them. */
  get chain(): readonly Block[] {
    return this.#longest().chain;
  }

  /** How many entries are not final. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Takes an entry and gives its id; the same entry again gives the same id and changes nothing.
   *
   * Whoever hands it in keeps it and gives it to every leader until it is final.
   */
  submit(entry: LedgerEntry): string {
    checkEntry(entry);
    if (entry.minute < this.#minute) {
      throw new RangeError(
        `Cannot hand in an entry of minute ${entry.minute}: from minute ${this.#minute} on is allowed`,
      );
    }
    const id = entryLeaf(entry).toHex();
    if (this.#known.has(id)) return id;
    this.#known.set(id, undefined);
    const after = this.#waiting.findLastIndex((other) => other.entry.minute <= entry.minute) + 1;
    this.#waiting.splice(after, 0, { id, entry: { ...entry } });
    return id;
  }

  /** Takes a replica down for a while that has not begun. */
  addOutage(outage: Outage): void {
    checkOutage(outage, this.terms.replicas);
    const { replica, fromMinute, untilMinute } = outage;
    if (untilMinute <= this.#fromMinute) return;
    if (fromMinute < this.#minute && this.#minute > this.#fromMinute) {
      throw new RangeError(
        `Cannot take replica ${replica} down from minute ${fromMinute}: from minute ${this.#minute} on is allowed`,
      );
    }
    this.#schedule("crash", { second: Math.max(fromMinute, this.#fromMinute) * 60, replica });
    this.#schedule("return", { second: untilMinute * 60, replica });
  }

  /** A replica that was set up wrongly offers all others, unasked, another block in the place of its newest. */
  addRival({ minute, replica }: { minute: number; replica: number }): void {
    if (!this.replicas[replica]) {
      throw new RangeError(
        `Cannot offer a rival from replica ${replica}: 0 to ${this.replicas.length - 1} are allowed`,
      );
    }
    if (!Number.isSafeInteger(minute) || minute < this.#minute) {
      throw new RangeError(
        `Cannot offer a rival in minute ${minute}: a whole minute from ${this.#minute} on is needed`,
      );
    }
    this.#schedule("rival", { second: minute * 60, replica });
  }

  /** Lets everything happen that comes before a minute. */
  runUntil(minute: number): void {
    if (!Number.isSafeInteger(minute) || minute < this.#minute) {
      throw new RangeError(
        `Cannot run until minute ${minute}: a whole minute from ${this.#minute} on is needed`,
      );
    }
    for (let event = this.#queue.popBefore(minute * 60); event; event = this.#queue.popBefore(minute * 60)) {
      this.#second = event.second;
      this.#happen(event);
    }
    this.#minute = minute;
  }

  /** The final block that an entry is in, or undefined while it waits. Errors: `RangeError` for an id nobody handed in. */
  finalityOf(id: string): FinalBlock | undefined {
    if (!this.#known.has(id)) throw new RangeError(`Cannot find entry ${id}: it was not handed in`);
    const found = this.#known.get(id);
    return found && this.finalBlocks[found.height - 1];
  }

  /** Proves a final entry to whoever knows {@link head}. Errors: `RangeError` for one that is not final. */
  prove(id: string): EntryProof {
    const found = this.#known.get(id);
    if (!found) throw new RangeError(`Cannot prove entry ${id}: it is not final`);
    return proveEntry(this.chain, found);
  }

  #happen(event: Event): void {
    const { replica: number } = event, replica = this.replicas[number];
    if (event.what === "crash") {
      this.#down[number]++;
      return replica.crash();
    }
    if (event.what === "return") return void this.#down[number]--;
    if (event.what === "slot") return this.#openSlot();
    if (this.#down[number] > 0) return;
    if (event.what === "message") this.#send(number, replica.receive(event.message));
    else if (event.what === "rival") this.#offerRival(replica);
    else {
      const { ballot, minute } = event;
      const closed = this.#waiting.findIndex(({ entry }) => entry.minute >= minute);
      const waiting = this.#waiting.slice(0, closed < 0 ? undefined : closed).map(({ entry }) => entry);
      this.#send(number, replica.propose(ballot, { minute, waiting }));
    }
  }

  /** A block time: the first replica in turn that is up leads. */
  #openSlot(): void {
    const { replicas: count, blockIntervalMinutes, latencySeconds } = this.terms, slot = this.#slot++;
    const minute = this.#fromMinute + slot * blockIntervalMinutes;
    this.#schedule("slot", { second: (minute + blockIntervalMinutes) * 60, replica: 0 });
    const isUp = (number: number) => this.#down[number] === 0;
    const sees = (observer: number, other: number) =>
      observer === other ||
      (this.#settings.believesUp?.({ observer, other, slot, up: isUp(other) }) ?? isUp(other));
    for (let turn = 0; turn < count; turn++) {
      const number = (slot + turn) % count;
      const before = Array.from({ length: turn }, (_, i) => (slot + i) % count);
      if (!isUp(number) || before.some((other) => sees(number, other))) continue;
      const ballot = slot * count + number;
      this.#send(number, this.replicas[number].lead(ballot));
      this.#queue.push({
        what: "propose",
        rank: rankOf.propose,
        second: this.#second + 2 * latencySeconds,
        replica: number,
        ballot,
        minute,
      });
    }
  }

  #offerRival({ number, head, chain }: Replica): void {
    const newest = chain.at(-1)?.header, height = newest?.height ?? 1, parent = newest?.parent ?? head;
    // Dated a minute later than the block that it rivals: never the same block.
    const minute = (newest?.minute ?? this.#fromMinute) + 1;
    const block = makeBlock([], { height, parent, minute, proposer: number });
    const ballot = this.#slot * this.terms.replicas + number;
    const message: Message = { kind: "propose", ballot, from: number, asked: 0, block, missing: [] };
    const others = this.replicas.filter((other) => other.number !== number);
    this.#send(number, others.map((other) => ({ to: other.number, message })));
  }

  #send(from: number, sendings: readonly Sending[]): void {
    for (const { to, message } of sendings) {
      const receivers = to === "all" ? this.replicas.map(({ number }) => number) : [to];
      for (const receiver of receivers) {
        const way = { from, to: receiver, number: this.#messages++ };
        const seconds = this.#settings.secondsOf?.(way) ?? this.terms.latencySeconds;
        if (seconds === Infinity) continue;
        const second = this.#second + seconds;
        this.#queue.push({ what: "message", rank: rankOf.message, second, replica: receiver, message });
      }
    }
  }

  #recordFinal({ block, acknowledgedBy }: Finality): void {
    const { height, count, minute: closeMinute } = block.header, before = this.finalBlocks[height - 1];
    if (before) {
      // The protocol makes this impossible; should it happen all the same, no result may be built on it.
      if (before.hash !== block.hash) {
        throw new Error(`Two final blocks at height ${height}: ${before.hash} and ${block.hash}`);
      }
      return;
    }
    const finalSecond = this.#second, finalMinute = Math.ceil(finalSecond / 60);
    this.finalBlocks.push({
      height,
      hash: block.hash,
      entries: count,
      closeMinute,
      finalSecond,
      finalMinute,
      acknowledgedBy,
    });
    if (count === 0) return;
    const ids = new Set(block.entries.map((entry, index) => {
      const id = entryLeaf(entry).toHex();
      this.#known.set(id, { height, index });
      return id;
    }));
    this.#waiting = this.#waiting.filter(({ id }) => !ids.has(id));
  }

  #longest(): Replica {
    return this.replicas.reduce((most, replica) => replica.height > most.height ? replica : most);
  }

  #schedule(what: "crash" | "return" | "slot" | "rival", at: { second: number; replica: number }): void {
    this.#queue.push({ what, rank: rankOf[what], ...at });
  }
}
