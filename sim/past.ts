// The past of a run as a scenario of its own: the history of the opening book, and before it the years of the people on
// whom scores were fitted.

import { epochDay, isoDate } from "#/model/units/calendar.ts";
import type { Scenario, Supposition } from "#/scenarios/schema.ts";

const daysBefore = (date: string, days: number): string => isoDate(epochDay(date) - days);

/** The history: it ends on the eve of the run, knows no shocks, no project, no shops abroad and a level economy. */
export function pastOf({ name, scenario, history }: Supposition): Supposition {
  const { world, macro, project, crossBorder } = history;
  const past = {
    ...history,
    world: { ...world, startDate: daysBefore(scenario.world.startDate, world.days) },
    macro: {
      ...macro,
      unemploymentBps: macro.unemploymentBps.slice(0, 1),
      incomeGrowthBps: macro.incomeGrowthBps.slice(0, 1),
    },
    project: { ...project, active: false },
    crossBorder: { ...crossBorder, active: false },
    shocks: [],
  };
  return { name: `history of ${name}`, scenario: past, history: past };
}

/**
 * The world in which scores are fitted: it ends on the eve of the history, for people of its own, over observation and
 * performance, scored by the expert card, with more of Baitiao's users than there are, since a score needs defaults to
 * learn from.
 *
 * Shapes: the history as {@link pastOf} gives it, and how scores are made where they are used.
 */
export function trainingOf(past: Scenario, scoring: Scenario["scoring"]): Supposition {
  const { training, featureNoiseBps, ageProneBps } = scoring;
  const days = training.observationDays + training.performanceDays;
  const scenario: Scenario = {
    ...past,
    title: "training population",
    world: { ...past.world, days, startDate: daysBefore(past.world.startDate, days) },
    population: {
      ...past.population,
      baitiaoUsersBps: Math.max(past.population.baitiaoUsersBps, training.baitiaoUsersBps),
    },
    scoring: { ...past.scoring, training, featureNoiseBps, ageProneBps, card: "expert", fusion: "alone" },
  };
  return { name: "training population", scenario, history: scenario };
}
