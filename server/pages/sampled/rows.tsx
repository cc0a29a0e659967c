// The rows of a sampled sweep on a page, and what all sections about them share.

import type { Child } from "hono/jsx";
import { scatterChart } from "#/server/charts/experiments/scatter.ts";
import { type SampledRows, wantedWords } from "#/server/facts/sampled.ts";
import { Figure, type Section } from "#/server/pages/parts.tsx";
import { type Discovery, meets } from "#/sim/experiments/discover.ts";
import type { SweepTable } from "#/sim/experiments/read.ts";

/** What all sections of one reading share. `lead` stands above the figures, `provenance` below each of them. */
export interface Told {
  table: SweepTable;
  rows: SampledRows;
  provenance: Child;
  lead?: Child;
}

/** A design as people say it. */
export const designWords = (
  { design }: SweepTable["design"],
): string => ({
  factorial: "every combination",
  oneAtATime: "one axis at a time",
  list: "listed points",
  latinHypercube: "Latin hypercube",
  sobol: "Sobol' points",
  halton: "Halton points",
  saltelli: "Saltelli's design",
  morris: "Morris' paths",
  fast: "extended FAST",
  finiteDifferences: "small steps from base rows",
}[design.kind]);

/** A text with a capital letter. */
export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The rows themselves, against each axis; those that meet a condition coloured. */
export function rowsSection(
  { table, rows, provenance }: Told,
  { order, condition }: { order?: readonly string[]; condition?: Discovery["condition"] },
): Section {
  const name = wantedWords(rows.wanted, table.design.base[0]);
  return {
    id: "rows",
    topic: "Rows",
    heading: "The rows behind it, before any method",
    body: (
      <Figure
        id="figure-rows"
        options={scatterChart(rows, {
          ...{ name, order },
          ...(condition ? { bound: condition.bound, isMet: (value: number) => meets(condition, value) } : {}),
        })}
        provenance={provenance}
        alone
      />
    ),
  };
}
