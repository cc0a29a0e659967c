// What moves an outcome of a sampled sweep: pictures, tables with intervals, and what the numbers mean.

import { effectsChart } from "#/server/charts/experiments/effects.ts";
import { indicesChart } from "#/server/charts/experiments/indices.ts";
import { pairsChart } from "#/server/charts/experiments/pairs.ts";
import {
  changeOf,
  indexFinding,
  intervalOf,
  mattering,
  ranked,
  type SampledRows,
  wantedWords,
  writeOf,
} from "#/server/facts/sampled.ts";
import { inFull, share, unbroken } from "#/server/format.ts";
import { type Column, Figure, type Section, Table } from "#/server/pages/parts.tsx";
import { type Told, upper } from "#/server/pages/sampled/rows.tsx";
import { axisWord } from "#/server/words.ts";
import type { SweepTable } from "#/sim/experiments/read.ts";
import { type Measure, type Method, methods, type Sensitivity } from "#/sim/experiments/sensitivity.ts";

const measureHeads: Record<string, string> = {
  first: "Alone",
  total: "In all",
  muStar: "Mean size of effect, μ*",
  mu: "Mean effect, μ",
  sigma: "Deviation, σ",
  median: "Median distance",
  delta: "Delta",
  totalBound: "In all, at most",
  slope: "Mean slope",
  steepness: "Steepness",
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
  delta:
    "Delta says how far the outcome's whole density moves, on average, once the axis is known: 0 where it tells nothing, 1 " +
    "where it tells all. It sees an axis that moves the spread alone. Few rows make it too large; the bootstrap takes about " +
    "half of that off.",
  dgsm:
    "From the slopes of the outcome along an axis follows the most that the axis can explain of the outcome's variance, " +
    "alone and with others. What is small can be fixed; what is large needs a saltelli or morris design to tell. The mean " +
    "slope keeps its sign, the steepness does not; both are per whole range.",
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
    heading: indexFinding(first, { name }),
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
      `Mean ${write(mean)}, deviation ${changeOf(unit)(deviation)}. ` +
      `Each row is ${
        replications === 1 ? "one run" : `the mean of ${inFull(replications)} replications`
      } by the same people with the same luck, so luck does not tell rows apart; another seed may move the numbers. ` +
      `“Matters” means ${mattering(found).words}.`,
  );
}

const tableCaption = ({ method }: Sensitivity): string =>
  `${upper(methods[method].title)}, the axis that matters most first` +
  (method === "sobol" || method === "delta" || method === "dgsm"
    ? ", with 95 % bootstrap intervals"
    : method === "morris"
    ? ", μ* with its 95 % interval"
    : "");

type Ranked = Sensitivity["axes"][number];

function measureColumns(found: Sensitivity, { axes }: SampledRows, { design }: SweepTable): Column<Ranked>[] {
  const { method, unit } = found, write = changeOf(unit);
  const wordOf = (measure: string) => {
    if (method === "morris" || measure === "slope" || measure === "steepness") return write;
    return method === "pawn" || measure === "delta" ? (value: number) => value.toFixed(3) : share;
  };
  const said = (name: string, measure: Measure) => {
    const interval = intervalOf(measure), word = wordOf(name);
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
      cell: ({ measures }) => said(measure, measures[measure]),
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
