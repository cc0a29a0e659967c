// What `hutong finance` says of plans under draws: side by side with intervals, regrets, and the whole as JSON.

import type { Fan } from "#/model/project/compare.ts";
import type { ProjectReport, ToldField } from "#/model/project/report.ts";
import type { RegretTable } from "#/model/project/regret.ts";
import {
  fenWords,
  findingWords,
  meanWords,
  monthWords,
  oftenWords,
  replicationWords,
  reportFinding,
  simulationWords,
  waitingWords,
} from "#/server/facts/finance.ts";
import { inFull, share } from "#/server/format.ts";

/** The report for people: one table a case, then the regrets. */
export function reportSummary(report: ProjectReport): string {
  const { cases, caseTitles, replications, draws, regrets } = report;
  return [
    reportFinding(report),
    ...cases.flatMap((name, c) => [
      "",
      `${name}: ${caseTitles[c]}, ${replicationWords(replications[c])} × ${inFull(draws)} draws`,
      ...laid(sideBySide(report.fields.map((row) => row[c]))),
    ]),
    "",
    "regret, by what is left to owners (difference to the best on equal luck; how often it is the best):",
    ...laid(regretRows(regrets.owners)),
    "",
    ...report.fields.map(([first]) => `${first.plan}: ${waitingWords(first)}`),
  ].join("\n");
}

function sideBySide(fields: readonly ToldField[]): string[][] {
  const rows: [string, (one: ToldField) => string][] = [
    ["verdict as given", ({ base }) => findingWords[base.verdict.kind]],
    ["NPV as given", ({ base }) => fenWords(base.worth.npvFen)],
    ["NPV over draws", ({ npv }) => meanWords(npv)],
    ["  uncertainty, sd", ({ npv }) => fenWords(npv.uncertainty)],
    ["  simulation error", ({ npv }) => simulationWords(npv)],
    ["to owners", ({ owners }) => meanWords(owners)],
    ["worth its cost", ({ worthIt }) => oftenWords(worthIt)],
    ["covenant breaks", ({ breach }) => oftenWords(breach)],
    ["  in month", ({ breach }) => monthWords(breach)],
    ["cash runs out", ({ cashOut }) => oftenWords(cashOut)],
    ["  in month", ({ cashOut }) => monthWords(cashOut)],
    ["moved most by", ({ tornado: [first] }) => first.name],
    ["evidence grade", ({ evidence }) => evidence?.grade ?? "NPV never moves"],
  ];
  return [
    ["", ...fields.map(({ plan }) => plan)],
    ...rows.map(([title, say]) => [title, ...fields.map(say)]),
  ];
}

function regretRows({ cells, chosen }: RegretTable): string[][] {
  return [
    ["", ...cells[0].map(({ of }) => of)],
    ...cells.map((row) => [
      row[0].plan === chosen ? `${row[0].plan} *` : row[0].plan,
      ...row.map(({ difference, bestShare }) =>
        `${difference === null ? "0" : meanWords(difference)}; best in ${share(bestShare)}`
      ),
    ]),
  ];
}

/** The report as plain data: amounts in fen, what is not measured null; statements are told without draws. */
export function reportJson(report: ProjectReport): Record<string, unknown> {
  const { fields, cases, caseTitles, replications, ...rest } = report;
  return {
    ...rest,
    cases: cases.map((name, c) => ({ name, title: caseTitles[c], replications: replications[c] })),
    fields: fields.flat().map(({ base, fans, tables, title, ...field }) => ({
      title,
      ...field,
      asGiven: {
        verdict: base.verdict,
        findings: base.findings,
        budget: base.budget,
        worth: base.worth,
        projectIrr: base.projectIrr,
        equityIrr: base.equityIrr,
        equityMoic: base.equityMoic,
        covers: base.covers,
        covenants: base.covenants,
        capacity: base.capacity,
        breakEven: base.breakEven,
        cashOutMonth: base.cashOutMonth,
        openingMonth: base.openingMonth,
      },
      fans: { cash: fanJson(fans.cash), dscr: fanJson(fans.dscr) },
      tables: { npvFen: [...tables.npv], ownersFen: [...tables.owners] },
    })),
  };
}

const fanJson = ({ levels, medianError }: Fan) => ({
  levels: levels.map((level) => [...level]),
  medianError: medianError && [...medianError],
});

function laid(rows: string[][]): string[] {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i])).join("  ")}`.trimEnd());
}
