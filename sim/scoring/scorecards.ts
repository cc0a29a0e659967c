// Scorecards by what they depend on: fitted once for each training world and fusion, then remembered.

import { createHash } from "node:crypto";
import { canonicalJson } from "#/model/units/canonical.ts";
import type { FusionName } from "#/model/scoring/fusion/registry.ts";
import { Remembered } from "#/model/identity/remembered.ts";
import type { Scenario } from "#/scenarios/schema.ts";
import { trainingOf } from "#/sim/past.ts";
import { fitCards, type Scorecards } from "./cards.ts";
import { type TrainingSample, watch } from "./training.ts";

// Built from nothing but their key, so that nobody can tell whether they were remembered.
const cards = new Remembered<string, Scorecards>(64);
const samples = new Remembered<string, TrainingSample[]>(2);

const hashOf = (what: unknown): string => createHash("sha256").update(canonicalJson(what)).digest("hex");

/** The name of the training samples of a past: SHA-256 of the training world. */
export const sampleKey = (past: Scenario, scoring: Scenario["scoring"]): string => {
  // Not the notes of the file, and not what a history would be made of.
  const { title: _title, expected: _expected, ...world } = trainingOf(past, scoring).scenario;
  return hashOf(world);
};

/** The name of the cards: the samples, the fusion and how cards are fitted. */
export function scorecardKey(past: Scenario, scoring: Scenario["scoring"], fusion: FusionName): string {
  const { basePoints, oddsAtBase, pointsToDoubleOdds, training, personalFeatures } = scoring;
  return hashOf({
    sample: sampleKey(past, scoring),
    fusion,
    basePoints,
    oddsAtBase,
    pointsToDoubleOdds,
    training,
    personalFeatures,
  });
}

/** Told of each simulated day of a training population. */
export interface TrainingProgress {
  onDay?: (day: number, days: number) => void;
}

/** The training samples of a past, by product; simulated when they are not remembered, which takes some seconds. */
export const samplesOf = (
  past: Scenario,
  scoring: Scenario["scoring"],
  progress: TrainingProgress = {},
): TrainingSample[] =>
  samples.of(sampleKey(past, scoring), () => watch(trainingOf(past, scoring), "training", progress));

/** The cards of a past and a fusion: as they were, or fitted now. */
export const scorecardsOf = (
  past: Scenario,
  scoring: Scenario["scoring"],
  fusion: FusionName,
  progress: TrainingProgress = {},
): Scorecards =>
  cards.of(
    scorecardKey(past, scoring, fusion),
    () => fitCards(samplesOf(past, scoring, progress), scoring, fusion),
  );

/** Whether cards are remembered. */
export const remembersScorecards = (key: string): boolean => cards.has(key);

/** Remembers cards that were read from a file. */
export const rememberScorecards = (key: string, read: Scorecards): void => void cards.of(key, () => read);
