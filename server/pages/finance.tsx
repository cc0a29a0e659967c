// The page of plans under uncertainty: plans beside each other, regrets, then each plan with what it hangs on. One file.
// deno-lint-ignore-file jsx-key -- pages are text written once: nothing on them is moved, so nothing needs a key

import { grades } from "#/model/project/evidence.ts";
import type { ProjectReport, ToldField } from "#/model/project/report.ts";
import type { Sourced, Uncertainty } from "#/model/project/uncertainty.ts";
import { fanChart } from "#/server/charts/finance/fan.ts";
import { regretChart } from "#/server/charts/finance/regret.ts";
import { stepsChart } from "#/server/charts/finance/steps.ts";
import { tornadoChart } from "#/server/charts/finance/tornado.ts";
import {
  fenWords,
  fieldFinding,
  findingWords,
  meanWords,
  monthWords,
  oftenWords,
  rateWords,
  replicationWords,
  reportFinding,
  simulationWords,
  waitingWords,
} from "#/server/facts/finance.ts";
import { inFull, share } from "#/server/format.ts";
import { page } from "#/server/pages/layout.tsx";
import {
  type Column,
  Command,
  Figure,
  type Html,
  type Section,
  SectionBlock,
  Table,
} from "#/server/pages/parts.tsx";

/** More fields than these are drawn in their first case only. */
const mostDrawn = 12;

/** The page as text; the same report gives the same bytes. `replay` is the line that gives the report again. */
export function financePage(report: ProjectReport, { replay }: { replay: string }): string {
  const all = report.fields.flat().length <= mostDrawn;
  const drawn = report.fields.flatMap((row) => all ? row : row.slice(0, 1));
  const sections = [
    besideSection(report, replay),
    regretSection(report),
    ...drawn.map((field) => fieldSection(field, report)),
    numbersSection(report),
  ];
  return page({
    title: "Plans under uncertainty",
    contents: sections.map(({ id, topic }) => ({ id, topic })),
    body: (
      <>
        <h1>{reportFinding(report)}</h1>
        <p class="facts">
          {report.plans.length} plans · {report.cases.map((name, c) =>
            `${name} (${report.caseTitles[c]}; ${replicationWords(report.replications[c])})`
          ).join(" · ")} · {inFull(report.draws)} draws, the same luck for all
        </p>
        {sections.map((section) => <SectionBlock section={section} />)}
      </>
    ),
  });
}

interface Measure {
  name: string;
  say: (field: ToldField) => string;
}

const measures: readonly Measure[] = [
  { name: "Verdict as given", say: ({ base }) => findingWords[base.verdict.kind] },
  { name: "NPV as given", say: ({ base }) => fenWords(base.worth.npvFen) },
  { name: "NPV over draws", say: ({ npv }) => meanWords(npv) },
  { name: "Uncertainty, standard deviation", say: ({ npv }) => fenWords(npv.uncertainty) },
  { name: "Simulation error of the mean", say: ({ npv }) => simulationWords(npv) },
  { name: "Left to owners", say: ({ owners }) => meanWords(owners) },
  { name: "Equity IRR as given", say: ({ base }) => rateWords(base.equityIrr) },
  { name: "Worth its cost", say: ({ worthIt }) => oftenWords(worthIt) },
  { name: "A covenant breaks", say: ({ breach }) => oftenWords(breach) },
  { name: "in month", say: ({ breach }) => monthWords(breach) },
  { name: "Cash runs out", say: ({ cashOut }) => oftenWords(cashOut) },
  { name: "in month", say: ({ cashOut }) => monthWords(cashOut) },
  { name: "for uses", say: ({ unfunded }) => share(unfunded.share) },
  { name: "for lenders", say: ({ defaulted }) => share(defaulted.share) },
  {
    name: "Revenue that breaks even, as given",
    say: ({ base }) => base.breakEven.npv === null ? "none" : share(base.breakEven.npv),
  },
  {
    name: "Pilot: value of waiting",
    say: ({ waiting }) => waiting ? fenWords(waiting.valueFen) : "tells nothing",
  },
  { name: "Evidence grade", say: ({ evidence }) => evidence?.grade ?? "NPV never moves" },
];

function besideSection(report: ProjectReport, replay: string): Section {
  return {
    id: "plans",
    topic: "Plans",
    heading: "Plans beside each other",
    body: (
      <>
        {report.cases.map((name, c) => {
          const columns: Column<Measure>[] = [
            { head: name, cell: ({ name }) => name },
            ...report.fields.map((row): Column<Measure> => ({
              head: row[c].plan,
              number: true,
              cell: ({ say }) => say(row[c]),
            })),
          ];
          return (
            <Table
              caption={`${report.caseTitles[c]}: means with 95 % intervals; months as 50 % (5 % to 95 %)`}
              columns={columns}
              rows={measures}
              dense
            />
          );
        })}
        <p class="note">
          Uncertainty is what may happen to the project; more shoppers do not lower it. Simulation error is
          the standard error of the mean that the replications leave; it falls with their number and with the
          shoppers in each. What is missing is called from the owners. Replay: <Command text={replay} />
        </p>
      </>
    ),
  };
}

function regretSection({ regrets: { owners, npv } }: ProjectReport): Section {
  return {
    id: "regret",
    topic: "Regret",
    heading: "What it costs to have chosen",
    body: (
      <div class="figures">
        <Figure
          id="figure-regret-owners"
          options={regretChart(owners)}
          provenance={<Paired table={owners} />}
        />
        <Figure id="figure-regret-npv" options={regretChart(npv)} provenance={<Paired table={npv} />} />
      </div>
    ),
  };
}

function Paired({ table }: { table: ProjectReport["regrets"]["npv"] }): Html {
  const gains = table.cells.flat().flatMap(({ gain }) => gain === null ? [] : [gain]);
  if (gains.length === 0) return <span></span>;
  return (
    <p class="note">
      Pairing on equal luck divides the variance of a difference by{" "}
      {inFull(Number(Math.min(...gains).toPrecision(3)))} or more.
    </p>
  );
}

function fieldSection(field: ToldField, { cases }: ProjectReport): Section {
  const { plan, of, fans, base, evidence } = field, name = cases.length > 1 ? `${plan} in ${of}` : plan;
  const id = `${plan}-${of}`.replace(/[^A-Za-z0-9-]/g, "-"), none = <span></span>;
  const covenants = base.covenants.filter(({ measure }) => measure === "dscr");
  const end = fans.cash.levels.map((level) => level[level.length - 1]);
  const months = base.months / base.periods.dscr.length;
  return {
    id,
    topic: name,
    heading: fieldFinding(field),
    body: (
      <>
        <p>{field.title}. {waitingWords(field)}</p>
        <div class="figures">
          <Figure
            id={`${id}-cash`}
            options={fanChart({ fan: fans.cash, everyMonths: 1, per: 100, unit: "CNY", rules: [0] }, {
              title: `${name}: cash after ${base.months} months from ${fenWords(end[0])} to ${
                fenWords(end[4])
              }`,
              caption: "Cash in all accounts less what is missing, CNY, at the ends of months.",
            })}
            provenance={none}
          />
          <Figure
            id={`${id}-dscr`}
            options={fanChart({
              fan: fans.dscr,
              everyMonths: Math.round(months),
              per: 1,
              unit: "DSCR",
              rules: [1, ...covenants.map(({ value }) => value / 10_000)],
              most: 10,
            }, {
              title: base.covers === null
                ? `${name}: cover of debt service`
                : `${name}: cover of debt service, at least ${base.covers.minimumDscr.toFixed(2)} as given`,
              caption: "Cash for debt service over debt service by period; lines at 1 and at the covenant.",
            })}
            provenance={none}
          />
          <Figure
            id={`${id}-tornado`}
            options={tornadoChart(field.tornado, { plan: name })}
            provenance={none}
          />
          <Figure id={`${id}-steps`} options={stepsChart(field.steps, { plan: name })} provenance={none} />
        </div>
        {evidence && (
          <p>
            Evidence grade: <strong>{evidence.grade}</strong>. Assumed numbers make{" "}
            {share(evidence.assumed.low)} to {share(evidence.assumed.high)} of NPV's variance:{" "}
            {evidence.says}. First of all:{" "}
            {evidence.shares.slice(0, 3).map(({ title, total, isAssumed }) =>
              `${title} ${share(Math.max(0, total.value))}${isAssumed ? " (a)" : ""}`
            ).join("; ")}.
          </p>
        )}
      </>
    ),
  };
}

interface NumberRow {
  of: string;
  what: string;
  said: Sourced;
  divisor: number;
  unit: string;
}

const numbersOf = (one: Uncertainty): NumberRow[] =>
  one.kind === "number"
    ? [{ of: one.title, what: `${one.moves}, ${one.shape}`, said: one, divisor: 1, unit: "" }]
    : [
      { of: one.title, what: "rate", said: one.perYearBps, divisor: 1, unit: "bps a year" },
      { of: one.title, what: "cost", said: one.costFen, divisor: 100, unit: "CNY" },
      { of: one.title, what: "cut of revenue", said: one.revenueCutBps, divisor: 1, unit: "bps" },
      { of: one.title, what: "lasts", said: one.lastsMonths, divisor: 1, unit: "months" },
      { of: one.title, what: "prevented by audits", said: one.preventedByAuditsBps, divisor: 1, unit: "bps" },
    ];

function numbersSection({ uncertainties }: ProjectReport): Section {
  const columns: Column<NumberRow>[] = [
    { head: "Uncertainty", cell: ({ of }) => of },
    { head: "Number", cell: ({ what, unit }) => unit === "" ? what : `${what}, ${unit}` },
    { head: "Base", number: true, cell: ({ said, divisor }) => inFull(said.base / divisor) },
    {
      head: "Range",
      number: true,
      cell: ({ said, divisor }) => said.range.map((end) => inFull(end / divisor)).join(" to "),
    },
    { head: "Source", wide: true, cell: ({ said }) => said.source },
  ];
  return {
    id: "numbers",
    topic: "Numbers behind the draws",
    heading: "What is drawn, and where each number comes from",
    body: (
      <>
        <Table
          caption="Numbers of the draws"
          columns={columns}
          rows={uncertainties.flatMap(numbersOf)}
          dense
        />
        <p class="note">
          Grades by the least share of NPV's variance that assumed numbers make:{" "}
          {grades.map(({ from, grade }) => `${grade} from ${share(from)}`).join(", ")}. What a run itself
          assumes of people stands behind its flows and is not counted here.
        </p>
      </>
    ),
  };
}
