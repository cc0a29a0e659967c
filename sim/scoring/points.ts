// The score that decides: points of a line, from the fitted cards where there are any, else from the expert card.

import { issuerOf, products } from "#/model/names.ts";
import type { FittedScorecard } from "#/model/scoring/fit/scorecard.ts";
import type { FeatureOwner } from "#/model/scoring/fusion/owners.ts";
import { log } from "#/model/units/elementary.ts";
import { reason } from "#/model/reasons.ts";
import {
  asksBureau,
  linkRefusal,
  mayAskBureau,
  mayReadAccount,
  readsAccount,
  takenFor,
} from "#/sim/phases/recognise.ts";
import { draw, process, uniform } from "#/sim/streams.ts";
import { lineCount, lineState } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";
import { ownOf, type Scorecards } from "./cards.ts";
import { expertPoints } from "./expert.ts";
import { featureList, type FeatureName, featureNames, featureValue, noiseZ } from "./features.ts";

const dayMinutes = 1_440;

/** One variable of a card, ready for the loop. */
interface Variable {
  /** Place in {@link featureList}; −1 for the other issuer's score. */
  feature: number;
  cuts: readonly number[];
  /** Points of each bin, missing values last. */
  points: Float64Array;
  /** Whether it describes the person whom the deciding issuer knows, or whom it takes that person for. */
  isOwn: boolean;
}

/** A card, ready for the loop: what never moves apart from what does. */
interface Card {
  product: number;
  basePoints: number;
  fixed: Variable[];
  moving: Variable[];
  /** By person: the points of all that never moves, where nobody is taken for somebody else. */
  fixedPoints: Float32Array;
}

/** The cards of a run and what of them never moves. */
export interface Cards {
  alone: Card[];
  joint: Card[];
  fitted: Scorecards;
}

/** Makes cards ready for a run; null where the expert card decides. */
export function openCards(world: World, fitted: Scorecards | null): Cards | null {
  if (!fitted || fitted.source !== "fitted") return null;
  const { count } = world.shoppers;
  const open = (card: FittedScorecard, product: number): Card => {
    const variables = card.variables.map((one): Variable => {
      const feature = featureNames.indexOf(one.name as FeatureName);
      return {
        feature,
        cuts: one.bins.kind === "numeric" ? one.bins.cuts : [],
        points: Float64Array.from(one.table, ({ points }) => points),
        isOwn: feature >= 0 && isOwn(product, featureList[feature].owner),
      };
    });
    const isFixed = ({ feature }: Variable) => feature >= 0 && !featureList[feature].moves;
    return {
      product,
      basePoints: card.basePoints,
      fixed: variables.filter(isFixed),
      moving: variables.filter((one) => !isFixed(one)),
      fixedPoints: new Float32Array(count),
    };
  };
  const alone = fitted.alone.map(open), joint = fitted.joint.map(open);
  const cards = [...alone, ...joint];
  const values = new Float64Array(featureList.length);
  const used = [...new Set(cards.flatMap(({ fixed }) => fixed.map(({ feature }) => feature)))];
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < used.length; k++) values[used[k]] = featureValue(world, i, used[k]);
    for (let k = 0; k < cards.length; k++) cards[k].fixedPoints[i] = sumOfPoints(cards[k].fixed, values);
  }
  return { alone, joint, fitted };
}

/** The points that variables add up to; `values` by place in {@link featureList}. */
function sumOfPoints(variables: readonly Variable[], values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < variables.length; k++) {
    const { feature, cuts, points } = variables[k];
    sum += points[bin(cuts, values[feature])];
  }
  return sum;
}

/** Whether data of an owner describe the person as the issuer itself knows them. */
const isOwn = (p: number, owner: FeatureOwner): boolean =>
  ownOf[issuerOf[products[p]]].includes(owner) || owner === "bank" || owner === "bureau" ||
  owner === "person";

/** Few cuts: the place of the bin of a number, the last for a missing one. */
function bin(cuts: readonly number[], value: number): number {
  if (value !== value) return cuts.length + 1;
  let at = 0;
  while (at < cuts.length && cuts[at] <= value) at++;
  return at;
}

/** What of the other side may be used for a shopper's score, and of whom. */
interface Seen {
  /** Whether the joint card may be used at all. */
  joint: boolean;
  /** Whether the other side's line is seen. */
  otherLine: boolean;
  /** For whom the other side takes the shopper. */
  whose: number;
}

/**
 * What the deciding issuer may see this morning: the link and the consent decide. To score is a use of the data, and on record;
 * to explain a score that was made is none.
 */
function seenOf(world: World, i: number, p: number, { isUse }: { isUse: boolean }): Seen {
  const { fusion } = world.terms, morning = world.today.day * dayMinutes;
  if (!fusion.seesOtherLine) return { joint: false, otherLine: false, whose: i };
  if (fusion.crosses === "nothing") {
    const asks = isUse ? asksBureau(world, i, p, morning) : mayAskBureau(world, i, morning);
    return { joint: asks, otherLine: asks, whose: i };
  }
  const reads = linkRefusal(world, i, p, morning) === reason.none &&
    (isUse ? readsAccount(world, i, p, morning) : mayReadAccount(world, i, morning));
  return { joint: reads, otherLine: reads, whose: reads ? takenFor(world, i, p) : i };
}

/**
 * The score that decides on a line, 0 to 1,000 points: the issuer's own, or the joint one where the shopper is linked and
 * agrees. `seenClearly` leaves out what issuers misread, as a person who looks again does.
 */
export function fusedPoints(
  world: World,
  i: number,
  p: number,
  { seenClearly = false }: { seenClearly?: boolean } = {},
): number {
  const seen = seenOf(world, i, p, { isUse: true }), { cards } = world;
  if (!cards) return expertPoints(world, i, p, { ...seen, seenClearly });
  const card = seen.joint ? cards.joint[p] : cards.alone[p];
  let points = pointsOf(world, card, { i, whose: seen.whose, seenClearly });
  if (seen.joint && world.terms.fusion.crosses === "maskedSums") points += privacyNoise(world, i, p);
  return Math.max(0, Math.min(1_000, Math.round(points)));
}

function pointsOf(
  world: World,
  { basePoints, fixed, moving, fixedPoints, product }: Card,
  { i, whose, seenClearly }: { i: number; whose: number; seenClearly: boolean },
): number {
  let points = basePoints;
  if (!seenClearly && whose === i) points += fixedPoints[i];
  else {
    for (const { feature, cuts, points: ofBin, isOwn } of fixed) {
      const person = isOwn ? i : whose, z = seenClearly ? 0 : noiseZ(world, person, feature);
      points += ofBin[bin(cuts, featureList[feature].value(world, person, z))];
    }
  }
  for (let k = 0; k < moving.length; k++) {
    const { feature, cuts, points: ofBin, isOwn } = moving[k];
    if (feature < 0) points += ofBin[bin(cuts, otherPoints(world, whose, 1 - product))];
    else {
      const person = isOwn ? i : whose, { line, owner, value } = featureList[feature];
      const blurred = line === undefined && owner !== "bureau" && !seenClearly;
      points += ofBin[bin(cuts, value(world, person, blurred ? noiseZ(world, person, feature) : 0))];
    }
  }
  return points;
}

/** The score that the other issuer hands over: its own card, on its own data; NaN of who holds no line there. */
function otherPoints(world: World, whose: number, p: number): number {
  if (world.lines.state[whose * lineCount + p] !== lineState.active) return NaN;
  return pointsOf(world, world.cards!.alone[p], { i: whose, whose, seenClearly: false });
}

/** Laplace noise under a privacy budget, in points: each owner but the deciding one adds its own. */
function privacyNoise(world: World, i: number, p: number): number {
  const { terms, streams, shoppers, today } = world, scale = terms.scenario.scoring.federatedNoisePoints;
  if (scale === 0) return 0;
  draw(streams, process.privacy, shoppers.entity0 + i, today.day, p);
  const owners = world.terms.fusion.data.length - ownOf[issuerOf[products[p]]].length;
  let noise = 0;
  for (let owner = 0; owner < owners; owner++) {
    const u = uniform(streams, owner) - 0.5;
    noise -= Math.sign(u) * log(1 - 2 * Math.abs(u)) * scale;
  }
  return noise;
}

/** What costs a line's score the most against the best, in words, the costliest first. Empty where the expert card decides. */
export function scoreFactors(
  world: World,
  i: number,
  p: number,
  most = 4,
): { words: string; pointsLost: number }[] {
  const { cards } = world;
  if (!cards) return [];
  const seen = seenOf(world, i, p, { isUse: false }), card = seen.joint ? cards.joint[p] : cards.alone[p];
  return [...card.fixed, ...card.moving].map(({ feature, cuts, points, isOwn }) => {
    const person = isOwn ? i : seen.whose;
    const value = feature < 0 ? otherPoints(world, person, 1 - p) : featureList[feature].value(
      world,
      person,
      featureList[feature].line === undefined ? noiseZ(world, person, feature) : 0,
    );
    const best = points.reduce((high, one) => Math.max(high, one), -Infinity);
    return {
      words: feature < 0 ? "what the other platform's score says" : featureList[feature].words,
      pointsLost: best - points[bin(cuts, value)],
    };
  }).filter(({ pointsLost }) => pointsLost > 0).sort((a, b) => b.pointsLost - a.pointsLost).slice(0, most);
}
