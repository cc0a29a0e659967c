// What `hutong finance --scenario` says beside the plans: the rail's needs, simulation error, results by party, who would sign.

import type { Fen } from "#/model/units/units.ts";
import type { Estimate } from "#/sim/experiments/analyse.ts";
import { type GainRow, type PartyResults, simulationEstimate } from "#/sim/experiments/party_results.ts";
import { partyWord } from "#/server/words.ts";
import { grid, millions } from "./tell.ts";

/** What a plan is worth on each replication's own flows, and how far the mean may be from what endless replication would give. */
export interface SimulationError {
  plan: string;
  npvFen: number[];
  estimate: Estimate;
}

/** Simulation error of a plan from its worth on each replication. */
export function simulationError(plan: string, npvFen: readonly number[]): SimulationError {
  const fen = npvFen.map(Math.round);
  return { plan, npvFen: fen, estimate: simulationEstimate(fen) };
}

const interval = ({ low, high, n }: Estimate): string =>
  low === null || high === null
    ? `no interval from ${n} replication${n === 1 ? "" : "s"}`
    : `${millions(low)} to ${millions(high)}`;

/** Worth by simulation alone: the plan's own uncertainty is not in it. */
export const errorWords = (errors: readonly SimulationError[]): string[] =>
  errors.map(({ plan, estimate }) =>
    `simulation alone: NPV of ${plan} ${millions(estimate.mean)} (${interval(estimate)})`
  );

/** Results by party in CNY m, who would sign, and the side payments. */
export function partyWords(found: PartyResults): string[] {
  const { joining, discountRateBps, months } = found;
  const line = (word: string, { fen, discountedFen, estimate }: GainRow) => [
    word,
    millions(fen),
    millions(discountedFen),
    interval(estimate),
  ];
  const sum = (fen: Fen, discountedFen: Fen) => ["sum", millions(fen), millions(discountedFen), ""];
  return [
    `who gains by the project over ${months} months, with minus without, CNY m, discounted at ${
      discountRateBps / 100
    } % a year;`,
    "the scenario's own build and contract; unpaid principal and what fraud took stand with shoppers:",
    ...grid([
      ["party", "as it comes", "discounted", "95 %"],
      ...found.parties.map((row) => line(partyWord(row.name), row)),
      ...found.external.map((row) => line(`to the rest of the world: ${row.name}`, row)),
      sum(found.sumFen, found.discountedSumFen),
    ]),
    ...signingWords(joining),
    ...(found.outsideGain === null ? [] : [
      `the strategic investor, as ${partyWord(found.outsideGain.name)}, gains ${
        millions(found.outsideGain.discountedFen)
      } outside the project`,
    ]),
  ];
}

function signingWords(found: PartyResults["joining"]): string[] {
  const names = (some: readonly string[]) => some.map(partyWord).join(", ");
  if (found.wouldAllSign) return ["all who have to sign would: none of them loses"];
  const lose = `not all would sign: ${names(found.losers)} lose${found.losers.length === 1 ? "s" : ""} ${
    millions(found.smallestFen)
  } in all`;
  if (!found.isFeasible) {
    return [
      `${lose}; no side payment makes them, as the gains of the others fall ${
        millions(found.missingFen)
      } short`,
    ];
  }
  return [
    `${lose}; the smallest side payments that make them:`,
    ...found.payments.map(({ from, to, fen }) =>
      `  ${partyWord(from)} to ${partyWord(to)}: ${millions(fen)}`
    ),
  ];
}
