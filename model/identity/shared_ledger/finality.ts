// When entries become final, by arithmetic: the minutes of `network.ts` a day at a time, for runs with millions of them.
//
// It follows each round of the protocol in one pass: who leads, who answers, who acknowledges, who counts. Messages have
// one latency, so the four moments of a round are known beforehand, and who is up at each is one mask of bits.

import type { Day, Fen } from "#/model/units/units.ts";
import { checkOutage, type Outage, writeUpMasks } from "./outages.ts";
import { checkTerms, costFen, messagesToFinality, quorumOf, type SharedLedgerTerms } from "./terms.ts";

const minutesPerDay = 1_440, secondsPerDay = 86_400;

/** A day of the ledger. */
export interface LedgerDay {
  day: Day;
  /** All outages that touch the day or the round that ends in it; older and later ones do no harm. */
  outages: readonly Outage[];
  /** How many entries are handed in in each of the day's 1,440 minutes. Without it: none. */
  entriesByMinute?: ArrayLike<number>;
}

/** All that a {@link LedgerFinality} is between two days, as plain data. */
export interface FinalitySnapshot {
  terms: SharedLedgerTerms;
  fromDay: Day;
  counts: number[];
  columns: (Float64Array | Uint32Array)[];
}

/**
 * The blocks of a shared ledger, day by day. A round that ends after midnight, and entries that find no block, go over to
 * the next day.
 *
 * Entries are numbered from 0 in the order in which they are handed in, over all days: an entry is final when more entries
 * than its number are. Minutes count from day 0. Nothing is allocated after the constructor.
 *
 * Errors: `RangeError` for terms, days, outages and counts that cannot be.
 *
 * @example
 * ```ts
 * import { LedgerFinality } from "#/model/identity/shared_ledger/finality.ts";
 * import { exampleTerms } from "#/model/identity/shared_ledger/terms.ts";
 * import assert from "node:assert/strict";
 * const ledger = new LedgerFinality(exampleTerms), entriesByMinute = new Uint32Array(1_440);
 * entriesByMinute[12] = 3; // a block closes at minute 15; four latencies later it is final
 * ledger.advance({ day: 0, outages: [], entriesByMinute });
 * assert.equal(ledger.finalMinuteAt(12), 16);
 * assert.equal(ledger.finalMinuteOf(2), 16);
 * assert.equal(ledger.finalThrough(15), 0);
 * assert.equal(ledger.finalThrough(16), 3);
 * assert.equal(ledger.finalMinuteAt(1_439), Infinity); // closes tomorrow
 * assert.equal(ledger.blocks, 288);
 * ```
 */
export class LedgerFinality {
  readonly terms: SharedLedgerTerms;
  /** How many blocks became final on the day. */
  blocks = 0;
  /** Of each of them, when it was closed: it has entries of earlier minutes only. */
  readonly closeMinute: Float64Array;
  /** Of each of them, the first whole minute at which it is final. */
  readonly finalMinute: Float64Array;
  /** How many entries are final with each of them, over all days. */
  readonly through: Float64Array;
  /** Block times whose round was to end on the day and gave no new final block. */
  lostRounds = 0;
  /** How many entries were final before the day. */
  finalBefore = 0;

  #nextDay: Day;
  #opening = 0;
  #nextSlot = 0;
  readonly #fromMinute: number;
  readonly #quorum: number;
  /** The masks of the day, behind those of the minutes in which a round that ends on it may have begun. */
  readonly #masks: Uint32Array;
  readonly #lead: number;
  /** Entries handed in before each minute of the day, and of the day before. */
  #before = new Float64Array(minutesPerDay + 1);
  #yesterday = new Float64Array(minutesPerDay + 1);
  /** The ledger's height and entries, as the first replica to know them. */
  #height = 0;
  #taken = 0;
  /** Of each replica: its last final block; round, time of closing and entries of what it acknowledged above it. */
  readonly #heads: Float64Array;
  readonly #pendingHeight: Float64Array;
  readonly #pendingSlot: Float64Array;
  readonly #pendingClose: Float64Array;
  readonly #pendingThrough: Float64Array;

  /** A ledger with nothing on it that starts at the first minute of a day. */
  constructor(terms: SharedLedgerTerms, { fromDay = 0 }: { fromDay?: Day } = {}) {
    checkTerms(terms);
    if (!Number.isSafeInteger(fromDay)) {
      throw new RangeError(`Cannot start a ledger on day ${fromDay}: a whole day is needed`);
    }
    this.terms = terms;
    this.#quorum = quorumOf(terms);
    this.#nextDay = fromDay;
    this.#fromMinute = fromDay * minutesPerDay;
    this.#lead = Math.ceil(messagesToFinality * terms.latencySeconds / 60);
    this.#masks = new Uint32Array(this.#lead + minutesPerDay);
    const most = Math.ceil(minutesPerDay / terms.blockIntervalMinutes) + 1;
    this.closeMinute = new Float64Array(most);
    this.finalMinute = new Float64Array(most);
    this.through = new Float64Array(most);
    this.#heads = new Float64Array(terms.replicas);
    this.#pendingHeight = new Float64Array(terms.replicas);
    this.#pendingSlot = new Float64Array(terms.replicas);
    this.#pendingClose = new Float64Array(terms.replicas);
    this.#pendingThrough = new Float64Array(terms.replicas);
  }

  /** A ledger in the same state that goes its own way from here. */
  copy(): LedgerFinality {
    return LedgerFinality.restored(this.snapshot());
  }

  /** All that the ledger is, as plain data that shares its arrays: for {@link LedgerFinality.restored}. */
  snapshot(): FinalitySnapshot {
    return {
      terms: this.terms,
      fromDay: this.#fromMinute / minutesPerDay,
      counts: [
        ...[this.blocks, this.lostRounds, this.finalBefore, this.#nextDay, this.#opening, this.#nextSlot],
        ...[this.#height, this.#taken],
      ],
      columns: [
        ...[this.closeMinute, this.finalMinute, this.through, this.#masks, this.#before, this.#yesterday],
        ...[this.#heads, this.#pendingHeight, this.#pendingSlot, this.#pendingClose, this.#pendingThrough],
      ],
    };
  }

  /** The ledger of a {@link LedgerFinality.snapshot}, with arrays of its own. Errors: `RangeError` for columns of another length. */
  static restored({ terms, fromDay, counts, columns }: FinalitySnapshot): LedgerFinality {
    const twin = new LedgerFinality(terms, { fromDay });
    [twin.blocks, twin.lostRounds, twin.finalBefore, twin.#nextDay, twin.#opening, twin.#nextSlot] = counts;
    [twin.#height, twin.#taken] = counts.slice(6);
    for (const [i, to] of twin.snapshot().columns.entries()) {
      if (columns[i]?.length !== to.length) {
        throw new RangeError(
          `Cannot restore a ledger: column ${i} has ${columns[i]?.length} of ${to.length} entries`,
        );
      }
      to.set(columns[i]);
    }
    return twin;
  }

  /** How many entries have been handed in, over all days. */
  get submitted(): number {
    return this.#before[minutesPerDay];
  }

  /** How many entries are final, over all days. */
  get final(): number {
    return this.#taken;
  }

  /** How many entries wait at the end of the day. */
  get waiting(): number {
    return this.submitted - this.#taken;
  }

  /** What the day's final blocks and entries cost all replicas, in whole fen. */
  get costFen(): Fen {
    return costFen(this.terms, { blocks: this.blocks, entries: this.#taken - this.finalBefore });
  }

  /** Works out the next day. Days follow one another from the ledger's first. */
  advance({ day, outages, entriesByMinute }: LedgerDay): void {
    if (day !== this.#nextDay) {
      throw new RangeError(`Cannot work out day ${day} of the ledger: day ${this.#nextDay} is next`);
    }
    const { replicas, blockIntervalMinutes, latencySeconds } = this.terms;
    for (const outage of outages) checkOutage(outage, replicas);
    this.#countEntries(day, entriesByMinute);
    this.#nextDay = day + 1;
    this.#opening = day * minutesPerDay;
    writeUpMasks(this.#masks, { replicas, fromMinute: this.#opening - this.#lead, outages });
    this.blocks = this.lostRounds = 0;
    this.finalBefore = this.#taken;
    const ending = (day + 1) * secondsPerDay, duration = messagesToFinality * latencySeconds;
    for (;; this.#nextSlot++) {
      const minute = this.#fromMinute + this.#nextSlot * blockIntervalMinutes;
      if (minute * 60 + duration >= ending) break;
      if (!this.#round(this.#nextSlot, minute)) this.lostRounds++;
    }
  }

  /** The number of the first entry that is handed in in a minute of the day. Errors: `RangeError` for another day's. */
  numberAt(minute: number): number {
    return this.#before[this.#minuteOfDay(minute)];
  }

  /** When the entry of a number is final: -Infinity for an earlier day, Infinity where it waits at the day's end. */
  finalMinuteOf(number: number): number {
    if (number < this.finalBefore) return -Infinity;
    const i = this.#firstAbove(this.through, number);
    return i < this.blocks ? this.finalMinute[i] : Infinity;
  }

  /**
   * When an entry handed in in a minute of the day is final, Infinity where it waits at the day's end. Of several the
   * last; where none was counted, one that finds the ledger as it is.
   *
   * Errors: `RangeError` for a minute of another day.
   */
  finalMinuteAt(minute: number): number {
    const i = this.#minuteOfDay(minute), number = Math.max(this.#before[i], this.#before[i + 1] - 1);
    // It needs a block that closes later, and one that the entries before it do not fill.
    const full = number - this.terms.entriesPerBlock;
    const withRoom = this.finalBefore > full ? 0 : this.#firstAbove(this.through, full) + 1;
    const block = Math.max(withRoom, this.#firstAbove(this.closeMinute, minute));
    return block < this.blocks ? this.finalMinute[block] : Infinity;
  }

  /** How many entries, over all days, are final at the beginning of a minute of the day. */
  finalThrough(minute: number): number {
    const blocks = this.#firstAbove(this.finalMinute, minute);
    return blocks === 0 ? this.finalBefore : this.through[blocks - 1];
  }

  #minuteOfDay(minute: number): number {
    const i = minute - this.#opening;
    if (i >= 0 && i < minutesPerDay) return i;
    throw new RangeError(
      `Cannot read minute ${minute} of the ledger: ${this.#opening} to ${
        this.#opening + minutesPerDay - 1
      } ` +
        "are worked out",
    );
  }

  /** The first of the day's blocks whose value is above a limit; their number where there is none. */
  #firstAbove(values: Float64Array, limit: number): number {
    let low = 0, high = this.blocks;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle] > limit) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #countEntries(day: Day, counts: ArrayLike<number> | undefined): void {
    if (counts && counts.length !== minutesPerDay) {
      throw new RangeError(`Cannot count entries of ${counts.length} minutes on day ${day}: 1440 are needed`);
    }
    const before = this.#yesterday, submitted = this.submitted;
    before[0] = submitted;
    for (let i = 0; i < minutesPerDay; i++) {
      const count = counts ? counts[i] : 0;
      if (!Number.isSafeInteger(count) || count < 0) {
        throw new RangeError(
          `Cannot count ${count} entries in minute ${i} of day ${day}: a whole number from 0 is needed`,
        );
      }
      before[i + 1] = before[i] + count;
    }
    this.#yesterday = this.#before;
    this.#before = before;
  }

  /** One round of the protocol; whether it gave a new final block. `minute` is its block time. */
  #round(slot: number, minute: number): boolean {
    const { replicas, latencySeconds, entriesPerBlock } = this.terms;
    const start = minute * 60, answered = start + 2 * latencySeconds;
    const leader = this.#leader(slot, this.#upAt(start));
    if (leader < 0 || !this.#upThroughout(leader, { start, end: answered })) return false;
    const answerers = this.#upAt(start + latencySeconds);
    if (bits(answerers) < this.#quorum) return false;

    // What the leader learns: the highest final block, and what was acknowledged last above it.
    const heads = this.#heads;
    let height = 0, latest = -1;
    for (let r = 0; r < replicas; r++) if (answerers >>> r & 1 && heads[r] > height) height = heads[r];
    for (let r = 0; r < replicas; r++) {
      if (!(answerers >>> r & 1) || this.#pendingHeight[r] !== height + 1) continue;
      if (latest < 0 || this.#pendingSlot[r] > this.#pendingSlot[latest]) latest = r;
    }
    heads[leader] = height;
    const close = latest >= 0 ? this.#pendingClose[latest] : minute;
    const through = latest >= 0
      ? this.#pendingThrough[latest]
      : Math.min(this.#taken + entriesPerBlock, this.#submittedBefore(minute));

    const acknowledgers = answerers & this.#upAt(start + 3 * latencySeconds);
    for (let r = 0; r < replicas; r++) {
      if (!(acknowledgers >>> r & 1)) continue;
      heads[r] = height;
      this.#pendingHeight[r] = height + 1;
      this.#pendingSlot[r] = slot;
      this.#pendingClose[r] = close;
      this.#pendingThrough[r] = through;
    }
    const end = start + 4 * latencySeconds, counters = acknowledgers & this.#upAt(end);
    if (bits(acknowledgers) < this.#quorum || counters === 0) return false;
    for (let r = 0; r < replicas; r++) if (counters >>> r & 1) heads[r] = height + 1;
    // A block that those who knew it to be final did not live to tell is agreed on again; it was final before.
    if (height + 1 <= this.#height) return false;
    this.#height = height + 1;
    this.#taken = through;
    this.closeMinute[this.blocks] = close;
    this.finalMinute[this.blocks] = Math.ceil(end / 60);
    this.through[this.blocks++] = through;
    return true;
  }

  /** The first replica in turn that is up; -1 for none. */
  #leader(slot: number, up: number): number {
    const { replicas } = this.terms;
    for (let turn = 0; turn < replicas; turn++) {
      const number = (slot + turn) % replicas;
      if (up >>> number & 1) return number;
    }
    return -1;
  }

  /** Who is up in a second, as bits. */
  #upAt(second: number): number {
    return this.#masks[Math.floor(second / 60) - this.#opening + this.#lead];
  }

  #upThroughout(replica: number, { start, end }: { start: number; end: number }): boolean {
    for (let second = start; second < end; second += 60) {
      if (!(this.#upAt(second) >>> replica & 1)) return false;
    }
    return (this.#upAt(end) >>> replica & 1) === 1;
  }

  /** Entries handed in before a minute of this day or of the day before. */
  #submittedBefore(minute: number): number {
    const i = minute - this.#opening;
    return i >= 0 ? this.#before[i] : this.#yesterday[i + minutesPerDay];
  }
}

/** How many bits of a mask are on. */
function bits(mask: number): number {
  let rest = mask - (mask >>> 1 & 0x55555555);
  rest = (rest & 0x33333333) + (rest >>> 2 & 0x33333333);
  return Math.imul(rest + (rest >>> 4) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
