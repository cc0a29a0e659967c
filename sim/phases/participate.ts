// Participate: what the partner granted of loans across the bridge is its claim on the lender; it pays for it, is repaid with the
// book, and bears its part of what the book loses before any sharing rule looks at it.

import { type GrantingFacts, partnerPartFen } from "#/model/credit/joint_granting/registry.ts";
import { bpsOf, mulDiv } from "#/model/units/units.ts";
import { code } from "#/sim/ledger/chart.ts";
import { lineCount, principalFen } from "#/sim/tables/lines.ts";
import { pay, type World } from "#/sim/world.ts";
import { acquirerAt, issuerAt, owe } from "./channel.ts";

/** Counts a purchase across the bridge as joint credit, and divides it where both grant it. Called as it is booked. */
export function grantJointly(world: World, line: number, amountFen: number, network: number): void {
  const { joint, terms, memory, lines } = world, p = line % lineCount, treaty = joint.treaties[p];
  treaty.grantedFen += amountFen;
  if (!terms.limitRule.grantsTogether) return;
  const own = issuerAt[p], other = line - p + 1 - p;
  const facts: GrantingFacts = {
    marketWeights: [memory.tradeFen[own], memory.tradeFen[1 - own]],
    owedFen: [principalFen(lines, line), principalFen(lines, other)],
  };
  const partFen = partnerPartFen(amountFen, terms.jointGranting.rule, facts, terms.jointGranting);
  // The partner pays what its part costs: the lender keeps no margin on money that is not its own.
  const { bridgeFeeBps, acquirerFeeBps } = terms.cells[p][network];
  const acquiredBps = acquirerAt[network] === own ? 0 : acquirerFeeBps;
  const marginBps = Math.max(0, terms.creditDiscountBps[network] - acquiredBps - bridgeFeeBps);
  treaty.partGrantedFen += partFen;
  treaty.partPriceFen += partFen - bpsOf(partFen, marginBps);
}

/** What is left of the day's joint losses and recoveries after the partner's contribution, and what that was. */
export interface Retained {
  lossFen: number;
  recoveredFen: number;
  /** What the partner bore by contribution, and what of it came back. */
  partLossFen: number;
  partRecoveredFen: number;
}

/**
 * Lets the partner's claim follow the joint book: it grows by what it granted, and shrinks in proportion by what was repaid,
 * which is passed on to it, and by what was lost, which is not.
 *
 * Shapes and units: whole fen; `writtenOffFen` left the book today at face, of which `lossFen` is lost for good, the rest was
 * sold; `recoveredFen` came in on claims of before.
 */
export function participate(
  world: World,
  p: number,
  { writtenOffFen, lossFen, recoveredFen }: { writtenOffFen: number; lossFen: number; recoveredFen: number },
): Retained {
  const { joint, ledger, chart, terms } = world, treaty = joint.treaties[p];
  if (!terms.limitRule.grantsTogether) {
    return { lossFen, recoveredFen, partLossFen: 0, partRecoveredFen: 0 };
  }
  const lender = issuerAt[p], partner = 1 - lender, accounts = chart.participations[p];
  const closeFen = ledger.balanceFen(chart.products[p].loansBridged);
  const beforeFen = treaty.openFen + treaty.grantedFen;
  const claimFen = treaty.participationFen + treaty.partGrantedFen;
  const part = (fen: number) => beforeFen > 0 ? mulDiv(claimFen, fen, beforeFen) : 0;
  // Rounded apart; the least of both and what there is, so that nothing is passed on twice.
  const leftFen = Math.min(claimFen, part(closeFen));
  const partOffFen = Math.min(claimFen - leftFen, part(writtenOffFen));
  const repaidFen = claimFen - leftFen - partOffFen;
  const partLossFen = writtenOffFen > 0
    ? Math.min(partOffFen, mulDiv(partOffFen, lossFen, writtenOffFen))
    : 0;
  const backShare = treaty.lostFen > 0 ? Math.min(recoveredFen, treaty.lostFen) : 0;
  const partRecoveredFen = backShare > 0
    ? Math.min(treaty.partLostFen, mulDiv(treaty.partLostFen, backShare, treaty.lostFen))
    : 0;
  treaty.lostFen += lossFen - backShare;
  treaty.partLostFen += partLossFen - partRecoveredFen;
  treaty.participationFen = leftFen;
  pay(world, accounts.claim, accounts.owed, treaty.partGrantedFen, code.participation);
  pay(world, accounts.owed, accounts.claim, claimFen - leftFen, code.participation);
  const passedFen = repaidFen + partOffFen - partLossFen + partRecoveredFen;
  owe(world, "lossShares", { payer: partner, payee: lender, amountFen: treaty.partPriceFen });
  owe(world, "lossShares", { payer: lender, payee: partner, amountFen: passedFen });
  return {
    lossFen: lossFen - partLossFen,
    recoveredFen: recoveredFen - partRecoveredFen,
    partLossFen,
    partRecoveredFen,
  };
}
