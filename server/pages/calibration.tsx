// The page of a calibration: errors, what is proposed, what identifies what, rolls and vintages. One file, nothing fetched.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import { buckets } from "#/model/credit/delinquency.ts";
import { rollStates } from "#/scenarios/targets.ts";
import { sensitivity } from "#/server/charts/calibrate/sensitivity.ts";
import { targetErrors } from "#/server/charts/calibrate/target_errors.ts";
import { vintageCurves } from "#/server/charts/calibrate/vintage_curves.ts";
import { figure, span, verdict, verdictMeaning } from "#/server/facts/targets.ts";
import { inFull, share, shortHash, unbroken } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import { type Column, Figure, type Section, SectionBlock, Table } from "#/server/pages/parts.tsx";
import type { Calibration, Check, FoundParameter } from "#/sim/experiments/calibrate_result.ts";
import type { ErrorRow } from "#/sim/experiments/calibrate_table.ts";
import { rollName } from "#/sim/experiments/calibrate_read.ts";
import { identifiedInWords, missedInWords } from "#/sim/experiments/calibrate_words.ts";

/**
 * The page of a check or a search as one self-contained HTML file. The same result gives the same bytes.
 *
 * Shapes: `command` is the line that gives the result again.
 */
export function calibrationPage(found: Check | Calibration, { command }: { command: string }): string {
  const rows = found.kind === "check" ? found.rows : found.after;
  const sections = [
    errorSection(found, rows),
    ...(found.kind === "check"
      ? []
      : [proposalSection(found), identifiedSection(found), searchSection(found)]),
    picturesSection(found.pictures),
  ];
  return page({
    title: `Calibration of ${found.world}`,
    contents: sections.map(({ id, topic }) => ({ id, topic })),
    body: (
      <>
        <h1>Calibration of {found.world}</h1>
        <p>
          {found.targets.title}, over {found.replications} replications of {inFull(found.shoppers)}{" "}
          shoppers and {found.days} days from {found.startDate}, seed {found.seed}. Result{" "}
          <code title={found.hash}>{shortHash(found.hash)}</code>, engine{" "}
          <code title={found.engine}>{shortHash(found.engine)}</code>.
        </p>
        <pre style="white-space:pre-wrap;overflow-wrap:anywhere"><code class="command">{command}</code></pre>
        {sections.map((section) => <SectionBlock section={section} />)}
      </>
    ),
  });
}

function Inside({ row: { inside, close } }: { row: ErrorRow }) {
  if (inside === null) return <span class="mark none">not reached</span>;
  const word = (inside ? "inside" : "outside") + (close ? ", close" : "");
  return inside ? <span class="mark good">{word}</span> : <span class="mark bad">{word}</span>;
}

const errorColumns = (before?: readonly ErrorRow[]): Column<ErrorRow>[] => [
  {
    head: "Target",
    cell: ({ title, denominator }) => (
      <>
        {title}
        <br />
        <span class="raw">of: {denominator}</span>
      </>
    ),
  },
  { head: "Date", tight: true, cell: ({ when }) => when },
  { head: "Published", number: true, cell: ({ value, unit }) => figure(value, unit) },
  { head: "Range", number: true, cell: ({ low, high, unit }) => unbroken(span(low, high, unit)) },
  ...(before
    ? [{
      head: "Before",
      number: true,
      cell: ({ name, unit }: ErrorRow) => figure(before.find((row) => row.name === name)?.mean, unit),
    }]
    : []),
  {
    head: "Simulated (95 %)",
    number: true,
    cell: ({ mean, from, to, unit }) => (
      <>
        {figure(mean, unit)}
        <br />
        {mean !== null && (
          <span class="raw">{from === null ? "one replication" : unbroken(span(from, to, unit))}</span>
        )}
      </>
    ),
  },
  { head: "Verdict", cell: (row) => <Inside row={row} /> },
  { head: "Searched", cell: ({ searched }) => searched ? "yes" : "never" },
  { head: "Source", wide: true, cell: ({ source }) => source },
];

function errorSection(found: Check | Calibration, rows: readonly ErrorRow[]): Section {
  const before = found.kind === "calibration" ? found.before : undefined;
  const missed = found.kind === "calibration" ? missedInWords(found) : [];
  return {
    id: "errors",
    topic: "Errors",
    heading: verdict(rows),
    body: (
      <>
        <Figure id="figure-errors" options={targetErrors({ rows, before })} provenance={null} alone />
        {missed.length > 0 && (
          <ul>{missed.map(({ text }) => <li style="overflow-wrap:anywhere">{text}</li>)}</ul>
        )}
        <div class="block">
          <Table caption="Targets and what was simulated" columns={errorColumns(before)} rows={rows} dense />
          <p class="facts">
            {verdictMeaning}{" "}
            Searched: whether a search may use the target; what it never uses tests what was found.
          </p>
        </div>
      </>
    ),
  };
}

const parameterColumns: Column<FoundParameter>[] = [
  { head: "Assumption", cell: ({ path }) => <code>{path}</code> },
  { head: "Unit", cell: ({ unit }) => unit },
  { head: "Now", number: true, cell: ({ value }) => inFull(value) },
  {
    head: "Proposed",
    number: true,
    cell: ({ proposed, atBound }) => `${inFull(proposed)}${atBound ? ` (${atBound} end)` : ""}`,
  },
  {
    head: "One tolerance lets it go",
    number: true,
    cell: ({ from, to }) => `${inFull(from)} to ${inFull(to)}`,
  },
  {
    head: "Luck (95 %)",
    number: true,
    cell: ({ luckFrom, luckTo }) => `${inFull(luckFrom)} to ${inFull(luckTo)}`,
  },
  { head: "Searched between", number: true, cell: ({ low, high }) => `${inFull(low)} and ${inFull(high)}` },
];

function proposalSection(found: Calibration): Section {
  const changed = found.parameters.filter(({ value, proposed }) => value !== proposed).length;
  return {
    id: "proposal",
    topic: "Proposal",
    heading: changed === 0
      ? "The world as it is fits best: nothing is proposed"
      : `${changed} of ${found.parameters.length} searched assumptions are proposed to change`,
    body: (
      <>
        <p>
          Half the sum of squared misses, in tolerances, goes from {found.cost.before.toFixed(3)} to{" "}
          {found.cost.after.toFixed(3)}. A proposal changes nothing by itself.
        </p>
        <div class="block">
          <Table caption="Searched assumptions" columns={parameterColumns} rows={found.parameters} />
        </div>
      </>
    ),
  };
}

function identifiedSection(found: Calibration): Section {
  const { identification, parameters } = found;
  const words = identifiedInWords(found);
  const told = words.filter((one) => one.verdict === "alone").length;
  const name = ({ path }: FoundParameter) => path.split(".").at(-1)!;
  const correlations: Column<{ path: string; j: number }>[] = [
    { head: "Correlation", cell: ({ path }) => <code>{path}</code> },
    ...parameters.map((other, k): Column<{ path: string; j: number }> => ({
      head: name(other),
      number: true,
      cell: ({ j }) => identification.correlation[j][k].toFixed(2),
    })),
    {
      head: "Least seen direction",
      number: true,
      cell: ({ j }) => identification.weakest[j].toFixed(2),
    },
  ];
  return {
    id: "identified",
    topic: "What identifies what",
    heading: `${told} of ${parameters.length} parameters are identified by themselves`,
    body: (
      <>
        <ul>
          {words.map(({ path, text }) => (
            <li style="overflow-wrap:anywhere">
              <code>{path}</code> is {text}
            </li>
          ))}
        </ul>
        <p>
          Singular values of the searched targets' slopes:{" "}
          {identification.singularValues.map((value) => value.toFixed(2)).join(", ")}; condition number{" "}
          {identification.condition === null ? "without bound" : identification.condition.toFixed(1)}.
        </p>
        <Figure id="figure-sensitivity" options={sensitivity(found)} provenance={null} alone />
        <div class="block">
          <Table
            caption="How the parameters' errors hang together, and the combination that the targets see least"
            columns={correlations}
            rows={parameters.map(({ path }, j) => ({ path, j }))}
            dense
          />
        </div>
      </>
    ),
  };
}

function searchSection(found: Calibration): Section {
  const { steps, method, ended, trials, runs, budget } = found;
  const words = {
    converged: "nothing near is better",
    stalled: "steps no longer help",
    budget: "the budget is spent",
  };
  return {
    id: "search",
    topic: "Search",
    heading: `${trials} trials, ${inFull(runs)} runs of ${inFull(budget)} allowed: ${words[ended]}`,
    body: (
      <>
        <p>{method}. The same seed and replications in every trial.</p>
        <div class="block">
          <Table
            caption="Steps of the search"
            columns={[
              { head: "Points", cell: ({ points }) => String(points) },
              { head: "What", cell: ({ how }) => how },
              { head: "Best misses", number: true, cell: ({ cost }) => cost.toFixed(4) },
              { head: "Trusted box", number: true, cell: ({ trust }) => trust.toFixed(3) },
            ]}
            rows={steps}
            dense
          />
        </div>
      </>
    ),
  };
}

const rollHeads: Record<typeof rollStates[number], string> = {
  "M0": "current",
  "M1": "1–30 days",
  "M2": "31–60",
  "M3": "61–90",
  "M4+": "over 90",
  "paid": "paid in full",
  "writtenOff": "written off",
};

function picturesSection(pictures: Readonly<Record<string, number>>): Section {
  const columns: Column<typeof buckets[number]>[] = [
    { head: "From", cell: (from) => rollHeads[from] },
    ...rollStates.map((to): Column<typeof buckets[number]> => ({
      head: rollHeads[to],
      number: true,
      cell: (from) => {
        const found = pictures[rollName(from, to)];
        return found === undefined ? "–" : found === 0 ? "0" : share(found);
      },
    })),
  ];
  return {
    id: "rolls",
    topic: "Rolls and vintages",
    heading: "Where accounts stand a month later, and how vintages age",
    body: (
      <>
        <div class="block">
          <Table
            caption="Accounts of both books by bucket at a month's end, and where they stand at the next, all months pooled"
            columns={columns}
            rows={[...buckets]}
          />
        </div>
        <Figure id="figure-vintages" options={vintageCurves(pictures)} provenance={null} alone />
      </>
    ),
  };
}
