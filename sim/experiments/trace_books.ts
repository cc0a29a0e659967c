// What a followed day did in the books: its transfers, which of them carried a purchase, and where each participant stood.

import { networks } from "#/model/names.ts";
import { route } from "#/model/clearing/routing.ts";
import { bpsOf, type Fen } from "#/model/units/units.ts";
import { code, platforms } from "#/sim/ledger/chart.ts";
import { answer, Ledger, type Leg } from "#/sim/ledger/ledger.ts";
import { acquirerAt, operatorAt } from "#/sim/phases/clear.ts";
import { purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import type { World } from "#/sim/world.ts";

/** One transfer that was heard: `debit` and `credit` are account numbers. */
export interface Movement {
  id: number;
  debit: number;
  credit: number;
  amountFen: Fen;
  code: number;
  /** How it came: at once, first reserved, or reserved and given back. */
  how: "at once" | "reserved, then posted" | "reserved, then given back";
}

/** A part of a purchase in the books: the transfer that carried it, which may carry others as well. */
export interface Posting {
  phase: "authorise" | "clear" | "book";
  /** What the transfer is for, by its code in the chart of accounts. */
  what: string;
  debit: string;
  credit: string;
  /** This purchase's part, and all that the day moved between these accounts for this. */
  amountFen: Fen;
  dayFen: Fen;
  /** Whether a transfer of its own carried it, or one together with others. */
  how: Movement["how"] | "with others" | "not posted";
  /** Number of its own transfer on the day, from 0; null where it went with others. */
  movement: number | null;
}

/** What one participant owed, was owed and paid on a day, in fen of the run. */
export interface Position {
  participant: string;
  /** Obligations of all windows, gross. */
  owesFen: Fen;
  isOwedFen: Fen;
  /** Net settlement money that came in (below zero: went out). */
  settledFen: Fen;
  /** The lowest net position of the day. */
  deepestFen: Fen;
  /** Money put up for the bridge: in the morning, at its lowest, in the evening. */
  prefundMorningFen: Fen;
  prefundLowFen: Fen;
  prefundEveningFen: Fen;
}

/** One change of one prefunded bridge account. */
export interface BridgeMovement {
  movement: number;
  party: string;
  what: string;
  changeFen: Fen;
  balanceFen: Fen;
}

/** A ledger that also writes down what is posted, while it is asked to. Its answers are the ledger's own. */
export class ListeningLedger extends Ledger {
  /** What was heard since `listen`; null while nobody listens. */
  heard: Movement[] | null = null;
  private readonly reserved = new Map<number, Movement>();

  /** Begins to write down, from nothing. */
  listen(): void {
    this.heard = [];
    this.reserved.clear();
  }

  override transfer(id: number, debit: number, credit: number, amountFen: Fen, code: number): number {
    const got = super.transfer(id, debit, credit, amountFen, code);
    if (got === answer.posted) this.heard?.push({ id, debit, credit, amountFen, code, how: "at once" });
    return got;
  }

  override pend(id: number, debit: number, credit: number, amountFen: Fen, code: number): number {
    const got = super.pend(id, debit, credit, amountFen, code);
    if (this.heard && got === answer.pending) {
      this.reserved.set(id, { id, debit, credit, amountFen, code, how: "reserved, then posted" });
    }
    return got;
  }

  override post(id: number): number {
    this.ended(id);
    return super.post(id);
  }

  override void(id: number): number {
    this.ended(id, "reserved, then given back");
    return super.void(id);
  }

  override expire(id: number): number {
    this.ended(id, "reserved, then given back");
    return super.expire(id);
  }

  override linked(id: number, legs: readonly Leg[]): number {
    const got = super.linked(id, legs);
    if (this.heard && got === answer.posted) {
      for (const [k, leg] of legs.entries()) this.heard.push({ id: id + k, ...leg, how: "at once" });
    }
    return got;
  }

  private ended(id: number, how?: Movement["how"]): void {
    const movement = this.reserved.get(id);
    if (!this.heard || !movement) return;
    this.reserved.delete(id);
    this.heard.push(how ? { ...movement, how } : movement);
  }
}

const nameOfCode: Record<number, string> = Object.fromEntries(Object.entries(code).map(([k, v]) => [v, k]));

/** One part that a purchase must have in the books. */
interface Part {
  phase: Posting["phase"];
  code: number;
  debit: number;
  credit: number;
  amountFen: Fen;
  /** The transfer carries this purchase alone. */
  alone: boolean;
}

/** How the day's purchase in `row` was posted. Call it on the evening of the day, before the next one begins. */
export function postingsOf(world: World, row: number, heard: readonly Movement[]): Posting[] {
  const { ledger } = world;
  return partsOf(world, row).filter(({ amountFen }) => amountFen > 0).map((part) => {
    const isBetween = (it: Movement) =>
      it.code === part.code && it.debit === part.debit && it.credit === part.credit;
    const isOwn = (it: Movement) =>
      isBetween(it) && it.amountFen === part.amountFen &&
      (part.code !== code.loan || it.id === world.firstPurchaseId + row);
    const own = part.alone ? heard.findIndex(isOwn) : -1;
    const dayFen = heard.reduce((fen, it) => isBetween(it) ? fen + it.amountFen : fen, 0);
    const isThere = part.alone ? own >= 0 : dayFen >= part.amountFen;
    return {
      phase: part.phase,
      what: nameOfCode[part.code],
      debit: ledger.names[part.debit],
      credit: ledger.names[part.credit],
      amountFen: part.amountFen,
      dayFen,
      how: !isThere ? "not posted" : heard[own]?.how ?? "with others",
      movement: own < 0 ? null : own,
    };
  });
}

/** Who pays whom how much for a purchase: the debt, the rails, the shop's deposit, the goods. */
function partsOf(world: World, row: number): Part[] {
  const { purchases, clearing, chart, terms } = world;
  const product = purchases.product[row], network = purchases.network[row];
  const amountFen = purchases.amountFen[row];
  const isBridged = (purchases.flags[row] & purchaseFlag.bridged) !== 0;
  const parts: Part[] = [];
  const add = (phase: Posting["phase"], of: number, debit: number, credit: number, fen: Fen, alone = false) =>
    void parts.push({ phase, code: of, debit, credit, amountFen: fen, alone });
  if (product >= 0) {
    const { loansNative, loansBridged, debt } = chart.products[product];
    add("authorise", code.loan, isBridged ? loansBridged : loansNative, debt, amountFen, true);
    if (purchases.status[row] === purchaseStatus.cancelled) return parts;
  }
  const k = clearing.row.indexOf(row);
  const payer = clearing.payer[k], shopBank = clearing.shopBank[k], discountFen = clearing.discountFen[k];
  const shopFen = amountFen - discountFen, acquirer = acquirerAt[network];
  const owe = (debtor: number, creditor: number, fen: Fen) => {
    if (debtor !== creditor) add("clear", code.obligation, chart.due[creditor], chart.due[debtor], fen);
  };
  if (product < 0) {
    owe(payer, shopBank, shopFen);
    owe(payer, acquirer, discountFen);
  } else if (isBridged) {
    const { acquirerFeeBps, bridgeFeeBps } = terms.cells[product][network];
    const acquirerFen = shopFen + Math.min(discountFen, bpsOf(amountFen, acquirerFeeBps));
    const feeFen = bpsOf(amountFen, bridgeFeeBps);
    if (purchases.route[row] === route.bridge) {
      const { prefund } = chart;
      if (payer !== acquirer) {
        add("clear", code.bridge, prefund[acquirer], prefund[payer], acquirerFen, true);
      }
    } else owe(payer, acquirer, acquirerFen);
    owe(payer, operatorAt, feeFen);
    owe(acquirer, shopBank, shopFen);
  } else owe(payer, shopBank, shopFen);
  const { deposits, goods } = chart;
  if (product < 0) add("book", code.deposit, deposits.owed, deposits.shoppers, amountFen);
  add("book", code.deposit, deposits.merchants, deposits.owed, shopFen);
  add("book", code.goods, goods.shoppers, goods.merchants, amountFen);
  return parts;
}

/** Balances of the prefunded accounts, by platform. */
export function prefundsOf({ chart, ledger }: World): Fen[] {
  return chart.prefund.map((account) => ledger.balanceFen(account));
}

/** Where each participant stood on a day that has just closed; those whom nothing concerned are left out. */
export function positionsOf(
  world: World,
  heard: readonly Movement[],
  morningFen: readonly Fen[],
): Position[] {
  const { chart, participants } = world, eveningFen = prefundsOf(world);
  const sum = (of: number, side: "debit" | "credit", account: number) =>
    heard.reduce(
      (fen, it) => it.code === of && it[side] === account ? fen + it.amountFen : fen,
      0,
    );
  return chart.participants.map(({ name }, p) => ({
    participant: name,
    owesFen: sum(code.obligation, "credit", chart.due[p]),
    isOwedFen: sum(code.obligation, "debit", chart.due[p]),
    settledFen: sum(code.settlement, "debit", chart.settle[p]) -
      sum(code.settlement, "credit", chart.settle[p]),
    deepestFen: participants.deepestFen[p] + 0,
    prefundMorningFen: morningFen[p] ?? 0,
    prefundLowFen: p < platforms.length ? participants.prefundLowFen[p] : 0,
    prefundEveningFen: eveningFen[p] ?? 0,
  })).filter(({ participant: _, ...fen }) => Object.values(fen).some((amount) => amount !== 0));
}

/** Every change of the prefunded bridge accounts on a day, in order. */
export function bridgeOf(
  { chart }: World,
  heard: readonly Movement[],
  morningFen: readonly Fen[],
): BridgeMovement[] {
  const balances = [...morningFen];
  return heard.flatMap((it, movement) =>
    ([[it.debit, 1], [it.credit, -1]] as const).flatMap(([account, sign]) => {
      const party = chart.prefund.indexOf(account);
      if (party < 0) return [];
      balances[party] += sign * it.amountFen;
      return [{
        movement,
        party: platforms[party] as string,
        what: nameOfCode[it.code],
        changeFen: sign * it.amountFen,
        balanceFen: balances[party],
      }];
    })
  );
}

/** Names of the networks that a shop accepts, from the bits of its mask, in table order. */
export function takenNetworks(mask: number): string[] {
  return networks.filter((_, n) => mask & (1 << n));
}
