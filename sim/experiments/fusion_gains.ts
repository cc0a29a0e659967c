// What each fusion of scores is worth: measured on people on whom nothing was fitted, in pairs with each issuer alone.

import { products } from "#/model/names.ts";
import { scoreColumns } from "#/model/scoring/fit/score.ts";
import { pdOfScore } from "#/model/scoring/fit/calibration.ts";
import type { FittedScorecard } from "#/model/scoring/fit/scorecard.ts";
import type { Column } from "#/model/scoring/fit/columns.ts";
import { type FeatureOwner, featureOwners } from "#/model/scoring/fusion/owners.ts";
import { type FusionName, fusions, lawMark } from "#/model/scoring/fusion/registry.ts";
import { approvalAtBadRate, badRateAtApproval } from "#/model/scoring/measures/acceptance.ts";
import {
  auc,
  type AucDifference,
  aucDifference,
  type AucInterval,
  aucInterval,
} from "#/model/scoring/measures/auc.ts";
import { brier, type CalibrationBand, calibrationBands } from "#/model/scoring/measures/calibration.ts";
import {
  fairness,
  type FairnessRow,
  type GroupMeasures,
  measuresByGroup,
} from "#/model/scoring/measures/groups.ts";
import { kolmogorovSmirnov } from "#/model/scoring/measures/separation.ts";
import { stabilityIndex } from "#/model/scoring/measures/stability.ts";
import { type Estimate, jackknife } from "#/model/statistics/jackknife.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { pastOf, trainingOf } from "#/sim/past.ts";
import { fitCards, jointColumns, otherScore } from "#/sim/scoring/cards.ts";
import { ageBands, type FeatureName, features } from "#/sim/scoring/features.ts";
import { samplesOf } from "#/sim/scoring/scorecards.ts";
import { type TrainingSample, watch } from "#/sim/scoring/training.ts";

/** One fusion and one product. */
export interface FusionGain {
  fusion: FusionName;
  title: string;
  /** Empty where it is lawful on the first day of the scenario. */
  mark: string;
  product: string;
  rows: number;
  bads: number;
  /** On the people it was fitted on. */
  aucTrain: number;
  auc: AucInterval;
  /** Against the issuer alone: in AUC; more approved at its bad rate; fewer bads at its approval; lost principal, as a share. */
  gains: { auc: AucDifference; approval: Estimate; badRate: Estimate; lossShare: Estimate };
  gini: number;
  ks: number;
  brier: number;
  calibration: CalibrationBand[];
  /** Population stability of the score, training against holdout. */
  stability: number;
  byAge: GroupMeasures[];
  byTier: GroupMeasures[];
  /** Only where personal features are on. */
  fairness: FairnessRow[];
  /** What is lost in AUC when the data of one owner are shuffled among people. */
  withoutOwner: { owner: FeatureOwner; auc: AucDifference }[];
  /** Variables on the card, the one that tells most first. */
  variables: { name: string; iv: number }[];
  convergence: FittedScorecard["convergence"];
}

/** The whole experiment. */
export interface FusionGains {
  scenario: string;
  /** The share approved by each issuer alone, from which approval and bad rate are compared. */
  approvalRate: number;
  fusions: FusionGain[];
}

/** City tiers as reports name them. */
const tiers = ["tier 1", "tier 2", "tier 3"];

/**
 * Measures the fusions of a supposition.
 *
 * Shapes: cards are fitted on the training population and measured on a holdout population of other people, both watched
 * over the same days of the closed world; the share approved is that of the issuer alone at the scenario's cut-off.
 * Errors: `RangeError` where either population shows too few defaults.
 */
export function fusionGains(
  supposed: Supposition,
  { names = Object.keys(fusions) as FusionName[], onDay }: {
    names?: readonly FusionName[];
    onDay?: (day: number, days: number) => void;
  } = {},
): FusionGains {
  const { scoring, world } = supposed.scenario, past = pastOf(supposed).scenario;
  const trained = samplesOf(past, scoring, { onDay });
  const held = watch(trainingOf(past, scoring), "holdout", { onDay });
  const isPersonal = scoring.personalFeatures, { cutoffPoints } = scoring;
  const found: FusionGain[] = [];
  let approved = 0, asked = 0;
  for (const fusion of names) {
    const cards = fitCards(trained, scoring, fusion);
    if (cards.source !== "fitted") {
      const seen = cards.samples.map(({ product, bads }) => `${product} ${bads}`).join(", ");
      throw new RangeError(
        `Cannot measure fusions: defaults seen are ${seen}; allowed are at least ${scoring.training.leastBads} each ` +
          "(world.history.shoppers makes the population larger)",
      );
    }
    products.forEach((product, p) => {
      const columns = jointColumns(held[p], { p, fusion, alone: cards.alone, isPersonal });
      const own = jointColumns(held[p], { p, fusion: "alone", alone: cards.alone, isPersonal });
      const scores = scoreColumns(cards.joint[p], columns), before = scoreColumns(cards.alone[p], own);
      const { isBad, tier, ageBand } = held[p];
      const risks = scores.map((score) => -score), risksBefore = before.map((score) => -score);
      const approvalRate = shareOf(before, (score) => score >= cutoffPoints);
      approved += approvalRate;
      asked++;
      const pds = scores.map((score) => pdOfScore(cards.joint[p].calibration, score));
      const train = scoreColumns(
        cards.joint[p],
        jointColumns(trained[p], { p, fusion, alone: cards.alone, isPersonal }),
      );
      const owed = owedOf(held[p]);
      const groups = { labels: ageBands, codes: ageBand };
      found.push({
        fusion,
        title: fusions[fusion].title,
        mark: lawMark(fusion, world.startDate),
        product,
        rows: held[p].rows,
        bads: held[p].bads,
        aucTrain: auc(train.map((score) => -score), trained[p].isBad),
        auc: aucInterval(risks, isBad),
        gains: {
          auc: aucDifference(risks, risksBefore, isBad),
          approval: jackknife(isBad.length, (rows) => {
            const bad = pick(isBad, rows), was = pick(risksBefore, rows);
            const mostBadRate = badRateAtApproval(was, bad, { approvalRate });
            return approvalAtBadRate(pick(risks, rows), bad, { mostBadRate }).approvalRate -
              approvalAtBadRate(was, bad, { mostBadRate }).approvalRate;
          }),
          badRate: jackknife(isBad.length, (rows) => {
            const bad = pick(isBad, rows);
            return badRateAtApproval(pick(risks, rows), bad, { approvalRate }) -
              badRateAtApproval(pick(risksBefore, rows), bad, { approvalRate });
          }),
          lossShare: jackknife(isBad.length, (rows) => {
            const bad = pick(isBad, rows), debt = pick(owed, rows);
            return lostShare(pick(risks, rows), bad, { debt, approvalRate }) -
              lostShare(pick(risksBefore, rows), bad, { debt, approvalRate });
          }),
        },
        gini: 2 * auc(risks, isBad) - 1,
        ks: kolmogorovSmirnov(risks, isBad).ks,
        brier: brier(pds, isBad),
        calibration: calibrationBands(pds, isBad),
        stability: stabilityIndex(shares(train), shares(scores)),
        byAge: measuresByGroup(pds, isBad, groups),
        byTier: measuresByGroup(pds, isBad, { labels: tiers, codes: tier }),
        fairness: isPersonal ? fairness(risks, isBad, groups, { cutOff: -cutoffPoints }) : [],
        withoutOwner: withoutOwners(cards.joint[p], columns, { isBad, risks }),
        variables: cards.joint[p].variables.map(({ name, iv }) => ({ name, iv })).sort((a, b) => b.iv - a.iv),
        convergence: cards.joint[p].convergence,
      });
    });
  }
  return { scenario: supposed.name, approvalRate: approved / asked, fusions: found };
}

const shareOf = (values: Float64Array, is: (value: number) => boolean): number =>
  values.reduce((count, value) => count + (is(value) ? 1 : 0), 0) / values.length;

const pick = (values: ArrayLike<number>, rows: Uint32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]);

/** Ten bands of score, as shares of the people. */
function shares(scores: Float64Array): number[] {
  const bands = new Array<number>(10).fill(0);
  for (const score of scores) bands[Math.max(0, Math.min(9, Math.floor((score - 400) / 30)))]++;
  return bands.map((count) => count / scores.length);
}

/** What each owed on the day of observation, from the debt that the bureau was told of: one unit is CNY 100. */
function owedOf({ columns: { bureauDebt } }: TrainingSample): Float64Array {
  return bureauDebt.map((doublings) => (doublings === doublings ? 2 ** doublings - 1 : 0));
}

/** The share of what all owe that is owed by approved people who default. */
function lostShare(
  risks: Float64Array,
  isBad: ArrayLike<number>,
  { debt, approvalRate }: { debt: Float64Array; approvalRate: number },
): number {
  const order = [...risks.keys()].sort((a, b) => risks[a] - risks[b] || a - b);
  const until = Math.round(approvalRate * order.length);
  let lost = 0, all = 0;
  for (const [place, row] of order.entries()) {
    all += debt[row];
    if (place < until && isBad[row]) lost += debt[row];
  }
  return all > 0 ? lost / all : 0;
}

/** Shuffles the columns of one owner after the other; what the score then tells less is what that owner adds. */
function withoutOwners(
  card: FittedScorecard,
  columns: readonly Column[],
  { isBad, risks }: { isBad: Uint8Array; risks: Float64Array },
): FusionGain["withoutOwner"] {
  const ownerOf = (name: string): FeatureOwner | "otherScore" =>
    name === otherScore ? otherScore : features[name as FeatureName].owner;
  const onCard = new Set(card.variables.map(({ name }) => ownerOf(name)));
  return [...featureOwners, otherScore].filter((owner) => onCard.has(owner as FeatureOwner)).map((owner) => {
    const shuffled = columns.map((column): Column =>
      column.kind === "numeric" && ownerOf(column.name) === owner
        ? { ...column, values: rotated(column.values) }
        : column
    );
    const without = scoreColumns(card, shuffled).map((score) => -score);
    return { owner: owner as FeatureOwner, auc: aucDifference(risks, without, isBad) };
  });
}

/** Everybody gets the value of the person half the table away: nobody's own, all values kept together. */
function rotated(values: Float64Array): Float64Array {
  const by = Math.floor(values.length / 2);
  return values.map((_, row) => values[(row + by) % values.length]);
}
