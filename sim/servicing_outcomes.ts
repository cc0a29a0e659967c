// What is read from servicing: roll rates, vintages, the roll-forward of loss allowances, collection by stage, notices.

import { stages } from "#/model/credit/collections.ts";
import { lossStages, type RollForward } from "#/model/credit/expected_loss.ts";
import { noticeKinds } from "#/model/credit/late_notices.ts";
import { matrixOfCounts } from "#/model/credit/transitions.ts";
import { issuerOf, products } from "#/model/names.ts";
import { isoDate } from "#/model/units/calendar.ts";
import type { Outcome, ServicingTables } from "./result.ts";
import { rollCounts, rollStates } from "./servicing.ts";
import type { World } from "./world.ts";

/** Buckets that an account can roll on from, as outcomes name them. */
export const rolling = ["M0", "M1", "M2", "M3"] as const;
/** The month on book at which vintages are read as outcomes. */
export const vintageMonth = 6;

/** Adds servicing's outcomes. */
export function sayServicing(
  world: World,
  say: (name: string, unit: Outcome["unit"], value: number) => void,
): void {
  const { servicing, terms: { factor } } = world;
  const ratio = (part: number, whole: number) => whole === 0 ? 0 : part / whole;
  const cny = (fen: number) => fen * factor / 100;
  const count = (cells: Float64Array, width: number, k: number) =>
    products.reduce((sum, _, p) => sum + cells[p * width + k], 0);
  for (const [p, product] of products.entries()) {
    const issuer = issuerOf[product], counts = rollCounts(servicing.rolls, p);
    for (const [b, bucket] of rolling.entries()) {
      const all = counts[b].reduce((sum, n) => sum + n, 0);
      say(`rollRate.${issuer}.${bucket}`, "share", ratio(counts[b][b + 1], all));
    }
    for (const late of ["30", "90"] as const) {
      say(`vintage${late}.${issuer}`, "share", pooledVintage(world, p, late));
    }
    const at = p * lossStages.length;
    const allowanceFen = servicing.allowanceFen.subarray(at, at + lossStages.length)
      .reduce((sum, fen) => sum + fen, 0);
    say(`allowance.${issuer}`, "CNY", cny(allowanceFen));
    say(`impairment.${issuer}`, "CNY", cny(servicing.impairmentFen[p]));
    const resolvedFen = servicing.writtenOffFen[p] + servicing.collectedInDefaultFen[p];
    say(
      `lossGivenDefault.${issuer}`,
      "share",
      ratio(Math.max(0, servicing.netWrittenOffFen[p]), resolvedFen),
    );
  }
  for (const [k, name] of stages.entries()) {
    if (k > 0) say(`collected.${name}`, "CNY", cny(count(servicing.collectedFen, stages.length, k)));
  }
  for (const [k, name] of noticeKinds.entries()) {
    say(`notices.${name}`, "notices", count(servicing.notices, noticeKinds.length, k) * factor);
  }
  say("casesWaiting", "people", servicing.casesWaiting.reduce((sum, n) => sum + n, 0) * factor);
}

/** Of all followed loans that are old enough: the share, by amount, that was ever so late six months after its month. */
function pooledVintage(world: World, p: number, late: "30" | "90"): number {
  let lentFen = 0, lateFen = 0;
  for (const vintage of world.servicing.sampled.vintages[p]) {
    const curve = late === "30" ? vintage.late30Fen : vintage.late90Fen;
    if (curve.length <= vintageMonth) continue;
    lentFen += vintage.sampledFen;
    lateFen += curve[vintageMonth];
  }
  return lentFen === 0 ? 0 : lateFen / lentFen;
}

/** The tables of servicing: counts for everybody, money in whole fen for everybody. */
export function servicingTables(world: World): ServicingTables {
  const { servicing, terms: { factor, startEpoch, scenario } } = world;
  const [year, month] = scenario.world.startDate.split("-").map(Number);
  const monthName = (ahead: number) => {
    const months = year * 12 + month - 1 + ahead;
    return `${Math.floor(months / 12)}-${String(months % 12 + 1).padStart(2, "0")}`;
  };
  return {
    rolls: products.map((product, p) => {
      const counts = rollCounts(servicing.rolls, p);
      return {
        issuer: issuerOf[product],
        states: [...rollStates],
        counts: counts.map((row) => row.map((n) => n * factor)),
        // A bucket that nobody was in says nothing.
        matrix: matrixOfCounts(counts, { prior: counts.map((row) => row.map(() => 0)) }),
      };
    }),
    vintages: products.flatMap((product, p) =>
      servicing.sampled.vintages[p].map((vintage) => ({
        issuer: issuerOf[product],
        month: monthName(vintage.month),
        loans: vintage.loans * factor,
        followed: vintage.length,
        lentFen: vintage.lentFen * factor,
        dpd30Share: vintage.late30Fen.map((fen) => fen / vintage.sampledFen),
        dpd90Share: vintage.late90Fen.map((fen) => fen / vintage.sampledFen),
      }))
    ),
    allowances: servicing.months.map(({ day, product, stages: byStage }) => ({
      issuer: issuerOf[products[product]],
      date: isoDate(startEpoch + day),
      stages: Object.fromEntries(
        lossStages.map((name, s) => [name, scaled(byStage[s], factor)]),
      ) as Record<typeof lossStages[number], RollForward>,
    })),
    collection: products.map((product, p) => ({
      issuer: issuerOf[product],
      stages: Object.fromEntries(
        stages.map((name, k) => [name, {
          cases: servicing.casesTaken[p * stages.length + k] * factor,
          collectedFen: servicing.collectedFen[p * stages.length + k] * factor,
        }]),
      ),
      notices: Object.fromEntries(
        noticeKinds.map((kind, k) => [kind, servicing.notices[p * noticeKinds.length + k] * factor]),
      ),
    })),
  };
}

function scaled(it: RollForward, factor: number): RollForward {
  return Object.fromEntries(
    Object.entries(it).map(([name, fen]) => [name, fen * factor]),
  ) as unknown as RollForward;
}
