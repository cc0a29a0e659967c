// The scorecards of both issuers: fitted on what each has seen of the training population, and joined as the fusion says.

import { issuerOf, products } from "#/model/names.ts";
import { fitScorecard, type FittedScorecard, type ScorecardOptions } from "#/model/scoring/fit/scorecard.ts";
import { scoreColumns } from "#/model/scoring/fit/score.ts";
import type { Column } from "#/model/scoring/fit/columns.ts";
import type { FeatureOwner } from "#/model/scoring/fusion/owners.ts";
import { type Fusion, type FusionName, fusions } from "#/model/scoring/fusion/registry.ts";
import { verticalRegression } from "#/model/scoring/fusion/vertical.ts";
import type { Scenario } from "#/scenarios/schema.ts";
import { type FeatureName, featureNames, features } from "./features.ts";
import type { TrainingSample } from "./training.ts";

/** The cards of one run, as plain JSON. */
export interface Scorecards {
  /** `fitted`, or why the expert card decides after all. */
  source: "fitted" | "too few defaults";
  fusion: FusionName;
  /** Rows and bads of each product's training sample. */
  samples: { product: string; rows: number; bads: number }[];
  /** By product: what the issuer sees alone, and the card that decides where all may be used. */
  alone: FittedScorecard[];
  joint: FittedScorecard[];
}

/** The other issuer's score as a variable of a card on which scores meet. */
export const otherScore = "otherScore";
const tenureOf = ["baitiaoTenureMonths", "huabeiTenureMonths"] as const;

/** The owners whose data an issuer has by itself. */
export const ownOf: Record<string, readonly FeatureOwner[]> = { jd: ["jd"], ant: ["ant", "wallet"] };

/**
 * The features that a card may use, in order: the issuer's own and what the fusion adds; personal ones only where the scenario
 * turns them on.
 */
export function featuresOf(p: number, fusion: FusionName, isPersonal: boolean): FeatureName[] {
  const own = ownOf[issuerOf[products[p]]], { data }: Fusion = fusions[fusion];
  return featureNames.filter((name) => {
    const { owner } = features[name];
    if (owner === "person") return isPersonal;
    // Behind a score stands no data: of the other side's line nothing is seen but what the bureau tells.
    return own.includes(owner) || data.includes(owner);
  });
}

/** How cards are fitted in a scenario; 40 points double the odds, as its scores say. */
export function optionsOf(scoring: Scenario["scoring"]): ScorecardOptions {
  return {
    ridge: scoring.training.ridge,
    scale: {
      basePoints: scoring.basePoints,
      baseOdds: scoring.oddsAtBase,
      pointsToDoubleOdds: scoring.pointsToDoubleOdds,
    },
    // Some hundred bads bear few bins.
    binning: { fineBins: 12, mostBins: 6, leastShare: 0.03 },
  };
}

/** Columns of a sample by name, as the fitting takes them. */
export const columnsOf = (sample: TrainingSample, names: readonly FeatureName[]): Column[] =>
  names.map((name) => ({ name, kind: "numeric", values: sample.columns[name] }));

/** What joint cards are fitted and scored on: features, and the other side's score where scores meet. */
export function jointColumns(
  sample: TrainingSample,
  { p, fusion, alone, isPersonal }: {
    p: number;
    fusion: FusionName;
    alone: readonly FittedScorecard[];
    isPersonal: boolean;
  },
): Column[] {
  const columns = columnsOf(sample, featuresOf(p, fusion, isPersonal));
  if (fusions[fusion].crosses !== "score") return columns;
  const other = 1 - p;
  const scores = scoreColumns(alone[other], columnsOf(sample, featuresOf(other, "alone", isPersonal)));
  // Who holds no line there has no score there.
  const held = sample.columns[tenureOf[other]];
  const values = scores.map((score, row) => held[row] === held[row] ? score : NaN);
  return [...columns, { name: otherScore, kind: "numeric", values }];
}

/** Fits the cards of a fusion on samples of both products. */
export function fitCards(
  samples: readonly TrainingSample[],
  scoring: Scenario["scoring"],
  fusion: FusionName = scoring.fusion,
): Scorecards {
  const { training, personalFeatures: isPersonal } = scoring;
  const counted = samples.map(({ product, rows, bads }) => ({ product, rows, bads }));
  if (samples.some(({ bads, rows }) => bads < training.leastBads || rows - bads < training.leastBads)) {
    return { source: "too few defaults", fusion, samples: counted, alone: [], joint: [] };
  }
  const options = optionsOf(scoring);
  const alone = samples.map((sample, p) =>
    fitScorecard(columnsOf(sample, featuresOf(p, "alone", isPersonal)), sample.isBad, options)
  );
  const joint = samples.map((sample, p) => {
    if (fusion === "alone") return alone[p];
    const columns = jointColumns(sample, { p, fusion, alone, isPersonal });
    const regression = fusions[fusion].crosses === "maskedSums"
      ? verticalRegression({ ownerOf: (name) => features[name as FeatureName].owner })
      : undefined;
    return fitScorecard(columns, sample.isBad, { ...options, regression });
  });
  return { source: "fitted", fusion, samples: counted, alone, joint };
}
