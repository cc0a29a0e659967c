// What a deal's run found: every flow of every tranche, fee, account, line and trigger, by date.

import type { PoolFlow } from "./pool.ts";
import type { DealState } from "./state.ts";
import type { Deal, Phase } from "./terms.ts";

/** What a tranche was paid on a date and what it is owed after, whole fen. */
export interface TrancheFlow {
  day: number;
  interestFen: number;
  principalFen: number;
  residualFen: number;
  balanceFen: number;
  interestDueFen: number;
}

/** A tranche's whole run. */
export interface TrancheResult {
  name: string;
  originalFen: number;
  flows: TrancheFlow[];
  /** Principal and interest that stay unpaid at the end. */
  unpaidFen: number;
  interestUnpaidFen: number;
}

/** One payment date. */
export interface Payment {
  day: number;
  phase: Phase;
  isCalled: boolean;
  poolFen: number;
  /** Pool less tranches; negative when the tranches are no longer covered. */
  overcollateralisationFen: number;
  /** Interest collected since the last date, less fees and interest paid on this one. */
  excessSpreadFen: number;
}

/** A series of what was due and paid. */
export interface DueFlow {
  day: number;
  dueFen: number;
  paidFen: number;
}

/** The run of a deal. Days are counted from 1 January 1970, amounts are whole fen. */
export interface DealResult {
  name: string;
  closing: number;
  end: number;
  pool: PoolFlow[];
  payments: Payment[];
  tranches: TrancheResult[];
  fees: { name: string; flows: DueFlow[] }[];
  /** Balances at the end of each day on which something happened. */
  accounts: { name: string; days: number[]; balancesFen: number[] }[];
  lines: { name: string; everDrawnFen: number; everRepaidFen: number; drawnFen: number; dueFen: number }[];
  triggers: { name: string; fired: boolean; events: { day: number; fired: boolean }[] }[];
  cashInFen: number;
  cashOutFen: number;
  openingFen: number;
  leftFen: number;
  purchasedFen: number;
}

/** Collects the flows while a deal runs. */
export class Recorder {
  readonly #pool: PoolFlow[] = [];
  readonly #payments: Payment[] = [];
  readonly #tranches: TrancheResult[];
  readonly #fees: { name: string; flows: DueFlow[] }[];
  readonly #days: number[] = [];
  readonly #balances: number[][];
  readonly #before: { interest: number; principal: number; residual: number }[];

  constructor(state: DealState) {
    this.#tranches = state.tranches.map(({ name, originalFen }) => (
      { name, originalFen, flows: [], unpaidFen: 0, interestUnpaidFen: 0 }
    ));
    this.#fees = state.fees.map(({ name }) => ({ name, flows: [] }));
    this.#balances = state.accounts.map(() => []);
    this.#before = state.tranches.map(() => ({ interest: 0, principal: 0, residual: 0 }));
  }

  /** All that it has seen, as plain data that shares its lists: for {@link Recorder.restored}. */
  snapshot(): unknown[][] {
    return [
      ...[this.#pool, this.#payments, this.#tranches, this.#fees, this.#days, this.#balances],
      this.#before,
    ];
  }

  /** A recorder that has seen what a {@link Recorder.snapshot} tells and goes its own way from here. */
  static restored(state: DealState, seen: readonly unknown[][]): Recorder {
    const twin = new Recorder(state);
    for (const [i, to] of twin.snapshot().entries()) to.splice(0, to.length, ...structuredClone(seen[i]));
    return twin;
  }

  /** A collection. */
  pool(flow: PoolFlow): void {
    this.#pool.push(flow);
  }

  /** What had been paid before today's waterfall. */
  before({ tranches }: DealState): void {
    for (let i = 0; i < tranches.length; i++) {
      const { interestPaidFen, principalPaidFen, residualPaidFen } = tranches[i], before = this.#before[i];
      before.interest = interestPaidFen;
      before.principal = principalPaidFen;
      before.residual = residualPaidFen;
    }
  }

  /** What today's waterfall paid. */
  after(state: DealState, { phase, isCalled }: { phase: Phase; isCalled: boolean }): void {
    const { day, tranches, fees, pool } = state;
    let owed = 0, spread = pool.period.interestFen;
    for (let i = 0; i < tranches.length; i++) {
      const tranche = tranches[i], before = this.#before[i];
      const interestFen = tranche.interestPaidFen - before.interest;
      owed += tranche.balanceFen;
      spread -= interestFen;
      this.#tranches[i].flows.push({
        day,
        interestFen,
        principalFen: tranche.principalPaidFen - before.principal,
        residualFen: tranche.residualPaidFen - before.residual,
        balanceFen: tranche.balanceFen,
        interestDueFen: tranche.dueFen,
      });
    }
    for (let i = 0; i < fees.length; i++) {
      const { dueFen, paidTodayFen } = fees[i];
      spread -= paidTodayFen;
      this.#fees[i].flows.push({ day, dueFen, paidFen: paidTodayFen });
    }
    this.#payments.push({
      ...{ day, phase, isCalled, poolFen: pool.balanceFen },
      overcollateralisationFen: pool.balanceFen - owed,
      excessSpreadFen: spread,
    });
  }

  /** Where the accounts stand at the end of an event. */
  accounts({ day, accounts }: DealState): void {
    if (this.#days.at(-1) === day) this.#days.pop();
    this.#days.push(day);
    for (let i = 0; i < accounts.length; i++) {
      this.#balances[i][this.#days.length - 1] = accounts[i].balanceFen;
    }
  }

  /** The whole run. */
  result(deal: Deal, { state, openingFen }: { state: DealState; openingFen: number }): DealResult {
    const { closing, day, cashInFen, cashOutFen, purchasedFen } = state;
    return {
      ...{ name: deal.name, closing, end: day, pool: this.#pool, payments: this.#payments },
      tranches: this.#tranches.map((it, i) => (
        { ...it, unpaidFen: state.tranches[i].balanceFen, interestUnpaidFen: state.tranches[i].dueFen }
      )),
      fees: this.#fees,
      accounts: state.accounts.map(({ name }, i) => (
        { name, days: this.#days, balancesFen: this.#balances[i] }
      )),
      lines: state.lines.map(({ name, everDrawnFen, everRepaidFen, drawnFen, dueFen }) => (
        { name, everDrawnFen, everRepaidFen, drawnFen, dueFen }
      )),
      triggers: state.triggers.map(({ name, fired, events }) => ({ name, fired, events })),
      ...{ cashInFen, cashOutFen, openingFen, purchasedFen },
      leftFen: state.accounts.reduce((sum, { balanceFen }) => sum + balanceFen, 0),
    };
  }
}
