// Layers of a joint loss: who bears which slice of it, from the first fen to the named remainder, and how recoveries go back.
//
// One order for all rules: the rule's own layers, then the guarantee fund, then the remainder. What a layer has no room for
// goes to the next one, so that every fen is borne once.

import { apportion } from "#/model/sharing/apportion.ts";
import { bpsOf, type Fen } from "#/model/units/units.ts";

/** A slice of the losses of a period as a rule states it; platforms in order, the loan's originator first. */
export interface RuleLayer {
  /** Room for the losses of a period; Infinity for a slice without an end. */
  widthFen: number;
  /** The part of it that the originator bears before the rest is split. */
  originatorFloorBps: number;
  /** How the rest is split; all to the originator while all are 0. */
  weights: readonly number[];
  /** Whether the weights are those of the market, which a true-up replaces by the month's own. */
  byMarket: boolean;
}

/** Most layers that a rule may have; the guarantee fund and the remainder come after them. */
export const ruleLayersMax = 3;
/** The place of the guarantee fund among the layers. */
export const fundLayer = ruleLayersMax;
/** The place of the remainder. */
export const remainderLayer = ruleLayersMax + 1;
/** All places: those of the rule, the fund, the remainder. */
export const layerCount = ruleLayersMax + 2;

/** Who may be named to bear what rule and fund leave over. */
export const remainderBearers = ["originator", "partner", "marketShare"] as const;

/** Terms that go with every rule: how far each goes in a period, and who bears what is left. Rates are of joint credit. */
export interface CommonTerms {
  /** 10,000: no cap. */
  originatorCapBps: number;
  partnerCapBps: number;
  /** Most that the guarantee fund pays in a period. */
  fundCapBps: number;
  remainder: typeof remainderBearers[number];
}

/** What is known where a loss is shared; platforms in order, the loan's originator first. */
export interface SharingFacts {
  /** Each platform's part in the joint market, in whole weights. */
  marketWeights: readonly number[];
  /** The joint credit that rates are taken of: what was owed when the period began and what was granted since. */
  jointCreditFen: Fen;
  /** What each platform has in the guarantee fund. */
  fundFen: readonly Fen[];
  /** What each layer has borne in the period, recoveries taken off. */
  usedFen: readonly Fen[];
  /** What each platform has borne in the period under the rule's layers. */
  partyUsedFen: readonly Fen[];
}

/** A loss as it is shared: by layer and platform. What the fund pays stands with those whose money it takes. */
export interface Allocation {
  /** By layer, then platform. */
  rows: Fen[][];
  /** By platform: the sum over the layers. */
  shares: Fen[];
  /** What the fund would have paid under its cap, had it had the money. */
  fundShortFen: Fen;
}

/** Facts of a period in which nothing has happened: no fund, nothing borne. */
export function freshFacts(marketWeights: readonly number[], jointCreditFen: Fen): SharingFacts {
  const none = marketWeights.map(() => 0);
  return {
    marketWeights,
    jointCreditFen,
    fundFen: none,
    usedFen: Array<Fen>(layerCount).fill(0),
    partyUsedFen: none,
  };
}

/**
 * Shares a loss over the layers of a rule, the guarantee fund and the named remainder.
 *
 * Shapes and units: whole fen; `layers` at most {@link ruleLayersMax}. What a capped platform cannot bear of a layer goes on to
 * the next one. Errors: those of `apportion` for a loss or weights that do not fit. Source: the order of a loss
 * waterfall, each layer before the next; every step is monotone in the loss.
 *
 * @example
 * ```ts
 * import { freshFacts, shareLoss } from "#/model/sharing/layers.ts";
 * import assert from "node:assert/strict";
 * const first = { widthFen: 100, originatorFloorBps: 0, weights: [1, 0], byMarket: false };
 * const middle = { widthFen: 200, originatorFloorBps: 0, weights: [1, 3], byMarket: true };
 * const facts = { ...freshFacts([1, 3], 1_000_000), fundFen: [10, 30] };
 * const common = { originatorCapBps: 10_000, partnerCapBps: 10_000, fundCapBps: 10_000, remainder: "partner" as const };
 * const { rows, shares, fundShortFen } = shareLoss(400, [first, middle], facts, common);
 * assert.deepEqual(rows, [[100, 0], [50, 150], [0, 0], [10, 30], [0, 60]]);
 * assert.deepEqual([shares, fundShortFen], [[160, 240], 60]);
 * ```
 */
export function shareLoss(
  lossFen: Fen,
  layers: readonly RuleLayer[],
  facts: SharingFacts,
  common: CommonTerms,
): Allocation {
  const { marketWeights, jointCreditFen, fundFen, usedFen, partyUsedFen } = facts;
  const parties = marketWeights.length;
  const rows = Array.from({ length: layerCount }, () => Array<Fen>(parties).fill(0));
  const roomFen = partyUsedFen.map((borneFen, i) => {
    const capBps = i === 0 ? common.originatorCapBps : common.partnerCapBps;
    return capBps === 10_000 ? Infinity : Math.max(0, bpsOf(jointCreditFen, capBps) - borneFen);
  });
  let leftFen = lossFen;
  for (const [k, layer] of layers.entries()) {
    const hereFen = Math.min(leftFen, Math.max(0, layer.widthFen - usedFen[k]));
    const parts = divide(hereFen, layer);
    for (let i = 0; i < parties; i++) {
      const borneFen = Math.min(parts[i], roomFen[i]);
      rows[k][i] = borneFen;
      roomFen[i] -= borneFen;
      leftFen -= borneFen;
    }
  }
  const allowedFen = common.fundCapBps === 10_000
    ? leftFen
    : Math.min(leftFen, Math.max(0, bpsOf(jointCreditFen, common.fundCapBps) - usedFen[fundLayer]));
  const thereFen = fundFen.reduce((sum, fen) => sum + fen, 0), drawnFen = Math.min(allowedFen, thereFen);
  if (drawnFen > 0) rows[fundLayer] = apportion(drawnFen, fundFen);
  leftFen -= drawnFen;
  rows[remainderLayer] = divide(leftFen, {
    originatorFloorBps: 0,
    weights: remainderWeights(common.remainder, marketWeights),
  });
  const shares = marketWeights.map((_, i) => rows.reduce((sum, row) => sum + row[i], 0));
  return { rows, shares, fundShortFen: allowedFen - drawnFen };
}

function remainderWeights(
  bearer: CommonTerms["remainder"],
  marketWeights: readonly number[],
): readonly number[] {
  if (bearer === "marketShare") return marketWeights;
  return bearer === "originator" ? originatorOnly(marketWeights.length) : partnersOnly(marketWeights.length);
}

/** Weights that leave all with the originator. */
export const originatorOnly = (parties: number): number[] =>
  Array.from({ length: parties }, (_, i) => i === 0 ? 1 : 0);

/** Weights that leave all with the partners, in equal parts; with the originator where there is none. */
export const partnersOnly = (parties: number): number[] =>
  Array.from({ length: parties }, (_, i) => i === 0 && parties > 1 ? 0 : 1);

/** An amount split as a layer says: the originator's floor first, the rest by weight. */
export function divide(
  amountFen: Fen,
  { originatorFloorBps, weights }: Pick<RuleLayer, "originatorFloorBps" | "weights">,
): Fen[] {
  const floorFen = bpsOf(amountFen, originatorFloorBps);
  const parts = weights.some((weight) => weight > 0)
    ? apportion(amountFen - floorFen, weights)
    : weights.map((_, i) => i === 0 ? amountFen - floorFen : 0);
  parts[0] += floorFen;
  return parts;
}

/**
 * Gives a recovery back to those who bore the loss, in reverse: the remainder first, then the fund, then the rule's layers from
 * the last to the first; within a layer by what each has borne.
 *
 * Shapes and units: `borne` what each platform has borne and not been repaid, by layer; whole fen, none negative. Returns what
 * goes back by layer and platform, and what is left when all has been repaid. Errors: those of `apportion`.
 *
 * @example
 * ```ts
 * import { giveBack } from "#/model/sharing/layers.ts";
 * import assert from "node:assert/strict";
 * const borne = [[100, 0], [50, 150], [0, 0], [10, 30], [0, 60]];
 * assert.deepEqual(giveBack(120, borne), { rows: [[0, 0], [5, 15], [0, 0], [10, 30], [0, 60]], leftFen: 0 });
 * assert.deepEqual(giveBack(500, borne), { rows: borne, leftFen: 100 });
 * ```
 */
export function giveBack(
  recoveredFen: Fen,
  borne: readonly (readonly Fen[])[],
): { rows: Fen[][]; leftFen: Fen } {
  const rows = borne.map((row) => row.map(() => 0));
  let leftFen = recoveredFen;
  for (let k = borne.length - 1; k >= 0 && leftFen > 0; k--) {
    const backFen = Math.min(leftFen, borne[k].reduce((sum, fen) => sum + fen, 0));
    if (backFen > 0) rows[k] = apportion(backFen, borne[k]);
    leftFen -= backFen;
  }
  return { rows, leftFen };
}
