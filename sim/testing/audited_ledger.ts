// A ledger that is watched: every call also goes to the slow twin, and the first difference stops the program.
//
// It can stand wherever a Ledger does, so that a whole run can be audited and not only single calls.

import type { Day, Fen } from "#/model/units/units.ts";
import { Ledger, type Leg } from "#/sim/ledger/ledger.ts";
import { SlowLedger } from "./slow_ledger.ts";

/**
 * The ledger together with its slow twin. Errors: those of `Ledger`, and `Error` where the two books part.
 *
 * @example
 * ```ts
 * import { AuditedLedger } from "#/sim/testing/audited_ledger.ts";
 * import assert from "node:assert/strict";
 * const ledger = new AuditedLedger(10);
 * const cash = ledger.openAccount("cash.jd", "jd"), wages = ledger.openAccount("wages", "external");
 * ledger.transfer(0, cash, wages, 500, 1);
 * ledger.debitsPosted[cash] += 1; // a fen slipped in beside the door
 * assert.throws(() => ledger.compare(), /cash.jd: balance 501, the twin has 500/);
 * ```
 */
export class AuditedLedger extends Ledger {
  private readonly twin = new SlowLedger();

  override openAccount(name: string, owner: string, floorFen?: Fen, currency?: string): number {
    return this.both(
      `openAccount ${name}`,
      () => super.openAccount(name, owner, floorFen, currency),
      () => this.twin.openAccount(name, owner, floorFen, currency),
    );
  }

  override setFloor(account: number, floorFen: Fen): void {
    this.both(
      `setFloor ${account} ${floorFen}`,
      () => super.setFloor(account, floorFen),
      () => this.twin.setFloor(account, floorFen),
    );
  }

  /** Also compares all balances, so that a run is compared once a day at least. */
  override beginDay(day: Day): void {
    this.both(`beginDay ${day}`, () => super.beginDay(day), () => this.twin.beginDay(day));
    this.compare();
  }

  override transfer(id: number, debit: number, credit: number, amountFen: Fen, code: number): number {
    return this.both(
      `transfer ${id}`,
      () => super.transfer(id, debit, credit, amountFen, code),
      () => this.twin.transfer(id, debit, credit, amountFen, code),
    );
  }

  override pend(id: number, debit: number, credit: number, amountFen: Fen, code: number): number {
    return this.both(
      `pend ${id}`,
      () => super.pend(id, debit, credit, amountFen, code),
      () => this.twin.pend(id, debit, credit, amountFen, code),
    );
  }

  override post(id: number): number {
    return this.both(`post ${id}`, () => super.post(id), () => this.twin.post(id));
  }

  override void(id: number): number {
    return this.both(`void ${id}`, () => super.void(id), () => this.twin.void(id));
  }

  override expire(id: number): number {
    return this.both(`expire ${id}`, () => super.expire(id), () => this.twin.expire(id));
  }

  override linked(id: number, legs: readonly Leg[]): number {
    return this.both(`linked ${id}`, () => super.linked(id, legs), () => this.twin.linked(id, legs));
  }

  /** Throws where a balance, or what is available, differs from the twin's. */
  compare(): void {
    for (const [account, name] of this.names.entries()) {
      const parts: [string, number, number][] = [
        ["balance", this.balanceFen(account), this.twin.balanceFen(account)],
        ["available", this.availableFen(account), this.twin.availableFen(account)],
      ];
      for (const [what, fast, slow] of parts) {
        if (fast !== slow) {
          throw new Error(`The books differ at ${name}: ${what} ${fast}, the twin has ${slow}`);
        }
      }
    }
  }

  /** Both must answer the same, or both must throw the same kind of error; then the ledger's own is thrown. */
  private both<T>(call: string, fast: () => T, slow: () => T): T {
    const [answered, expected] = [attempt(fast), attempt(slow)];
    if (answered.value !== expected.value || answered.error?.name !== expected.error?.name) {
      throw new Error(`The books differ at ${call}: ${say(answered)}, the twin says ${say(expected)}`);
    }
    if (answered.error) throw answered.error;
    return answered.value as T;
  }
}

interface Attempt<T> {
  value?: T;
  error?: Error;
}

function attempt<T>(act: () => T): Attempt<T> {
  try {
    return { value: act() };
  } catch (error) {
    return { error: error as Error };
  }
}

function say({ value, error }: Attempt<unknown>): string {
  return error ? `${error.name} "${error.message}"` : String(value);
}
