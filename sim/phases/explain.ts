// Explain: what a score was made of, for whoever is told why credit was refused. Nothing here moves a result.

import { scoreFactors } from "#/model/scoring/factors.ts";
import type { ScoreFacts } from "#/model/scoring/scorecard.ts";
import { limitAt, lineCount, lineState, principalFen } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";
import { seenIncomeFen } from "#/sim/scoring/expert.ts";
import { scoreFactors as fittedFactors } from "#/sim/scoring/points.ts";

/** What the issuer of a line sees of the person by itself, as the expert card makes a score of it. */
export function scoreFactsOf({ lines, shoppers, terms, today }: World, line: number): ScoreFacts {
  const held = lines.state[line] === lineState.active, owedFen = principalFen(lines, line);
  const incomeFen = seenIncomeFen({ shoppers, terms }, line);
  return {
    incomeFen,
    tenureDays: held ? Math.max(0, today.day - lines.since[line]) : 0,
    onTimeBills: held ? lines.onTime[line] : 0,
    lateBills: held ? lines.late[line] : 0,
    utilisation: held && lines.fen[limitAt(line)] > 0 ? owedFen / lines.fen[limitAt(line)] : 0,
    otherLineLate: false,
    burdenIncomes: owedFen / incomeFen,
    noise: shoppers.noise[line] / 32,
  };
}

/** What weighs most against a person's score on a product, in words, the heaviest first. */
export function factorsOf(world: World, i: number, p: number): string[] {
  if (world.cards) return fittedFactors(world, i, p).map(({ words }) => words);
  const facts = scoreFactsOf(world, i * lineCount + p);
  return scoreFactors(facts, world.terms.scenario.scoring).map(({ words }) => words);
}
