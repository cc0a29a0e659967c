// Settlement windows: what may enter under cover and cap, how a window's nets settle, and how it is unwound.

import type { Fen } from "#/model/units/units.ts";
import { multilateralNet, type NetPosition, type Obligation } from "./netting.ts";

/** One participant between two settlements. */
export interface Member {
  /** What it owes on balance from payments that have not settled, reserved ones included; below zero it is owed. */
  positionFen: Fen;
  /** The money and collateral that stand behind its position. */
  coverFen: Fen;
  /** How far its position may go. */
  netDebitCapFen: Fen;
}

/** Whether a payment may enter: it may; its payer lacks cover; it would pass the payer's cap. Cover is looked at first. */
export type Admission = "reserved" | "noCover" | "overCap";

/**
 * Whether a payment may enter a window: its payer's position may pass neither its cover nor its net debit cap.
 *
 * The caller raises the position by what is reserved before it asks again, so a batch never reserves more than there is.
 *
 * @example
 * ```ts
 * import { admission } from "#/model/clearing/windows.ts";
 * import assert from "node:assert/strict";
 * assert.equal(admission({ positionFen: 1_000, coverFen: 2_000, netDebitCapFen: 1_000 }, 2), "overCap");
 * ```
 */
export function admission({ positionFen, coverFen, netDebitCapFen }: Member, amountFen: Fen): Admission {
  if (amountFen > coverFen - positionFen) return "noCover";
  return amountFen > netDebitCapFen - positionFen ? "overCap" : "reserved";
}

/** A settlement step by step: what members' positions are after each. */
export interface WindowSettlement {
  /** The net of each participant over the windows settled. */
  nets: NetPosition[];
  /** Members once receivers' nets are reserved: their position rises, since the money is not theirs to net any more. */
  reserved: Record<string, Member>;
  /** Members once all is paid: payers' positions fall, and cover moves from payers to receivers. */
  committed: Record<string, Member>;
  /** Who would be further out than cover or cap allow, and how far: then nothing settles. */
  refused: { participant: string; overFen: Fen }[];
}

/**
 * Settles the nets of closed windows, all or nothing.
 *
 * Settling some of several windows takes receipts out of positions that others were admitted against. So it is refused
 * where it would leave a receiver beyond its cap or cover that was not there before; settling the other window
 * as well, or first, is the way out.
 *
 * Shapes: `members` before, every participant of the windows among them; nothing is changed.
 * Errors: `RangeError` for a window without payments, a stranger, and as {@link multilateralNet}.
 *
 * @example
 * ```ts
 * import { settleWindows } from "#/model/clearing/windows.ts";
 * import assert from "node:assert/strict";
 * const member = (positionFen: number) => ({ positionFen, coverFen: 100, netDebitCapFen: 90 });
 * const first = [{ payer: "ant", payee: "jd", amountFen: 10 }], second = [{ payer: "jd", payee: "ant", amountFen: 100 }];
 * const members = { ant: member(-90), jd: member(90) };
 * assert.deepEqual(settleWindows(members, [first]).refused, [{ participant: "jd", overFen: 10 }]);
 * assert.deepEqual(settleWindows(members, [first, second]).refused, []);
 * ```
 */
export function settleWindows(
  members: Readonly<Record<string, Member>>,
  windows: readonly (readonly Obligation[])[],
): WindowSettlement {
  for (const [k, window] of windows.entries()) {
    if (window.length === 0) throw new RangeError(`Cannot settle window ${k}: it is empty`);
  }
  const { positions: nets } = multilateralNet(windows.flat());
  const reserved = { ...members }, committed = { ...members };
  for (const { participant, netFen } of nets) {
    if (!Object.hasOwn(members, participant)) {
      throw new RangeError(`Cannot settle a window: ${participant} is no member`);
    }
    const before = members[participant], positionFen = before.positionFen + netFen;
    reserved[participant] = netFen > 0 ? { ...before, positionFen } : before;
    committed[participant] = { ...before, positionFen, coverFen: before.coverFen + netFen };
  }
  const overFen = ({ positionFen, coverFen, netDebitCapFen }: Member) =>
    Math.max(0, positionFen - Math.min(coverFen, netDebitCapFen));
  const refused = nets.flatMap(({ participant }) => {
    const after = overFen(committed[participant]);
    return after > overFen(members[participant]) ? [{ participant, overFen: after }] : [];
  });
  return { nets, reserved, committed, refused };
}

/** What is left of a window after unwinding. */
export interface Unwinding {
  /** Who was taken out, in rounds: the first defaulters, then those whom that left unable to pay. */
  rounds: string[][];
  /** The places of the payments taken out, in order. */
  removed: number[];
  /** The nets of what is left. */
  nets: NetPosition[];
  /** The sum of the payments taken out. */
  removedFen: Fen;
}

/**
 * Unwinds a window: the payments to and from whoever cannot pay its net are taken out and nets are worked out anew, again
 * and again until everybody left can pay. The alternative to sharing the loss, and how a default spreads by it.
 *
 * Shapes: `meansFen` is what each participant can pay with, its credit included; whoever is not named has nothing.
 * Errors: as {@link multilateralNet}. Source: CPMI, "Lamfalussy report", 1990 (unwinding); Humphrey, "Payments finality
 * and risk of settlement failure", 1986.
 *
 * @example
 * ```ts
 * import { unwind } from "#/model/clearing/windows.ts";
 * import assert from "node:assert/strict";
 * const window = [
 *   { payer: "ant", payee: "jd", amountFen: 100 },
 *   { payer: "jd", payee: "bank", amountFen: 90 },
 * ];
 * assert.deepEqual(unwind(window, { ant: 0, jd: 20 }).rounds, [["ant"], ["jd"]]);
 * assert.deepEqual(unwind(window, { ant: 100, jd: 0 }).rounds, []);
 * ```
 */
export function unwind(
  window: readonly Obligation[],
  meansFen: Readonly<Record<string, Fen>>,
): Unwinding {
  const means = new Map(Object.entries(meansFen));
  const rounds: string[][] = [], out = new Set<string>();
  for (;;) {
    const left = window.filter(({ payer, payee }) => !out.has(payer) && !out.has(payee));
    const { positions: nets, grossFen } = multilateralNet(left);
    const failing = nets.filter(({ participant, netFen }) => -netFen > (means.get(participant) ?? 0))
      .map(({ participant }) => participant);
    if (failing.length === 0) {
      const removed = window.flatMap(({ payer, payee }, k) => out.has(payer) || out.has(payee) ? [k] : []);
      return { rounds, removed, nets, removedFen: multilateralNet(window).grossFen - grossFen };
    }
    rounds.push(failing);
    for (const participant of failing) out.add(participant);
  }
}
