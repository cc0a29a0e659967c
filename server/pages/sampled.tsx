// The sections that a sampled sweep is read by: what moves an outcome, where a condition holds, the rows themselves.

import type { Child } from "hono/jsx";
import { boxLimitsChart } from "#/server/charts/experiments/box_limits.ts";
import { boxPathChart } from "#/server/charts/experiments/box_path.ts";
import { effectsChart } from "#/server/charts/experiments/effects.ts";
import { indicesChart } from "#/server/charts/experiments/indices.ts";
import { pairsChart } from "#/server/charts/experiments/pairs.ts";
import { scatterChart } from "#/server/charts/experiments/scatter.ts";
import { treeChart } from "#/server/charts/experiments/tree.ts";
import {
  conditionWords,
  cut,
  intervalOf,
  limitWord,
  mattering,
  ranked,
  type SampledRows,
  wantedWords,
  writeOf,
} from "#/server/facts/sampled.ts";
import { inFull, share, unbroken } from "#/server/format.ts";
import { type Column, Figure, type Section, Table } from "#/server/pages/parts.tsx";
import { axisWord } from "#/server/words.ts";
import { meets } from "#/sim/experiments/discover.ts";
import type { Discovery, FoundLimit } from "#/sim/experiments/discover.ts";
import type { SweepTable } from "#/sim/experiments/read.ts";
import { type Measure, type Method, methods, type Sensitivity } from "#/sim/experiments/sensitivity.ts";

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
}[design.kind]);

const measureHeads: Record<string, string> = {
  first: "Alone",
  total: "In all",
  muStar: "Mean size of effect, μ*",
  mu: "Mean effect, μ",
  sigma: "Deviation, σ",
  median: "Median distance",
};

/** What the numbers of a method mean, for somebody who has to decide by them. */
const meanings: Record<Method, string> = {
  sobol:
    "“Alone” is the share of the outcome's variance that would go if this axis were known; “in all” is what would stay " +
    "open if every other axis were known. What lies between the two is interplay with other axes. An axis whose “in all” is " +
    "near nothing can be fixed anywhere in its range without loss. Numbers below 0 or above 100 % are chance: the rows are few.",
  morris:
    "The mean size of the effect ranks the axes; the mean effect keeps its sign, so that a mean effect much smaller than " +
    "the mean size means that the axis pushes up in some places and down in others. It is a screening: it says which axes " +
    "deserve a larger design, not what share of the variance each has.",
  fast:
    "“Alone” is the share of the outcome's variance that would go if this axis were known; “in all” counts its interplay " +
    "with others too. The method gives no intervals: differences of a few percentage points are not to be leant on.",
  rbdFast:
    "“Alone” is the share of the outcome's variance that would go if this axis were known. What the shares leave of 100 % " +
    "is interplay between axes, and chance. The method gives no intervals.",
  pawn:
    "The distance says how far the outcome's whole distribution, not only its mean, shifts once the axis is known to lie in a " +
    "tenth of its range; from the least to the greatest of ten tenths stands below it. It needs no assumption on the " +
    "shape of the outcome, and it is no share: distances do not sum to anything.",
};

/** What moves an outcome, by each method that was used: pictures, a table each, and what the numbers mean. */
export function indexSection(
  found: readonly Sensitivity[],
  { table, rows, provenance, lead }: Told,
): Section {
  const [first] = found, name = wantedWords(first, table.design.base[0]);
  return {
    id: "moves",
    topic: "What moves it",
    heading: indexHeading(first, { name }),
    body: (
      <>
        {lead}
        <p>{rowsWords(first, table)}</p>
        <div class="figures">
          {found.map((one) => (
            <Figure
              id={`figure-indices-${one.method}`}
              options={indicesChart(one, { name })}
              provenance={provenance}
            />
          ))}
          {first.method === "morris" && (
            <Figure id="figure-effects" options={effectsChart(first, { name })} provenance={provenance} />
          )}
          {first.pairs.length > 0 && (
            <Figure id="figure-pairs" options={pairsChart(first, { name })} provenance={provenance} />
          )}
        </div>
        {found.map((one) => (
          <div class="block">
            <p>
              <strong>{upper(methods[one.method].title)}.</strong> {meanings[one.method]}
            </p>
            <Table
              caption={tableCaption(one)}
              columns={measureColumns(one, rows, table)}
              rows={ranked(one)}
            />
          </div>
        ))}
        {first.pairs.length > 0 && <Pairs found={first} />}
      </>
    ),
  };
}

/** Which axes matter, in a sentence. */
function indexHeading(found: Sensitivity, { name }: { name: string }): string {
  const { axes } = mattering(found), all = found.axes.length, shown = axes.slice(0, 4);
  if (axes.length === 0) return `None of ${all} axes matters to ${name}`;
  return `${axes.length} of ${all} axes ${axes.length === 1 ? "matters" : "matter"} to ${name}: ` +
    shown.map(({ name }) => cut(axisWord(name), 30)).join(", ") +
    (shown.length < axes.length ? " and others" : "");
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** How many rows stand behind a result, and what became of the rest. */
function rowsWords(found: Sensitivity, table: SweepTable): string {
  const { rows, dropped, mean, deviation, unit, ...wanted } = found;
  const { replications } = table.design, write = writeOf(wanted, unit);
  return unbroken(
    `${inFull(rows)} of ${inFull(rows + dropped)} rows are used` +
      (dropped > 0
        ? `; ${
          inFull(dropped)
        } are left out: they have no result, or belong together with one that has none. `
        : "; none failed. ") +
      `Mean ${write(mean)}, deviation ${writeOf({ ...wanted, isDifference: false }, unit)(deviation)}. ` +
      `Each row is ${
        replications === 1 ? "one run" : `the mean of ${inFull(replications)} replications`
      } by the same people with the same luck, so luck does not tell rows apart; another seed may move the numbers. ` +
      `“Matters” means ${mattering(found).words}.`,
  );
}

const tableCaption = ({ method }: Sensitivity): string =>
  `${upper(methods[method].title)}, the axis that matters most first` +
  (method === "sobol"
    ? ", with 95 % bootstrap intervals"
    : method === "morris"
    ? ", μ* with its 95 % interval"
    : "");

type Ranked = Sensitivity["axes"][number];

function measureColumns(found: Sensitivity, { axes }: SampledRows, { design }: SweepTable): Column<Ranked>[] {
  const { method, unit } = found, write = writeOf({ ...found, isDifference: false }, unit);
  const word = (value: number) =>
    method === "morris" ? write(value) : method === "pawn" ? value.toFixed(3) : share(value);
  const said = (measure: Measure) => {
    const interval = intervalOf(measure);
    return (
      <>
        {unbroken(word(measure.value))}
        {interval && (
          <>
            <br />
            <span class="raw">{unbroken(`${word(interval[0])} to ${word(interval[1])}`)}</span>
          </>
        )}
      </>
    );
  };
  const path = (name: string) =>
    [...design.levers, ...design.uncertainties].find((axis) => axis.name === name)?.path;
  return [
    {
      head: "Axis",
      cell: ({ name, title }) => (
        <>
          {title} <code class="raw">{path(name)}</code>
        </>
      ),
    },
    {
      head: "Range",
      cell: ({ name }) => {
        const { low, high, categories } = axes.find((axis) => axis.name === name)!;
        return categories ? categories.join(", ") : `${low} to ${high}`;
      },
    },
    ...Object.keys(found.axes[0].measures).map((measure): Column<Ranked> => ({
      head: measureHeads[measure] ?? measure,
      number: true,
      cell: ({ measures }) => said(measures[measure]),
    })),
  ];
}

/** The pairs that explain most beyond what each does alone. */
function Pairs({ found: { pairs } }: { found: Sensitivity }) {
  const shown = pairs.toSorted((a, b) => b.value - a.value).slice(0, 12);
  return (
    <Table
      caption={`Pairs: what two axes explain together and neither alone, 95 % bootstrap intervals${
        shown.length < pairs.length ? `; the ${shown.length} largest of ${pairs.length}` : ""
      }`}
      columns={[
        {
          head: "Pair",
          cell: ({ first, second }: typeof pairs[number]) => `${axisWord(first)} with ${axisWord(second)}`,
        },
        { head: "Together", number: true, cell: ({ value }) => share(value) },
        {
          head: "Interval",
          number: true,
          cell: (one) => intervalOf(one)?.map(share).join(" to ") ?? "–",
        },
      ]}
      rows={shown}
    />
  );
}

/** Where a condition holds: the trade-off, the chosen box with the stability of its limits, and the tree. */
export function boxSection(found: Discovery, { table, rows, provenance, lead }: Told): Section {
  const { condition, trajectory, chosen, hits, dropped, densityMin, limits, unit } = {
    ...found,
    unit: rows.unit,
  };
  const reference = table.design.base[0],
    said = conditionWords(condition, { wanted: rows.wanted, unit, reference });
  const box = trajectory[chosen];
  return {
    id: "boxes",
    topic: "Where it happens",
    heading: `${said}: ${share(box.coverage)} of such rows lie in a box of ${share(box.mass)} of all rows`,
    body: (
      <>
        {lead}
        <p>
          {unbroken(
            `${inFull(hits)} of ${inFull(found.rows)} rows meet the condition (${share(hits / found.rows)})` +
              (dropped > 0
                ? `; ${inFull(dropped)} rows have no result and are left out. `
                : "; none failed. ") +
              `In the chosen box it is ${
                share(box.density)
              }: the box of greatest coverage among those with at least ${share(densityMin)}` +
              (box.density < densityMin ? ", or, as none has that, the densest. " : ". ") +
              "Shares are those of the design's rows, spread over the ranges: they are no probabilities of the world.",
          )}
        </p>
        <div class="figures">
          <Figure
            id="figure-box-path"
            options={boxPathChart(found, { condition: said })}
            provenance={provenance}
          />
          <Figure id="figure-box-limits" options={boxLimitsChart(found, rows)} provenance={provenance} />
        </div>
        {limits.length > 0 && (
          <Table
            caption={`The limits of the chosen box; by ${found.resamples} resamples of the rows, middle 90 % of where a limit lay`}
            columns={limitColumns(found)}
            rows={limits}
          />
        )}
        <p>
          “By chance” is how likely as many rows of interest would be inside, had that limit no effect: below
          0.05 it speaks for the limit. The search tried many limits, so one near 0.05 proves little; how
          often resamples cut there again says more.
        </p>
      </>
    ),
  };
}

function limitColumns({ stability }: Discovery): Column<FoundLimit>[] {
  const of = (axis: string, end: string) => stability.find((one) => one.axis === axis && one.end === end);
  const again = (axis: string, end: "low" | "high", isCut: boolean) => {
    const one = of(axis, end);
    if (!isCut || !one) return "–";
    return (
      <>
        {share(one.share)}
        {one.share > 0 && (
          <>
            <br />
            <span class="raw">{limitWord(one.low)} to {limitWord(one.high)}</span>
          </>
        )}
      </>
    );
  };
  return [
    { head: "Axis", cell: ({ title }) => title },
    {
      head: "From, or only",
      number: true,
      cell: ({ low, values, isLowCut }) =>
        values ? values.map(axisWord).join(" or ") : isLowCut ? limitWord(low!) : "–",
    },
    {
      head: "Found again",
      number: true,
      cell: ({ axis, values, isLowCut }) =>
        values ? share(of(axis, "codes")?.share ?? 0) : again(axis, "low", isLowCut),
    },
    { head: "Up to", number: true, cell: ({ high, isHighCut }) => isHighCut ? limitWord(high!) : "–" },
    { head: "Found again", number: true, cell: ({ axis, isHighCut }) => again(axis, "high", isHighCut) },
    { head: "By chance", number: true, cell: ({ quasiP }) => quasiP < 0.001 ? "< 0.001" : quasiP.toFixed(3) },
  ];
}

/** What a tree says of an outcome. */
export function treeSection(found: Discovery, { table, rows, provenance }: Told): Section {
  const name = wantedWords(rows.wanted, table.design.base[0]);
  return {
    id: "tree",
    topic: "Tree",
    heading: found.tree.cut
      ? `${upper(axisWord(found.tree.cut.axis))} parts the rows first`
      : "No cut tells much",
    body: (
      <Figure
        id="figure-tree"
        options={treeChart(found, { name, unit: rows.unit, write: writeOf(rows.wanted, rows.unit) })}
        provenance={provenance}
        alone
      />
    ),
  };
}

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
