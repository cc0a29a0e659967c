// What the project's worth hangs on: each uncertainty alone (a tornado), its share of the variance, and how much is only assumed.

import { saltelliDesign } from "#/model/statistics/designs/saltelli.ts";
import { type Index, sobolIndices } from "#/model/statistics/sensitivity/sobol_indices.ts";
import { planDesk } from "./evaluate.ts";
import type { ProjectFlows } from "./flows.ts";
import type { Circumstances, Plan } from "./terms.ts";
import {
  circumstancesOf,
  dimensionsOf,
  isAssumed,
  rateUnderAudits,
  type Uncertainty,
  usualLuck,
} from "./uncertainty.ts";
import { exp } from "#/model/units/elementary.ts";

/** One bar of a tornado: NPV in fen at an uncertainty's ends, all others as usual. */
export interface TornadoBar {
  name: string;
  title: string;
  isAssumed: boolean;
  /** A number at its 5 % and 95 % quantiles; an event that does not come, and one in the middle of those that do. */
  lowFen: number;
  highFen: number;
  usualFen: number;
  /** What stands at both ends, in words. */
  ends: readonly [string, string];
}

/** An evidence grade: the least share of NPV's variance that touches an assumed number, and its words. */
export const grades = [
  { from: 0.8, grade: "assumed", says: "nearly all of the spread hangs on numbers that nobody has measured" },
  { from: 0.5, grade: "mostly assumed", says: "more than half of the spread hangs on assumed numbers" },
  { from: 0.2, grade: "mixed", says: "a fifth to a half of the spread hangs on assumed numbers" },
  { from: 0, grade: "evidenced", says: "less than a fifth of the spread hangs on assumed numbers" },
] as const;

/** What NPV's variance comes from. */
export interface Evidence {
  /** Shares of the variance by uncertainty; an event's are the sums of its arrival's and its severity's. */
  shares: { name: string; title: string; isAssumed: boolean; first: Index; total: Index }[];
  /** The least and the most of the variance that assumed numbers make: alone, and with what they make together with others. */
  assumed: { low: number; high: number };
  grade: typeof grades[number]["grade"];
  says: string;
  evaluations: number;
}

/** NPV as a function of luck, on the flows that the plan is agreed on. */
function npvOf(plan: Plan, flows: ProjectFlows, uncertainties: readonly Uncertainty[]) {
  const desk = planDesk(plan, flows), agreed = desk.evaluate().statements.issued;
  const about = { months: flows.months, auditsEveryMonths: plan.uses.audits.everyMonths };
  const under = (circumstances: Circumstances) => desk.sample(circumstances, agreed).npvFen;
  return (luck: ArrayLike<number>) => under(circumstancesOf(uncertainties, luck, about));
}

/**
 * The tornado of a plan's NPV, the widest bar first.
 *
 * Units: fen. Ties keep the order of the uncertainties.
 */
export function tornado(
  plan: Plan,
  flows: ProjectFlows,
  { uncertainties }: { uncertainties: readonly Uncertainty[] },
): TornadoBar[] {
  const npv = npvOf(plan, flows, uncertainties), usual = usualLuck(uncertainties);
  const usualFen = npv(usual), dimensions = dimensionsOf(uncertainties);
  const at = (of: Uncertainty, u: number) => {
    const luck = Float64Array.from(usual);
    luck[dimensions.findIndex((one) => one.of === of)] = u;
    return npv(luck);
  };
  return uncertainties.map((of): TornadoBar => {
    const known = { name: of.name, title: of.title, isAssumed: isAssumed(of), usualFen };
    if (of.kind === "number") {
      return { ...known, lowFen: at(of, 0.05), highFen: at(of, 0.95), ends: ["at its 5 %", "at its 95 %"] };
    }
    // Half of the events within the flows come before the luck that half of their probability is.
    const rateBps = rateUnderAudits(of, { auditsEveryMonths: plan.uses.audits.everyMonths });
    const within = 1 - exp(-rateBps / 10_000 * flows.months / 12);
    return { ...known, lowFen: usualFen, highFen: at(of, within / 2), ends: ["does not come", "comes"] };
  }).sort((a, b) => widthOf(b) - widthOf(a));
}

/** How far apart the ends of a bar lie, in fen. */
export const widthOf = ({ lowFen, highFen, usualFen }: TornadoBar): number =>
  Math.max(lowFen, highFen, usualFen) - Math.min(lowFen, highFen, usualFen);

/**
 * Shares of NPV's variance by uncertainty (Sobol' indices), and the evidence grade of the plan.
 *
 * The grade counts what is drawn here. What the run itself assumes of people stands behind the flows and is told by its own
 * sensitivity; the adoption drawn here is meant to hold most of it.
 * Units: shares of 1. Errors: `RangeError` as of `sobolIndices`, when NPV never changes.
 */
export function evidenceOf(
  plan: Plan,
  flows: ProjectFlows,
  { uncertainties, seed, baseRows = 256 }: {
    uncertainties: readonly Uncertainty[];
    seed: readonly [number, number];
    baseRows?: number;
  },
): Evidence {
  const npv = npvOf(plan, flows, uncertainties), dimensions = dimensionsOf(uncertainties);
  const dims = dimensions.length, points = saltelliDesign({ baseRows, dims, seed });
  const outcomes = new Float64Array(points.length / dims);
  for (let row = 0; row < outcomes.length; row++) {
    outcomes[row] = npv(points.subarray(row * dims, (row + 1) * dims));
  }
  const { first, total } = sobolIndices(outcomes, { dims, resamples: 200, seed });
  const shares = uncertainties.map((of) => {
    const own = dimensions.flatMap((one, d) => one.of === of ? [d] : []);
    return {
      name: of.name,
      title: of.title,
      isAssumed: isAssumed(of),
      first: summed(own.map((d) => first[d])),
      total: summed(own.map((d) => total[d])),
    };
  }).sort((a, b) => b.total.value - a.total.value);
  const sum = (isWanted: boolean) =>
    shares.reduce((all, one) => all + (one.isAssumed === isWanted ? Math.max(0, one.first.value) : 0), 0);
  const low = Math.min(1, sum(true)), high = Math.max(low, 1 - Math.min(1, sum(false)));
  const { grade, says } = grades.find(({ from }) => low >= from)!;
  return { shares, assumed: { low, high }, grade, says, evaluations: outcomes.length };
}

function summed(parts: readonly Index[]): Index {
  const value = parts.reduce((sum, one) => sum + one.value, 0);
  if (parts.length === 1) return parts[0];
  const standardError = Math.sqrt(parts.reduce((sum, one) => sum + one.standardError * one.standardError, 0));
  return { value, standardError, low: value - 1.96 * standardError, high: value + 1.96 * standardError };
}
