// The page of futures: fans of what is lent, lost and late, when the shocks act, and the table of outcomes.

import {
  futuresFan,
  type LineName,
  lineWords,
  mostShown,
  shockSpans,
} from "#/server/charts/experiments/futures.ts";
import { differenceAbout, inFull, inUnit } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import { type Column, Figure, Provenance, Table } from "#/server/pages/parts.tsx";
import { outcomeWord } from "#/server/outcome_words.ts";
import { sampledRange, shockWords } from "#/server/facts/futures.ts";
import type { FutureRow, FuturesResult } from "#/sim/experiments/futures.ts";

/** The whole page as text; nothing is fetched from elsewhere, and the same futures give the same bytes. */
export function futuresPage(result: FuturesResult, { replay }: { replay: string }): string {
  const { scenario, forkAt, days, title, plan, runs, table } = result;
  const lucks = new Set(runs.map(({ luck }) => luck)).size;
  const about = (row: FutureRow, value: number | null, half: number | null) =>
    value === null
      ? "–"
      : half !== null && Number.isFinite(half)
      ? `${inUnit(value, row.unit)} ± ${inUnit(half, row.unit)}`
      : inUnit(value, row.unit);
  const columns: Column<FutureRow>[] = [
    {
      head: "Outcome",
      cell: ({ outcome }) => {
        const words = outcomeWord(outcome);
        return words === outcome ? outcome : (
          <>
            {words} <code class="raw">{outcome}</code>
          </>
        );
      },
    },
    { head: "Mean", number: true, cell: (row) => about(row, row.mean, row.halfWidth) },
    {
      head: "95 % of lucks up to",
      number: true,
      cell: (row) => row.n < 20 ? "–" : inUnit(row.valueAtRisk95, row.unit),
    },
    {
      head: `Against ${plan[0].name}`,
      number: true,
      cell: ({ unit, difference: by, differenceHalfWidth: half }) => differenceAbout(by, half, unit),
    },
  ];
  const provenance = <Provenance runs={[{ label: "all futures", hash: runs[0].hash, replay }]} />;
  return page({
    title: `Futures of ${scenario} from day ${forkAt}`,
    body: (
      <>
        <h1>{title}: futures of {scenario} from day {forkAt}</h1>
        <p class="facts">
          One past of {forkAt} days, {inFull(runs.length)} futures to day {days}: {plan.length}{" "}
          {plan.length === 1 ? "supposition" : "suppositions"} under {inFull(lucks)}{" "}
          {lucks === 1 ? "luck" : "lucks"} each
        </p>
        <div class="figures">
          {(Object.keys(lineWords) as LineName[]).map((line) => (
            <Figure id={`figure-${line}`} options={futuresFan(result, line)} provenance={provenance} />
          ))}
          <Figure id="figure-shocks" options={shockSpans(result)} provenance={provenance} />
        </div>
        <Table
          caption="The shocks of each future"
          columns={[
            { head: "Future", cell: ({ name }) => name },
            { head: "Shocks beside the scenario's own", wide: true, cell: (it) => shockWords(it) },
          ]}
          rows={plan}
        />
        {plan.some(({ drawn }) => drawn) && (
          <Table
            caption="What was drawn, by a Latin hypercube"
            columns={[
              { head: "Number", cell: ({ name }) => name },
              { head: "Least", number: true, cell: ({ least }) => inFull(least) },
              { head: "Most", number: true, cell: ({ most }) => inFull(most) },
            ]}
            rows={sampledRange(runs)}
          />
        )}
        <Table
          caption="Outcomes by future"
          columns={columns}
          rows={table}
          group={({ future }) => future}
        />
        <p class="note">
          ± is a 95 % interval of the mean over lucks{lucks < 3 ? "; there are too few for one" : ""};
          differences are taken luck by luck.{plan.length > mostShown
            ? ` The pictures show ${mostShown} of the futures.`
            : ""} Replay: <code>{replay}</code>
        </p>
      </>
    ),
  });
}
