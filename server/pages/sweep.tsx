// The page of a sweep: its map, every point with intervals, what failed, and the command behind each run.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import type { SweepCell, SweepTable } from "#/sim/experiments/read.ts";
import type { PointSummary } from "#/sim/experiments/analyse.ts";
import { heatmap, spanOf } from "#/server/charts/heatmap.ts";
import {
  axisTitle,
  axisValues,
  mapCells,
  type MapChoice,
  mapChoice,
  mapFinding,
} from "#/server/facts/sweeps.ts";
import { difference, inFull, inUnit, shortHash } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import { type Column, Figure, Provenance, type Section, SectionBlock, Table } from "#/server/pages/parts.tsx";
import { axisWord, outcomeWord } from "#/server/words.ts";

/** The most rows that a table of this page shows; the rest is in the store. */
export const mostRows = 400;

/** The whole page as text. `asked` is the outcome that the map shows, when it is one of the sweep's. */
export function sweepPage(table: SweepTable, { asked }: { asked?: string } = {}): string {
  const choice = mapChoice(table, asked);
  const sections = [
    ...(choice ? [mapSection(table, choice)] : []),
    pointsSection(table, choice?.outcome ?? table.design.outcomes[0]),
    failuresSection(table),
    runsSection(table),
  ];
  const { title, design, engine, rows, jobs, failed } = table;
  return page({
    title,
    home: "/",
    contents: sections,
    body: (
      <>
        <h1>{title}</h1>
        <p class="facts">
          {design.base.join(" against ")} · {inFull(rows)} of {inFull(jobs)} runs are there, {inFull(failed)}
          {" "}
          failed · seed {design.seed} · {inFull(design.shoppers)} shoppers · {inFull(design.days)} days ·{" "}
          {design.replications} replications · engine <code title={engine}>{shortHash(engine)}</code>
        </p>
        {rows < jobs && (
          <p class="note">
            <span class="loud">Unfinished.</span>{" "}
            What is shown rests on the runs that are there. The same sweep command goes on where it stopped.
          </p>
        )}
        {sections.map((section) => <SectionBlock section={section} />)}
      </>
    ),
  });
}

function mapSection(table: SweepTable, choice: MapChoice): Section {
  const { analysis, design } = table;
  const { x, y, outcome } = choice;
  const unit = analysis.units[outcome] ?? "";
  const all = mapCells(table, choice);
  const [reference, ...others] = design.base;
  const axes = {
    x: { title: axisTitle(table, x), values: axisValues(table, x) },
    y: { title: axisTitle(table, y), values: axisValues(table, y) },
  };
  const maps = y === "scenario"
    ? [
      {
        scenario: `scenarios against ${reference}`,
        kind: "difference" as const,
        cells: all.filter((one) => one.difference),
      },
      { scenario: "all scenarios", kind: "level" as const, cells: all },
    ]
    : [
      ...others.map((scenario) => ({ scenario, kind: "difference" as const })),
      ...design.base.map((scenario) => ({ scenario, kind: "level" as const })),
    ].map((one) => ({ ...one, cells: all.filter(({ scenario }) => scenario === one.scenario) }));
  const drawn = maps.filter(({ cells }) => cells.length > 0);
  return {
    id: "map",
    topic: "Map",
    heading: mapFinding(table, choice),
    body: (
      <>
        <p>
          Outcome: {design.outcomes.map((name, i) => (
            <>
              {i > 0 && " · "}
              {name === outcome
                ? <strong>{outcomeWord(name)}</strong>
                : <a href={`?outcome=${encodeURIComponent(name)}`}>{outcomeWord(name)}</a>}
            </>
          ))}
        </p>
        <div class="figures">
          {drawn.map(({ scenario, kind, cells }, i) => (
            <Figure
              id={`figure-map-${i + 1}`}
              options={heatmap({ cells, kind, unit, span: spanOf(all, kind), ...axes }, {
                title: kind === "difference"
                  ? `${outcomeWord(outcome)}: ${scenario} less ${reference}`
                  : `${outcomeWord(outcome)}: ${scenario}`,
                caption: (kind === "difference"
                  ? "Mean of the paired differences, same people and same luck on both sides"
                  : "Mean over replications") + `, with its 95 % interval${unit ? `, ${unit}` : ""}.`,
              })}
              provenance={
                <Behind cells={table.cells.filter((one) => y === "scenario" || one.scenario === scenario)} />
              }
            />
          ))}
        </div>
      </>
    ),
  };
}

function Behind({ cells }: { cells: readonly SweepCell[] }) {
  const done = cells.find(({ runHash, replay }) => runHash !== null && replay !== null);
  if (!done) return <div class="provenance">no run is done yet</div>;
  return (
    <Provenance runs={[{ label: "first run behind it", hash: done.runHash!, replay: done.replay! }]}>
      <a href="#runs">all runs</a>
    </Provenance>
  );
}

const settingsText = (settings: Record<string, string | number | boolean>) =>
  Object.entries(settings).map(([name, value]) => `${name} ${axisWord(value)}`).join(", ");

function estimate(
  one: { mean: number; low: number | null; high: number | null } | undefined,
  unit: string,
  write: (value: number, unit: string) => string,
): string {
  if (!one) return "–";
  const interval = one.low === null || one.high === null
    ? ""
    : ` (${write(one.low, unit)} to ${write(one.high, unit)})`;
  return write(one.mean, unit) + interval;
}

function pointsSection({ analysis, design }: SweepTable, outcome: string): Section {
  const unit = analysis.units[outcome] ?? "";
  const columns: Column<PointSummary>[] = [
    { head: "Scenario", cell: ({ scenario }) => scenario },
    { head: "Settings", wide: true, cell: ({ settings }) => settingsText(settings) || "as in the file" },
    {
      head: outcomeWord(outcome),
      number: true,
      cell: ({ levels }) => estimate(levels[outcome], unit, inUnit),
    },
    {
      head: `Less ${design.base[0]}`,
      number: true,
      cell: ({ differences }) => estimate(differences[outcome], unit, difference),
    },
    {
      head: "Runs",
      number: true,
      cell: ({ done, failed, missing }) =>
        `${done} done${failed ? `, ${failed} failed` : ""}${missing ? `, ${missing} to do` : ""}`,
    },
  ];
  const shown = analysis.points.slice(0, mostRows);
  return {
    id: "points",
    topic: "Points",
    heading: `${inFull(analysis.points.length)} design points, means with 95 % intervals over replications`,
    body: (
      <div class="block">
        <Table caption={`${outcomeWord(outcome)} at every point`} columns={columns} rows={shown} />
        <Cut shown={shown.length} all={analysis.points.length} what="points" />
        <div class="provenance">
          <a href="#runs">the runs behind these means, each with its command</a>
        </div>
      </div>
    ),
  };
}

function failuresSection({ cells }: SweepTable): Section {
  const failed = cells.filter(({ status }) => status === "failed");
  const shown = failed.slice(0, mostRows);
  return {
    id: "failures",
    topic: "Failures",
    heading: failed.length === 0
      ? "No run failed"
      : `${inFull(failed.length)} runs failed and are left out of all means`,
    body: failed.length === 0 ? <p>Every run that was begun came to its end.</p> : (
      <div class="block">
        <Table
          caption="Failed runs"
          columns={[
            { head: "Scenario", cell: ({ scenario }: SweepCell) => scenario },
            { head: "Settings", cell: ({ settings }) => settingsText(settings) },
            { head: "Replication", number: true, cell: ({ replication }) => String(replication) },
            { head: "Kind", cell: ({ errorKind }) => errorKind ?? "–" },
            { head: "Message", wide: true, cell: ({ errorMessage }) => errorMessage ?? "–" },
            { head: "Replay", wide: true, cell: ({ replay }) => <code>{replay ?? "–"}</code> },
          ]}
          rows={shown}
        />
        <Cut shown={shown.length} all={failed.length} what="failed runs" />
      </div>
    ),
  };
}

function runsSection({ cells }: SweepTable): Section {
  const done = cells.filter(({ status }) => status === "done");
  const shown = done.slice(0, mostRows);
  return {
    id: "runs",
    topic: "Runs",
    heading: `${inFull(done.length)} runs are done; each comes back with one command`,
    body: (
      <div class="block">
        <Table
          dense
          caption="Finished runs, replication by replication"
          columns={[
            {
              head: "Hash",
              cell: ({ runHash }: SweepCell) => <code title={runHash ?? ""}>{shortHash(runHash ?? "")}</code>,
            },
            { head: "Scenario", cell: ({ scenario }) => scenario },
            { head: "Settings", cell: ({ settings }) => settingsText(settings) },
            { head: "Replication", number: true, cell: ({ replication }) => String(replication) },
            { head: "Replay", wide: true, cell: ({ replay }) => <code>{replay ?? "–"}</code> },
          ]}
          rows={shown}
        />
        <Cut shown={shown.length} all={done.length} what="runs" />
      </div>
    ),
  };
}

function Cut({ shown, all, what }: { shown: number; all: number; what: string }) {
  return shown < all
    ? <p class="facts">The first {inFull(shown)} of {inFull(all)} {what} are shown; all are in the store.</p>
    : null;
}
