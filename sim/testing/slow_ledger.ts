// The ledger's slow twin: the same book kept in whole numbers of any size and plain Maps, to be compared with.
//
// It is written to be seen right, not to be fast: a call is kept as its own text, so "the same content" is the same
// text, and a linked group is tried on a copy of all balances.

import type { Day, Fen } from "#/model/units/units.ts";
import { answer, homeCurrency, type LedgerBook, type Leg } from "#/sim/ledger/ledger.ts";

/** One call of today that moved money, reserved it or was refused, and how it stands. */
interface Entry {
  call: string;
  legs: readonly Leg[];
  state: number;
}

/** How much all movements of a run may sum to; beyond it a fen could be lost in a float, so both books refuse. */
const most = (1n << 53n) - 1n;

/**
 * A ledger of the same behaviour as `Ledger`, for tests.
 *
 * @example
 * ```ts
 * import { SlowLedger } from "#/sim/testing/slow_ledger.ts";
 * import { answer } from "#/sim/ledger/ledger.ts";
 * import assert from "node:assert/strict";
 * const book = new SlowLedger();
 * const cash = book.openAccount("cash.jd", "jd", 0), wages = book.openAccount("wages", "external");
 * assert.equal(book.pend(0, cash, wages, 500, 1), answer.pending);
 * assert.equal(book.balanceFen(cash), 0);
 * assert.equal(book.post(0), answer.posted);
 * assert.equal(book.balanceFen(cash), 500);
 * ```
 */
export class SlowLedger implements LedgerBook {
  private names: string[] = [];
  private currencies: string[] = [];
  /** No entry: the account has no floor. */
  private floors = new Map<number, bigint>();
  private balances = new Map<number, bigint>();
  private reserved = new Map<number, bigint>();
  /** Every id of today; the legs of a group share one entry. */
  private today = new Map<number, Entry>();
  private volume = 0n;

  openAccount(name: string, _owner: string, floorFen: Fen = -Infinity, currency = homeCurrency): number {
    if (this.names.includes(name)) throw new RangeError(`Cannot open account ${name}: it exists`);
    const floor = readFloor(floorFen);
    const account = this.names.push(name) - 1;
    this.currencies.push(currency);
    if (floor !== undefined) this.floors.set(account, floor);
    this.balances.set(account, 0n);
    this.reserved.set(account, 0n);
    return account;
  }

  setFloor(account: number, floorFen: Fen): void {
    this.mustBeOpen(account);
    const floor = readFloor(floorFen);
    if (floor === undefined) this.floors.delete(account);
    else this.floors.set(account, floor);
  }

  beginDay(day: Day): void {
    for (const [id, { state }] of this.today) {
      if (state === answer.pending) {
        throw new Error(`Cannot begin day ${day}: transfer ${id} is still pending`);
      }
    }
    this.today.clear();
  }

  transfer(id: number, debit: number, credit: number, amountFen: Fen, code: number): number {
    return this.enter("transfer", id, [{ debit, credit, amountFen, code }], (leg) => {
      if (!this.covers(leg, this.balances)) return answer.short;
      move(leg, this.balances);
      return answer.posted;
    });
  }

  pend(id: number, debit: number, credit: number, amountFen: Fen, code: number): number {
    return this.enter("pend", id, [{ debit, credit, amountFen, code }], (leg) => {
      if (!this.covers(leg, this.balances)) return answer.short;
      add(this.reserved, leg.credit, BigInt(leg.amountFen));
      return answer.pending;
    });
  }

  post(id: number): number {
    return this.end(id, answer.posted);
  }

  void(id: number): number {
    return this.end(id, answer.voided);
  }

  expire(id: number): number {
    return this.end(id, answer.expired);
  }

  linked(id: number, legs: readonly Leg[]): number {
    if (legs.length === 0) throw new RangeError(`Cannot link transfer ${id}: it has no legs`);
    return this.enter("linked", id, legs, () => {
      const trial = new Map(this.balances);
      for (const leg of legs) {
        if (!this.covers(leg, trial)) return answer.short;
        move(leg, trial);
      }
      this.balances = trial;
      return answer.posted;
    });
  }

  balanceFen(account: number): Fen {
    this.mustBeOpen(account);
    return Number(this.balances.get(account)!);
  }

  availableFen(account: number): Fen {
    this.mustBeOpen(account);
    const floor = this.floors.get(account);
    if (floor === undefined) return Infinity;
    return Number(this.balances.get(account)! - this.reserved.get(account)! - floor);
  }

  /** A new call is carried out; the same call again answers how it stands; another under a used id is refused. */
  private enter(kind: string, id: number, legs: readonly Leg[], carryOut: (first: Leg) => number): number {
    const ids = legs.map((_, k) => id + k);
    ids.forEach((one) => mustBeIndex(one, 4_294_967_296, "id"));
    for (const { debit, credit, amountFen, code } of legs) {
      this.mustBeOpen(debit);
      this.mustBeOpen(credit);
      if (debit === credit) throw new RangeError(`Cannot move money from account ${debit} to itself`);
      if (this.currencies[debit] !== this.currencies[credit]) {
        throw new RangeError(
          `Cannot move money between accounts ${debit} and ${credit}: their currencies differ`,
        );
      }
      mustBeIndex(code, 256, "code");
      if (!Number.isSafeInteger(amountFen) || amountFen <= 0) {
        throw new RangeError(`Cannot move ${amountFen} fen: a whole number above 0 is needed`);
      }
    }
    const call = [kind, id, ...legs.map((leg) => `${leg.debit} ${leg.credit} ${leg.amountFen} ${leg.code}`)]
      .join();
    if (ids.some((one) => this.today.has(one))) {
      const before = this.today.get(id);
      return before?.call === call ? before.state : answer.differs;
    }
    const sum = legs.reduce((total, { amountFen }) => total + BigInt(amountFen), 0n);
    if (this.volume + sum > most) throw new RangeError(`Cannot move ${sum} fen after ${this.volume} fen`);
    const state = carryOut(legs[0]);
    if (state !== answer.short) this.volume += sum;
    const entry = { call, legs, state };
    ids.forEach((one) => this.today.set(one, entry));
    return state;
  }

  /** Only a pending call can still end; what has ended answers how. */
  private end(id: number, state: number): number {
    const entry = this.today.get(id);
    if (entry === undefined) return answer.unknown;
    if (entry.state !== answer.pending) return entry.state;
    for (const leg of entry.legs) {
      add(this.reserved, leg.credit, -BigInt(leg.amountFen));
      if (state === answer.posted) move(leg, this.balances);
      else this.volume -= BigInt(leg.amountFen);
    }
    return entry.state = state;
  }

  /** Whether the credited account has as much above its floor, once what is reserved is set aside. */
  private covers({ credit, amountFen }: Leg, balances: ReadonlyMap<number, bigint>): boolean {
    const floor = this.floors.get(credit);
    return floor === undefined ||
      balances.get(credit)! - this.reserved.get(credit)! - BigInt(amountFen) >= floor;
  }

  private mustBeOpen(account: number): void {
    mustBeIndex(account, this.names.length, "account");
  }
}

function move({ debit, credit, amountFen }: Leg, balances: Map<number, bigint>): void {
  add(balances, debit, BigInt(amountFen));
  add(balances, credit, -BigInt(amountFen));
}

function add(sums: Map<number, bigint>, account: number, amount: bigint): void {
  sums.set(account, sums.get(account)! + amount);
}

function readFloor(floorFen: Fen): bigint | undefined {
  if (floorFen === -Infinity) return undefined;
  if (!Number.isSafeInteger(floorFen)) {
    throw new RangeError(`Cannot set a floor of ${floorFen} fen: a whole number or -Infinity is needed`);
  }
  return BigInt(floorFen);
}

function mustBeIndex(value: number, below: number, what: string): void {
  if (!Number.isInteger(value) || value < 0 || value >= below) {
    throw new RangeError(`Cannot use ${what} ${value}: a whole number from 0 to ${below - 1} is needed`);
  }
}
