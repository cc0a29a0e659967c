// Netting: what many obligations come to once everybody's payments and receipts are set against each other.

import type { Fen } from "#/model/units/units.ts";

/** What one participant owes another. */
export interface Obligation {
  /** Who owes. */
  payer: string;
  /** To whom. */
  payee: string;
  /** Whole fen, above zero. */
  amountFen: Fen;
}

/** What one participant's obligations come to. */
export interface NetPosition {
  /** Whose position. */
  participant: string;
  /** The sum of what it owes. */
  toPayFen: Fen;
  /** The sum of what it is owed. */
  toReceiveFen: Fen;
  /** Receipts minus payments: above zero it receives, below zero it pays. */
  netFen: Fen;
}

/** The outcome of multilateral netting. */
export interface Netting {
  /** One for each participant, by name in order of code units; their nets sum to zero. */
  positions: NetPosition[];
  /** The sum of all obligations. */
  grossFen: Fen;
  /** What is left to be paid: the sum of the nets above zero. */
  netFen: Fen;
  /** The share of payments that netting saves, 1 - net / gross; 0 where nothing is owed. */
  nettingRatio: number;
}

/**
 * Nets all obligations against each other, participant by participant.
 *
 * Errors: `RangeError` for an amount that is not a whole number above zero, an obligation to oneself, or a sum beyond
 * 2^53 fen.
 * Source: CPMI glossary, "multilateral netting".
 *
 * @example
 * ```ts
 * import { multilateralNet } from "#/model/clearing/netting.ts";
 * import assert from "node:assert/strict";
 * const { positions, nettingRatio } = multilateralNet([
 *   { payer: "jd", payee: "ant", amountFen: 100 },
 *   { payer: "ant", payee: "bank", amountFen: 100 },
 * ]);
 * assert.deepEqual(positions.map((one) => [one.participant, one.netFen]), [["ant", 0], ["bank", 100], ["jd", -100]]);
 * assert.equal(nettingRatio, 0.5);
 * ```
 */
export function multilateralNet(obligations: readonly Obligation[]): Netting {
  const positions = new Map<string, NetPosition>();
  const positionOf = (participant: string) => {
    let position = positions.get(participant);
    if (!position) {
      positions.set(participant, position = { participant, toPayFen: 0, toReceiveFen: 0, netFen: 0 });
    }
    return position;
  };
  let grossFen = 0;
  for (const obligation of obligations) {
    refuseUnlessOwed(obligation);
    const { payer, payee, amountFen } = obligation;
    const debtor = positionOf(payer), creditor = positionOf(payee);
    debtor.toPayFen += amountFen;
    debtor.netFen -= amountFen;
    creditor.toReceiveFen += amountFen;
    creditor.netFen += amountFen;
    grossFen += amountFen;
  }
  // Every partial sum is at most the gross sum, so one look at the end is enough.
  if (!Number.isSafeInteger(grossFen)) {
    throw new RangeError(`Cannot net obligations of ${grossFen} fen: sums up to 2^53 - 1 are exact`);
  }
  const ordered = [...positions.values()].sort((a, b) => byText(a.participant, b.participant));
  const netFen = ordered.reduce((sum, position) => sum + Math.max(0, position.netFen), 0);
  return { positions: ordered, grossFen, netFen, nettingRatio: grossFen === 0 ? 0 : 1 - netFen / grossFen };
}

/**
 * Nets each pair of participants alone: at most one obligation is left between any two.
 *
 * Shapes and errors: as {@link multilateralNet}; the result is in order of payer, then payee.
 *
 * @example
 * ```ts
 * import { bilateralNet } from "#/model/clearing/netting.ts";
 * import assert from "node:assert/strict";
 * const owed = [{ payer: "b", payee: "a", amountFen: 75 }, { payer: "a", payee: "b", amountFen: 30 }];
 * assert.deepEqual(bilateralNet(owed), [{ payer: "b", payee: "a", amountFen: 45 }]);
 * ```
 */
export function bilateralNet(obligations: readonly Obligation[]): Obligation[] {
  const pairs = new Map<string, Obligation[]>();
  for (const obligation of obligations) {
    const pair = JSON.stringify([obligation.payer, obligation.payee].sort(byText));
    const group = pairs.get(pair);
    if (group) group.push(obligation);
    else pairs.set(pair, [obligation]);
  }
  return [...pairs.values()]
    .flatMap((group) => netPayments(multilateralNet(group).positions))
    .sort((a, b) => byText(a.payer, b.payer) || byText(a.payee, b.payee));
}

/**
 * Payments that settle net positions: who must pay pays those who are to receive, both in the order given.
 *
 * Shapes: positions whose nets sum to zero, as {@link multilateralNet} gives them. The payments are not the only
 * possible ones, but never more than there are participants less one.
 * Errors: `RangeError` when the nets do not sum to zero.
 */
export function netPayments(positions: readonly Pick<NetPosition, "participant" | "netFen">[]): Obligation[] {
  const sum = positions.reduce((total, { netFen }) => total + netFen, 0);
  if (sum !== 0) {
    throw new RangeError(`Cannot settle net positions as they must sum to 0: current sum is ${sum}`);
  }
  const payees = positions.filter(({ netFen }) => netFen > 0);
  const payments: Obligation[] = [];
  let turn = 0, missingFen = payees[0]?.netFen ?? 0;
  for (const { participant, netFen } of positions) {
    for (let leftFen = -netFen; leftFen > 0;) {
      const amountFen = Math.min(leftFen, missingFen);
      payments.push({ payer: participant, payee: payees[turn].participant, amountFen });
      leftFen -= amountFen;
      missingFen -= amountFen;
      if (missingFen === 0) missingFen = payees[++turn]?.netFen ?? 0;
    }
  }
  return payments;
}

/** Errors: `RangeError` for an obligation that is none. */
export function refuseUnlessOwed({ payer, payee, amountFen }: Obligation): void {
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0) {
    throw new RangeError(
      `Cannot clear ${amountFen} fen from ${payer} to ${payee}: a whole number above 0 is needed`,
    );
  }
  if (payer === payee) throw new RangeError(`Cannot clear ${amountFen} fen from ${payer} to itself`);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
