// The least scores of the day: the common cut-off, each issuer's own step from it, and what sharing does to it across the bridge.

import { cutoffForShare } from "#/model/sharing/appetite.ts";
import { freshFacts, shareLoss } from "#/model/sharing/layers.ts";
import { bpsOf } from "#/model/units/units.ts";
import { issuerOf } from "#/model/names.ts";
import type { World } from "#/sim/world.ts";
import { issuerAt } from "./channel.ts";

/** Joint credit of which issuers work out their share of an expected loss; any large amount gives the same. */
const probeFen = 1_000_000_000;

/** Fixes the day's cut-offs. */
export function setCutoffs(world: World): void {
  const { today, terms, joint } = world, { scoring } = terms.scenario;
  const { lossResponseBps } = terms.jointLosses;
  for (const [p, { name }] of terms.products.entries()) {
    const { ownPoints, acrossPoints } = scoring.cutoffStep[issuerOf[name]];
    const treaty = joint.treaties[p];
    if (lossResponseBps > 0) treaty.shareBorne = shareBorneBy(world, p);
    today.leastPoints[p] = today.cutoffPoints + ownPoints;
    today.leastPointsAcross[p] = cutoffForShare(today.cutoffPoints, treaty.shareBorne, {
      pointsToDoubleOdds: scoring.pointsToDoubleOdds,
      lossResponseBps,
    }) + acrossPoints;
  }
}

/**
 * The share of the loss of a new joint loan that its lender reckons to bear: its contribution, and of that what the rule leaves
 * with it in a period of the expected loss.
 */
export function shareBorneBy(world: World, p: number): number {
  const { terms, memory, joint, today } = world, { sharing, jointLosses } = terms;
  const lossFen = bpsOf(probeFen, jointLosses.expectedLossBps), issuer = issuerAt[p];
  const treaty = joint.treaties[p], heldFen = treaty.openFen;
  const kept = heldFen > 0 ? 1 - treaty.participationFen / heldFen : 1;
  const weights = [memory.tradeFen[issuer], memory.tradeFen[1 - issuer]];
  // On the first day nothing has been traded: nobody knows the market, and the lender reckons with all of the loss.
  if (lossFen === 0 || today.day === 0 && weights[0] + weights[1] === 0) return kept;
  const { fund } = joint, fundFen = fund.fen[0] + fund.fen[1] > 0 ? fundOf(world, issuer) : [0, 0];
  const facts = { ...freshFacts(weights, probeFen), fundFen };
  const { shares } = shareLoss(
    lossFen,
    sharing.rule.layers(facts, sharing.terms),
    facts,
    jointLosses.common,
  );
  return kept * shares[0] / lossFen;
}

/** The fund as it stands, brought to the scale of the probe. */
function fundOf({ joint }: World, issuer: number): number[] {
  const { treaties, fund } = joint;
  const bookFen = treaties.reduce((sum, { openFen }) => sum + openFen, 0);
  if (bookFen === 0) return [0, 0];
  return [issuer, 1 - issuer].map((k) => Math.round(fund.fen[k] * (probeFen / bookFen)));
}
