// A followed day abroad: the rate, what was settled through the correspondent, and who stood how in foreign currency at night.

import { currencies } from "#/model/clearing/cross_border/currency.ts";
import { thousands } from "#/model/units/thousands.ts";
import type { Fen } from "#/model/units/units.ts";
import { carriers } from "#/sim/ledger/chart.ts";
import { correspondentAt } from "#/sim/phases/abroad.ts";
import type { TraceEvent } from "#/sim/trace.ts";
import type { World } from "#/sim/world.ts";

/** The cross-border cell on a day, for all shoppers of the run; foreign amounts in units, CNY in fen. */
export interface TracedAbroad {
  currency: string;
  /** CNY for a unit: today's fixing, and the one before. */
  fixing: number;
  fixedBefore: number;
  correspondent: string;
  /** Settled today, and what it cost at the fixing; below zero: received for goods that came back. */
  settled: number;
  settledFen: Fen;
  /** Due and not settled, for want of the correspondent's money. */
  late: number;
  /** Each party's debt abroad at night, and what its position is worth. */
  positions: { party: string; owed: number; worthFen: Fen }[];
}

/** The cell at the end of a day; undefined where no shop abroad takes a line. */
export function abroadOf({ abroad, ledger, chart }: World): TracedAbroad | undefined {
  if (!abroad) return undefined;
  const { currency, fixingPpm, fixedBefore, today, lateMinor, owedMinor } = abroad;
  const units = (minor: number) => minor / currencies[currency].minorPerUnit;
  return {
    currency,
    fixing: fixingPpm / 1_000_000,
    fixedBefore: fixedBefore / 1_000_000,
    correspondent: chart.participants[correspondentAt].name,
    settled: units(today.settledMinor),
    settledFen: today.settledFen,
    late: units(lateMinor),
    positions: carriers.map((party, k) => ({
      party,
      owed: units(owedMinor[k]),
      worthFen: ledger.balanceFen(abroad.chart.valued[k]),
    })),
  };
}

/** What stands where a network of home would, in the steps of a want abroad. */
export const shopsAbroad = "shops abroad";

/** Whether a want was met, or refused, at a shop abroad. */
export function isAbroad(steps: readonly TraceEvent[]): boolean {
  return steps.some(({ layer }) => layer === "quote");
}

/** The steps of a want abroad: what is accepted is the line at a shop abroad, not on a network of home. */
export function abroadSteps(steps: readonly TraceEvent[]): TraceEvent[] {
  return steps.map((step) =>
    step.layer === "accept" && step.saw.network !== undefined
      ? { ...step, saw: { ...step.saw, network: shopsAbroad } }
      : step
  );
}

/** What a shopper was quoted abroad; undefined for a want at home. */
export function quotedFen(steps: readonly TraceEvent[]): Fen | undefined {
  const quote = steps.find(({ layer }) => layer === "quote");
  return quote && Number(quote.saw.amountFen);
}

/** The line on which a want was bought abroad, and for how much; undefined where it was not. */
export function boughtAbroad(
  steps: readonly TraceEvent[],
): { product: string; amountFen: Fen; settles: string } | undefined {
  const settlement = steps.find(({ layer }) => layer === "settlement");
  const confirmed = steps.find(({ layer }) => layer === "confirm");
  const accepted = steps.find(({ layer, saw }) => layer === "accept" && saw.product !== undefined);
  if (!settlement || !confirmed || !accepted) return undefined;
  return {
    product: String(accepted.saw.product),
    amountFen: Number(confirmed.saw.amountFen),
    settles: String(settlement.saw.settles),
  };
}

/** A day abroad for people. */
export function abroadInWords(it: TracedAbroad): string[] {
  const cny = (fen: Fen) => `CNY ${thousands(fen / 100, 2)}`;
  const text = [
    `Abroad, all shoppers of the run (${it.currency}; ${it.correspondent} is the correspondent):`,
    `  fixing ${it.fixing.toFixed(4)}, before ${it.fixedBefore.toFixed(4)}; settled ${
      thousands(it.settled, 2)
    } for ${cny(it.settledFen)}` + (it.late === 0 ? "" : `; late ${thousands(it.late, 2)}`),
  ];
  for (const { party, owed, worthFen } of it.positions) {
    if (owed !== 0) {
      text.push(`  ${party.padEnd(9)} owes ${thousands(owed, 2)} abroad, worth ${cny(worthFen)}`);
    }
  }
  return text;
}
