// The ledger: the one door for money. A transfer debits one account and credits another by the same whole fen, so that
// nothing is made or lost; it can be pending first, and then is posted, voided or expired, once.

import type { Day, Fen } from "#/model/units/units.ts";

/** What the ledger answers. Operating outcomes are values; only mistakes in the program throw. */
export const answer = {
  /** No such id today. */
  unknown: 0,
  pending: 1,
  posted: 2,
  voided: 3,
  expired: 4,
  /** Refused: the credited account would fall below its floor. */
  short: 5,
  /** Refused: the id was used before with other content. */
  differs: 6,
} as const;

/** One leg of a linked group. */
export interface Leg {
  debit: number;
  credit: number;
  amountFen: Fen;
  code: number;
}

/** What both the ledger and its slow twin can do; ids are whole numbers below `capacity`, kept for the day. */
export interface LedgerBook {
  openAccount(name: string, owner: string, floorFen?: Fen, currency?: string): number;
  setFloor(account: number, floorFen: Fen): void;
  beginDay(day: Day): void;
  transfer(id: number, debit: number, credit: number, amountFen: Fen, code: number): number;
  pend(id: number, debit: number, credit: number, amountFen: Fen, code: number): number;
  post(id: number): number;
  void(id: number): number;
  expire(id: number): number;
  linked(id: number, legs: readonly Leg[]): number;
  balanceFen(account: number): Fen;
  availableFen(account: number): Fen;
}

const slots = 512;
const codes = 256;
/** The currency of an account that names none. */
export const homeCurrency = "CNY";
const exact = Number.MAX_SAFE_INTEGER;

/** The part that an id plays, kept above its code, so that the same amount in another part is other content. */
const part = { atOnce: 0, pending: 1, firstLeg: 2, middleLeg: 3, lastLeg: 4, onlyLeg: 5 } as const;

/**
 * Accounts and transfers of one run, as columns.
 *
 * An account's balance is debits minus credits: positive for what its owner has, negative for what its owner owes. A
 * floor bounds what can be credited: no credit takes the balance less pending credits below it. An account is kept in one
 * currency, in its smallest amounts: fen, where it names none. A transfer stays within a currency, so each currency's
 * books balance by themselves; to change money takes two transfers, one in each.
 *
 * Errors: `RangeError` for an account that is not open, two accounts of different currencies, an amount, id or code that is
 * out of range, a group without legs, and a movement after which the sum of all movements would pass 2^53 − 1 fen: until then every sum is exact.
 *
 * @example
 * ```ts
 * import { answer, Ledger } from "#/sim/ledger/ledger.ts";
 * import assert from "node:assert/strict";
 * const ledger = new Ledger(100);
 * const cash = ledger.openAccount("cash.jd", "jd", 0), wages = ledger.openAccount("wages", "external");
 * ledger.beginDay(0);
 * assert.equal(ledger.transfer(0, cash, wages, 500, 1), answer.posted);
 * assert.equal(ledger.transfer(1, wages, cash, 501, 1), answer.short);
 * assert.equal(ledger.balanceFen(cash), 500);
 * ```
 */
export class Ledger implements LedgerBook {
  readonly names: string[] = [];
  readonly owners: string[] = [];
  /** The currencies in which accounts are kept, the home currency first, and the place of each account's. */
  readonly currencies: string[] = [homeCurrency];
  readonly currencyOf = new Uint8Array(slots);
  readonly debitsPosted = new Float64Array(slots);
  readonly creditsPosted = new Float64Array(slots);
  readonly debitsPending = new Float64Array(slots);
  readonly creditsPending = new Float64Array(slots);
  readonly floorFen = new Float64Array(slots).fill(-Infinity);
  /** A second count of each balance, kept beside the four counters, so that a damaged counter names its account. */
  readonly tallyFen = new Float64Array(slots);
  /** Turnover by transfer code, posted. */
  readonly turnoverFen = new Float64Array(codes);
  day: Day = 0;
  /** Transfers posted since the start. */
  posted = 0;
  /** All that is posted or pending since the start. It bounds every counter, so while it is exact, they all are. */
  volumeFen = 0;

  // Today's transfers, by id.
  private state: Uint8Array;
  private debitOf: Uint16Array;
  private creditOf: Uint16Array;
  private amountOf: Float64Array;
  private tagOf: Uint16Array;
  private used = 0;

  /** `capacity`: how many ids a day may use; the columns grow when a linked group or a late id needs more. */
  constructor(capacity: number) {
    this.state = new Uint8Array(capacity);
    this.debitOf = new Uint16Array(capacity);
    this.creditOf = new Uint16Array(capacity);
    this.amountOf = new Float64Array(capacity);
    this.tagOf = new Uint16Array(capacity);
  }

  /** Opens an account and returns its number. A floor of 0 means that it cannot be overdrawn; it is in the account's currency. */
  openAccount(name: string, owner: string, floorFen: Fen = -Infinity, currency = homeCurrency): number {
    if (this.names.includes(name)) throw new RangeError(`Cannot open account ${name}: it exists`);
    const account = this.names.length;
    if (account === slots) throw new RangeError(`Cannot open account ${name}: ${slots} are open already`);
    checkFloor(name, floorFen);
    this.names.push(name);
    this.owners.push(owner);
    this.floorFen[account] = floorFen;
    if (!this.currencies.includes(currency)) this.currencies.push(currency);
    this.currencyOf[account] = this.currencies.indexOf(currency);
    return account;
  }

  /** Moves an account's floor. A balance below it stays and can only rise, but what was reserved may still be posted. */
  setFloor(account: number, floorFen: Fen): void {
    if (!this.isOpen(account)) {
      throw new RangeError(`Cannot move the floor of account ${account}: it is not open`);
    }
    checkFloor(this.names[account], floorFen);
    this.floorFen[account] = floorFen;
  }

  /** Forgets the ids of the day before. Nothing may be pending overnight. */
  beginDay(day: Day): void {
    for (let id = 0; id < this.used; id++) {
      if (this.state[id] === answer.pending) {
        throw new Error(`Cannot begin day ${day}: transfer ${id} of day ${this.day} is still pending`);
      }
    }
    this.state.fill(0, 0, this.used);
    this.used = 0;
    this.day = day;
  }

  /** Debits one account and credits another, at once. The same id with the same content answers as before. */
  transfer(id: number, debit: number, credit: number, amountFen: Fen, code: number): number {
    this.check(id, debit, credit, amountFen, code);
    const before = this.seen(id, debit, credit, amountFen, code, part.atOnce);
    if (before !== answer.unknown) return before;
    this.checkVolume(amountFen);
    this.keep(id, debit, credit, amountFen, code, part.atOnce);
    if (this.short(credit, amountFen)) return this.state[id] = answer.short;
    this.move(debit, credit, amountFen, code);
    this.posted++;
    return this.state[id] = answer.posted;
  }

  /** Reserves a transfer: it counts against the credited account's floor until it is posted, voided or expired. */
  pend(id: number, debit: number, credit: number, amountFen: Fen, code: number): number {
    this.check(id, debit, credit, amountFen, code);
    const before = this.seen(id, debit, credit, amountFen, code, part.pending);
    if (before !== answer.unknown) return before;
    this.checkVolume(amountFen);
    this.keep(id, debit, credit, amountFen, code, part.pending);
    if (this.short(credit, amountFen)) return this.state[id] = answer.short;
    this.hold(debit, credit, amountFen);
    return this.state[id] = answer.pending;
  }

  /** Posts a pending transfer. A transfer that has ended already answers how. */
  post(id: number): number {
    if (this.state[id] !== answer.pending) return this.state[id] ?? answer.unknown;
    const debit = this.debitOf[id], credit = this.creditOf[id], amountFen = this.amountOf[id];
    this.hold(debit, credit, -amountFen);
    this.move(debit, credit, amountFen, this.tagOf[id] % codes);
    this.posted++;
    return this.state[id] = answer.posted;
  }

  /** Gives a pending transfer back. A transfer that has ended already answers how. */
  void(id: number): number {
    return this.release(id, answer.voided);
  }

  /** Gives a pending transfer back because its time ran out. */
  expire(id: number): number {
    return this.release(id, answer.expired);
  }

  /** Posts all legs, in order, or none. The first leg has the group's id, each other leg the id that follows. */
  linked(id: number, legs: readonly Leg[]): number {
    const before = this.seenGroup(id, legs);
    if (before !== answer.unknown) return before;
    let done = 0;
    for (; done < legs.length; done++) {
      const { debit, credit, amountFen, code } = legs[done];
      if (this.short(credit, amountFen)) break;
      this.move(debit, credit, amountFen, code);
    }
    const end = done === legs.length ? answer.posted : answer.short;
    if (end === answer.posted) {
      this.posted += done;
    } else {
      while (done-- > 0) {
        const { debit, credit, amountFen, code } = legs[done];
        this.move(debit, credit, -amountFen, code);
      }
    }
    for (let k = 0; k < legs.length; k++) {
      const { debit, credit, amountFen, code } = legs[k];
      this.keep(id + k, debit, credit, amountFen, code, partOfLeg(k, legs.length));
      this.state[id + k] = end;
    }
    return end;
  }

  /** Debits minus credits, posted. */
  balanceFen(account: number): Fen {
    return this.debitsPosted[account] - this.creditsPosted[account];
  }

  /** What can still be credited: balance less pending credits, above the floor. */
  availableFen(account: number): Fen {
    return this.balanceFen(account) - this.creditsPending[account] - this.floorFen[account];
  }

  // Mistakes in the program throw before anything is written. The messages stand apart to keep the hot path small.
  private check(id: number, debit: number, credit: number, amountFen: Fen, code: number): void {
    const open = this.names.length;
    if (
      debit === credit || debit >>> 0 !== debit || credit >>> 0 !== credit || debit >= open ||
      credit >= open || this.currencyOf[debit] !== this.currencyOf[credit] ||
      !(amountFen > 0 && amountFen <= exact) || Math.floor(amountFen) !== amountFen ||
      id >>> 0 !== id || code >>> 0 !== code || code >= codes
    ) this.explain(id, debit, credit, amountFen, code);
  }

  private explain(id: number, debit: number, credit: number, amountFen: Fen, code: number): never {
    const what = `Cannot transfer ${amountFen} fen from account ${credit} to account ${debit}`;
    if (debit === credit || !this.isOpen(debit) || !this.isOpen(credit)) {
      throw new RangeError(`${what}: two of the ${this.names.length} open accounts are needed`);
    }
    if (this.currencyOf[debit] !== this.currencyOf[credit]) {
      const named = (account: number) =>
        `${this.names[account]} in ${this.currencies[this.currencyOf[account]]}`;
      throw new RangeError(
        `Cannot transfer ${amountFen} from ${named(credit)} to ${
          named(debit)
        }: two accounts of one currency are needed`,
      );
    }
    if (id >>> 0 !== id) throw new RangeError(`${what} by id ${id}: a whole number, 0 or more, is needed`);
    if (code >>> 0 !== code || code >= codes) {
      throw new RangeError(`${what} with code ${code}: a whole number below ${codes} is needed`);
    }
    throw new RangeError(
      `Cannot transfer ${amountFen} fen from ${this.names[credit]} to ${this.names[debit]}: ` +
        `a whole number from 1 to ${exact} is needed`,
    );
  }

  private checkVolume(amountFen: Fen): void {
    if (this.volumeFen + amountFen > exact) throw beyondExact(this.volumeFen, amountFen);
  }

  private isOpen(account: number): boolean {
    return account >>> 0 === account && account < this.names.length;
  }

  /** What an id answers to a content: unknown, how it stands, or that it differs. */
  private seen(
    id: number,
    debit: number,
    credit: number,
    amountFen: Fen,
    code: number,
    asPart: number,
  ): number {
    const before = this.state[id] ?? answer.unknown;
    return before === answer.unknown ||
        this.debitOf[id] === debit && this.creditOf[id] === credit && this.amountOf[id] === amountFen &&
          this.tagOf[id] === asPart * codes + code
      ? before
      : answer.differs;
  }

  /** The same for a group: unknown only if all its ids are, and the same only if it has as many legs. */
  private seenGroup(id: number, legs: readonly Leg[]): number {
    if (legs.length === 0) throw new RangeError(`Cannot link transfer ${id}: at least one leg is needed`);
    for (let k = 0; k < legs.length; k++) {
      this.check(id + k, legs[k].debit, legs[k].credit, legs[k].amountFen, legs[k].code);
    }
    const first = this.state[id] ?? answer.unknown;
    let sumFen = 0;
    for (let k = 0; k < legs.length; k++) {
      const { debit, credit, amountFen, code } = legs[k];
      if (this.seen(id + k, debit, credit, amountFen, code, partOfLeg(k, legs.length)) !== first) {
        return answer.differs;
      }
      sumFen += amountFen;
    }
    if (first === answer.unknown) this.checkVolume(sumFen);
    return first;
  }

  private keep(
    id: number,
    debit: number,
    credit: number,
    amountFen: Fen,
    code: number,
    asPart: number,
  ): void {
    if (id >= this.state.length) this.grow(id + 1);
    if (id >= this.used) this.used = id + 1;
    this.debitOf[id] = debit;
    this.creditOf[id] = credit;
    this.amountOf[id] = amountFen;
    this.tagOf[id] = asPart * codes + code;
  }

  private short(credit: number, amountFen: Fen): boolean {
    return this.debitsPosted[credit] - this.creditsPosted[credit] - this.creditsPending[credit] - amountFen <
      this.floorFen[credit];
  }

  private move(debit: number, credit: number, amountFen: Fen, code: number): void {
    this.debitsPosted[debit] += amountFen;
    this.creditsPosted[credit] += amountFen;
    this.tallyFen[debit] += amountFen;
    this.tallyFen[credit] -= amountFen;
    this.turnoverFen[code] += amountFen;
    this.volumeFen += amountFen;
  }

  private hold(debit: number, credit: number, amountFen: Fen): void {
    this.debitsPending[debit] += amountFen;
    this.creditsPending[credit] += amountFen;
    this.volumeFen += amountFen;
  }

  private release(id: number, end: number): number {
    if (this.state[id] !== answer.pending) return this.state[id] ?? answer.unknown;
    this.hold(this.debitOf[id], this.creditOf[id], -this.amountOf[id]);
    return this.state[id] = end;
  }

  private grow(least: number): void {
    const size = Math.max(least, Math.ceil(this.state.length * 1.5));
    const enlarge = <T extends Uint8Array | Uint16Array | Float64Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    this.state = enlarge(this.state, new Uint8Array(size));
    this.debitOf = enlarge(this.debitOf, new Uint16Array(size));
    this.creditOf = enlarge(this.creditOf, new Uint16Array(size));
    this.amountOf = enlarge(this.amountOf, new Float64Array(size));
    this.tagOf = enlarge(this.tagOf, new Uint16Array(size));
  }
}

/** First, middle and last legs are told apart so that a longer or shorter group under the same id differs. */
function partOfLeg(k: number, legs: number): number {
  if (legs === 1) return part.onlyLeg;
  return k === 0 ? part.firstLeg : k === legs - 1 ? part.lastLeg : part.middleLeg;
}

function checkFloor(name: string, floorFen: Fen): void {
  if (floorFen !== -Infinity && !Number.isSafeInteger(floorFen)) {
    throw new RangeError(
      `Cannot set the floor of account ${name} to ${floorFen} fen: a whole number or -Infinity is needed`,
    );
  }
}

function beyondExact(volumeFen: Fen, amountFen: Fen): RangeError {
  return new RangeError(
    `Cannot move ${amountFen} fen after ${volumeFen} fen of this run: sums are exact only up to ${exact} fen`,
  );
}
