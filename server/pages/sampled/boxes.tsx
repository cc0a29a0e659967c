// Where a condition holds in a sampled sweep: the box, how far each of its limits would be found again, and a tree.

import { boxLimitsChart } from "#/server/charts/experiments/box_limits.ts";
import { boxPathChart } from "#/server/charts/experiments/box_path.ts";
import { treeChart } from "#/server/charts/experiments/tree.ts";
import { conditionWords, limitWord, wantedWords, writeOf } from "#/server/facts/sampled.ts";
import { inFull, share, unbroken } from "#/server/format.ts";
import { type Column, Figure, type Section, Table } from "#/server/pages/parts.tsx";
import { type Told, upper } from "#/server/pages/sampled/rows.tsx";
import { axisWord } from "#/server/words.ts";
import type { Discovery, FoundLimit } from "#/sim/experiments/discover.ts";

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
