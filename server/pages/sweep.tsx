// The page of a sweep: its map, every point with intervals, what failed, and the command behind each run.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import { replicationWords } from "#/server/facts/finance.ts";
import { acting } from "#/sim/experiments/design.ts";
import type { SweepCell, SweepTable } from "#/sim/experiments/read.ts";
import type { PointSummary } from "#/sim/experiments/analyse.ts";
import { type Fusion, type FusionName, fusions } from "#/model/scoring/fusion/registry.ts";
import { heatmap, spanOf, tooFew } from "#/server/charts/heatmap.ts";
import { tradeOff, tradesOff } from "#/server/charts/trade_off.ts";
import {
  axisTitle,
  axisValues,
  mapCells,
  type MapChoice,
  mapChoice,
  mapFinding,
  varies,
} from "#/server/facts/sweeps.ts";
import { difference, inFull, inUnit, shortHash, unbroken } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import {
  type Column,
  Command,
  Figure,
  Provenance,
  type Section,
  SectionBlock,
  Table,
} from "#/server/pages/parts.tsx";
import { type Asked, sampledSections } from "#/server/pages/sampled/sections.tsx";
import { outcomeTitle, outcomeWord } from "#/server/outcome_words.ts";
import { axisWord } from "#/server/words.ts";

/** The most rows that a table of this page shows; the rest is in the store. */
export const mostRows = 400;

/**
 * The whole page as text. `asked` is the outcome that the map shows, when it is one of the sweep's; of a sampled sweep also
 * `scenario`, `isDifference` and the condition `where` say what is read.
 */
export function sweepPage(
  table: SweepTable,
  { asked, ...more }: { asked?: string } & Omit<Asked, "outcome"> = {},
): string {
  const choice = mapChoice(table, asked);
  const isUnknown = asked !== undefined && !table.design.outcomes.includes(asked);
  const sections = [
    ...(choice ? [mapSection(table, choice)] : []),
    ...sampledSections(table, { outcome: asked, ...more }),
    ...(tradesOff(table) ? [tradeOffSection(table)] : []),
    pointsSection(table, choice?.outcome ?? (isUnknown ? undefined : asked) ?? table.design.outcomes[0]),
    failuresSection(table),
    runsSection(table),
  ];
  const { title, design, engine, rows, jobs, failed, analysis } = table;
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
          {replicationWords(design.replications)} · engine <code title={engine}>{shortHash(engine)}</code>
        </p>
        {lawsOf(table).map((law) => (
          <p class="note">
            <strong>Mind the law.</strong> {law}
          </p>
        ))}
        {rows < jobs && (
          <p class="note">
            <span class="loud">Unfinished.</span> {meansOver(analysis.replications, design.replications)}{" "}
            The same sweep command goes on where it stopped.
          </p>
        )}
        {isUnknown && (
          <p class="note">
            This sweep has no outcome "{asked}"; shown is {outcomeWord(choice?.outcome ?? design.outcomes[0])}
            {" "}
            (<code>{choice?.outcome ?? design.outcomes[0]}</code>).
          </p>
        )}
        {sections.map((section) => <SectionBlock section={section} />)}
      </>
    ),
  });
}

/** What the law says of the fusions that a sweep tries, where it does not allow them throughout. */
function lawsOf({ design }: SweepTable): string[] {
  const tried = [...design.levers, ...design.uncertainties].filter(({ path }) => path === "scoring.fusion")
    .flatMap(({ values }) => values as FusionName[]);
  return tried.filter((name) => name in fusions).flatMap((name) => {
    const { title, law }: Fusion = fusions[name];
    if (law.every(({ status }) => status === "lawful")) return [];
    return [
      `${name} (${title}): ${
        law.map(({ status, from, source }) => `${status} from ${from}, ${source}`).join("; ")
      }.`,
    ];
  });
}

/** Which replications stand behind all means, in words. */
function meansOver(taken: readonly number[], all: number): string {
  const listed = taken.length > 1 ? `${taken.slice(0, -1).join(", ")} and ${taken.at(-1)}` : `${taken[0]}`;
  return taken.length === 0
    ? "No replication is far enough yet for a mean."
    : `All means are taken over ${taken.length === 1 ? "replication" : "replications"} ${listed} of 0 to ${
      all - 1
    }: ` +
      "those that every point shares, so that no difference between two points is one of luck.";
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
  const drawn = maps.filter(({ cells, kind, scenario }) =>
    cells.length > 0 && (kind === "difference" || y === "scenario" || varies(table, choice, scenario))
  );
  const still = design.base.filter((scenario) => y !== "scenario" && !varies(table, choice, scenario));
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
        {still.map((scenario) => <Still table={table} scenario={scenario} outcome={outcome} />)}
        <div class="figures">
          {drawn.map(({ scenario, kind, cells }, i) => (
            <Figure
              id={`figure-map-${i + 1}`}
              options={heatmap({ cells, kind, unit, against: reference, span: spanOf(all, kind), ...axes }, {
                title: kind === "difference"
                  ? `${outcomeWord(outcome)}: ${scenario} less ${reference}`
                  : `${outcomeWord(outcome)}: ${scenario}`,
                caption: (kind === "difference"
                  ? "Mean of the paired differences, same people and same luck on both sides"
                  : "Mean over replications") +
                  `, with its 95 % interval${unit && unit !== "share" ? `, ${unit}` : ""}.`,
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

/** Delay against the money on the bridge, where the sweep reads both. */
function tradeOffSection(table: SweepTable): Section {
  return {
    id: "trade-off",
    topic: "Delay and liquidity",
    heading: "Delay against liquidity on the bridge",
    body: (
      <div class="figures">
        <Figure id="figure-trade-off" options={tradeOff(table)} provenance={<Behind cells={table.cells} />} />
      </div>
    ),
  };
}

/** A scenario that no axis of the map acts on, said once in place of a map of equal fields. */
function Still({ table, scenario, outcome }: { table: SweepTable; scenario: string; outcome: string }) {
  const { analysis, cells } = table;
  const point = analysis.points.find((one) => one.scenario === scenario),
    unit = analysis.units[outcome] ?? "";
  const level = point?.levels[outcome];
  if (!level) return null;
  const interval = level.low === null || level.high === null
    ? tooFew
    : `${inUnit(level.low, unit)} to ${inUnit(level.high, unit)}`;
  return (
    <div class="block">
      <p>
        {scenario} is the same in every field, since neither axis acts on it: {outcomeTitle(outcome, unit)}
        {" "}
        {unbroken(`${inUnit(level.mean, unit)} (${interval})`)}.
      </p>
      <Behind cells={cells.filter((one) => one.scenario === scenario)} />
    </div>
  );
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
  Object.entries(settings).map(([name, value]) => `${axisWord(name)} ${axisWord(value)}`).join(", ");

function estimate(
  one: { mean: number; low: number | null; high: number | null } | undefined,
  unit: string,
  write: (value: number, unit: string) => string,
) {
  if (!one) return "–";
  const interval = one.low === null || one.high === null
    ? tooFew
    : unbroken(`${write(one.low, unit)} to\u00a0${write(one.high, unit)}`);
  return (
    <>
      {write(one.mean, unit)}
      <br />
      <span class="raw">{interval}</span>
    </>
  );
}

function pointsSection({ analysis, design }: SweepTable, outcome: string): Section {
  const unit = analysis.units[outcome] ?? "";
  const columns: Column<PointSummary>[] = [
    { head: "Scenario", cell: ({ scenario }) => scenario },
    {
      head: "Settings",
      wide: true,
      cell: ({ scenario, settings }) => settingsText(acting(axes, scenario, settings)) || "none acts on it",
    },
    {
      head: "Level",
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
  // Fields that differ only in settings that do not act on a scenario share its point: it stands here once.
  const axes = [...design.levers, ...design.uncertainties];
  const points = [...new Map(analysis.points.map((one) => [one.id, one])).values()];
  const shown = points.slice(0, mostRows);
  return {
    id: "points",
    topic: "Points",
    heading: `${inFull(points.length)} design points, means with 95 % intervals over replications`,
    body: (
      <div class="block">
        <Table caption={`${outcomeTitle(outcome, unit)}, at every point`} columns={columns} rows={shown} />
        <Cut shown={shown.length} all={points.length} what="points" />
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
            { head: "Replay", wide: true, cell: ({ replay }) => <Command text={replay ?? "–"} /> },
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
            { head: "Replay", wide: true, cell: ({ replay }) => <Command text={replay ?? "–"} /> },
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
