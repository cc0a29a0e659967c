// Money between issuers and those who fund them: at once on the books of the settlement bank, or on the rail that a scenario names.

import { type FundingFlow, fundingFlows } from "#/model/clearing/flows.ts";
import type { Fen } from "#/model/units/units.ts";
import { code } from "#/sim/ledger/chart.ts";
import { pay, type World } from "#/sim/world.ts";
import { firstBank, freeFen, oblige, owe } from "./channel.ts";

/** Pays, or obliges: what cash does not cover at once is owed in the next window. */
export function settleFlow(
  world: World,
  flow: FundingFlow,
  { payer, payee, amountFen, why }: { payer: number; payee: number; amountFen: Fen; why: number },
): void {
  const { chart, terms, participants: { roomFen }, ledger } = world;
  if (amountFen <= 0) return;
  const isAtOnce = terms.clearing.atOnce[fundingFlows.indexOf(flow)];
  const nowFen = isAtOnce ? Math.min(amountFen, freeFen(world, payer)) : 0;
  pay(world, chart.settle[payee], chart.settle[payer], nowFen, why);
  // What has been paid since the last window is no room for what is still obliged.
  roomFen[payer] = Math.min(roomFen[payer], ledger.availableFen(chart.settle[payer]));
  if (isAtOnce) oblige(world, payer, payee, amountFen - nowFen);
  else owe(world, flow, { payer, payee, amountFen });
}

/** Money from an issuer to the banks that lend to it, in equal parts. */
export function toBanks(world: World, k: number, amountFen: Fen, why: number): void {
  eachBank(
    world,
    amountFen,
    (bank, partFen) => settleFlow(world, "treasury", { payer: k, payee: bank, amountFen: partFen, why }),
  );
}

/** Money from the banks to an issuer, in equal parts; a bank gives no more than it has free. Returns what they gave. */
export function fromBanks(world: World, k: number, amountFen: Fen, why: number): Fen {
  let givenFen = 0;
  eachBank(world, amountFen, (bank, partFen) => {
    const canFen = Math.min(partFen, freeFen(world, bank));
    settleFlow(world, "treasury", { payer: bank, payee: k, amountFen: canFen, why });
    givenFen += canFen;
  });
  return givenFen;
}

/** Money from an issuer to lenders that are no banks: onto their deposits at the first bank. */
export function toInvestors(world: World, k: number, amountFen: Fen, why: number): void {
  settleFlow(world, "treasury", { payer: k, payee: firstBank, amountFen, why });
  pay(world, world.chart.lenders, world.chart.deposits.owed, amountFen, code.deposit);
}

/** Money from lenders' deposits at the first bank, of which it keeps a fee; as far as they have it. Returns what they gave. */
export function fromInvestors(
  world: World,
  k: number,
  { amountFen, feeFen = 0, why, flow = "treasury" }: {
    amountFen: Fen;
    feeFen?: Fen;
    why: number;
    flow?: FundingFlow;
  },
): Fen {
  const { chart } = world;
  const givenFen = Math.min(amountFen, freeFen(world, firstBank));
  pay(world, chart.deposits.owed, chart.lenders, givenFen, code.deposit);
  settleFlow(world, flow, { payer: firstBank, payee: k, amountFen: givenFen - feeFen, why });
  return givenFen;
}

/** Equal parts for each bank, spare fen to the last ones. */
export function eachBank(
  { terms }: World,
  amountFen: Fen,
  act: (participant: number, partFen: Fen) => void,
): void {
  let leftFen = amountFen;
  for (let bank = 0; bank < terms.clearing.banks; bank++) {
    const partFen = Math.floor(leftFen / (terms.clearing.banks - bank));
    act(firstBank + bank, partFen);
    leftFen -= partFen;
  }
}
