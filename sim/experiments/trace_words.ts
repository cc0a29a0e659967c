// A followed shopper in words: who it is, what is owed on each line, and what a layer looked at.

import { epochDay, isoDate } from "#/model/units/calendar.ts";
import { products } from "#/model/names.ts";
import { thousands } from "#/model/units/thousands.ts";
import type { Fen } from "#/model/units/units.ts";
import { amountNames, limitAt, lineCount, lineState } from "#/sim/tables/lines.ts";
import { holds, recogniseAt } from "#/sim/tables/identities.ts";
import { never } from "#/sim/tables/shoppers.ts";
import type { TraceEvent } from "#/sim/trace.ts";
import type { World } from "#/sim/world.ts";

/** A credit line in the morning or in the evening of the day; amounts in fen. */
export interface TracedLine {
  product: string;
  when: "morning" | "evening";
  /** limit, reserved, open (not billed), plan (instalments not due), billed, overdue, fees; of the principal: bridged. */
  amountsFen: Record<typeof amountNames[number], Fen>;
  points: number;
}

/** The date of a day of the run. */
export const dateOf = (world: World, day: number): string =>
  isoDate(epochDay(world.terms.scenario.world.startDate) + day);

/** The lines that a shopper holds now. */
export function linesOf({ lines }: World, shopper: number, when: TracedLine["when"]): TracedLine[] {
  return products.flatMap((product, p) => {
    const line = shopper * lineCount + p;
    if (lines.state[line] !== lineState.active) return [];
    const amountsFen = Object.fromEntries(
      amountNames.map((name, k) => [name, lines.fen[limitAt(line) + k]]),
    ) as TracedLine["amountsFen"];
    return [{ product, when, amountsFen, points: lines.points[line] }];
  });
}

/** The shopper on the morning of the day, in words. */
export function describe(world: World, i: number, day: number): Record<string, string> {
  const { shoppers, lines } = world;
  const out: Record<string, string> = {
    "monthly income": cny(shoppers.incomeFen[i]),
    "agrees to be linked": holds(shoppers.identities, recogniseAt(i), day * 1_440) ? "yes" : "no",
    "assurance": `${shoppers.assurance[i]} of 3`,
    "in hardship": shoppers.hardshipUntil[i] >= day
      ? `until ${dateOf(world, shoppers.hardshipUntil[i])}`
      : "no",
  };
  const held = linesOf(world, i, "morning");
  for (const [p, product] of products.entries()) {
    const line = held.find((it) => it.product === product);
    const oldest = lines.oldestDue[i * lineCount + p];
    if (!line) {
      out[product] = "not held";
      continue;
    }
    const { limit, open, plan, billed, overdue } = line.amountsFen;
    out[product] = `limit ${cny(limit)}, owes ${cny(open + plan + billed + overdue)}, score ${line.points}` +
      (oldest === never ? "" : `, overdue since day ${oldest}`);
  }
  return out;
}

const cny = (fen: Fen) => `CNY ${thousands(fen / 100, 2)}`;

/**
 * What a layer looked at, in words: amounts in CNY, names apart, yes and no.
 *
 * @example
 * ```ts
 * import { factsInWords } from "#/sim/experiments/trace_words.ts";
 * import assert from "node:assert/strict";
 * assert.equal(
 *   factsInWords({ limitFen: 123_456_700, attemptsInWindow: 1, linked: true, distanceKm: 10 }),
 *   "limit CNY 1,234,567.00, attempts in window 1, linked yes, distance 10 km",
 * );
 * ```
 */
export function factsInWords(saw: TraceEvent["saw"]): string {
  return Object.entries(saw).map(([name, value]) => {
    const [, what, unit] = /^(.*?)(Fen|Km)?$/.exec(name)!;
    const words = what.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    const shown = typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
    if (unit === "Fen") return `${words} ${cny(Number(value))}`;
    return `${words} ${shown}${unit === "Km" ? " km" : ""}`;
  }).join(", ");
}
