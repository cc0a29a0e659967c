// Challenge: whoever pays has to show that the account is theirs, where amount, cell or doubt ask for it. And review: a
// person looks again at what a machine refused.

import { challenge, challengeReason, challengeSeconds } from "#/model/fraud/screening/challenge.ts";
import { typologyOf } from "#/model/fraud/typologies/registry.ts";
import { assuranceLevel } from "#/model/identity/assurance.ts";
import { reason, reasons } from "#/model/reasons.ts";
import { unit } from "#/model/statistics/philox.ts";
import { draw, lane, process } from "#/sim/streams.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";
import { fusedPoints } from "#/sim/scoring/points.ts";
import { leastPoints } from "./score.ts";
import type { Want } from "./want.ts";

/** The reason of refusal, or none; who passes has proved to be the holder. `doubtful`: the rules asked for it. */
export function challengeShopper(world: World, want: Want, doubtful: boolean): number {
  const { terms, shoppers, streams, counts, desk } = world;
  want.challenged = false;
  if (!doubtful && want.needed < assuranceLevel.secondFactor) return reason.none;
  // Who is known by the device alone has nothing to answer with: the doubt decides.
  if (shoppers.assurance[want.shopper] < assuranceLevel.realName) return desk.assessment.reason;
  draw(streams, process.challenge, shoppers.entity0 + want.shopper, want.day, want.attempt);
  const stranger = want.plot > 0 && typologyOf(want.plot).actor === "stranger";
  const outcome = challenge(unit(streams.block[lane.challenge.outcome]), stranger, terms.challenge);
  counts.challenges++;
  counts.challengeSeconds += challengeSeconds(outcome, terms.challenge);
  const why = challengeReason(outcome);
  if (why === reason.none) want.challenged = true;
  else counts.challengesLost++;
  return why;
}

/**
 * Whether a person who looks again lets an honest shopper pass whom a machine refused: those who ask for it, and are seen to
 * be right. What the score says is read anew without what the machine misread.
 */
export function reviewed(
  world: World,
  want: Want,
  { product, network, refused }: { product: number; network: number; refused: number },
): boolean {
  const { terms: { review }, shoppers, streams, counts, lines } = world;
  if (want.plot > 0) return false;
  draw(streams, process.challenge, shoppers.entity0 + want.shopper, want.day, want.attempt);
  const { block } = streams;
  if (unit(block[lane.challenge.explanation]) < review.explainBps / 10_000) counts.explained++;
  if (unit(block[lane.challenge.review]) >= review.askBps / 10_000) return false;
  counts.reviews++;
  world.memory.reviews++;
  if (unit(block[lane.challenge.verdict]) >= review.rightBps / 10_000) return false;
  if (reasons[refused].layer === "score") {
    const points = fusedPoints(world, want.shopper, product, { seenClearly: true });
    if (points < leastPoints(world, product, network)) return false;
    lines.points[want.shopper * lineCount + product] = points;
  }
  counts.reversals++;
  return true;
}
