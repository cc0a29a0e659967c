// What `hutong finance` says: for people, as JSON, and the statements as a table.

import { statementLines } from "#/model/project/columns.ts";
import type { Evaluation, InvestorRate, TableLine } from "#/model/project/evaluate.ts";
import { inMeasure } from "#/model/project/findings.ts";
import { thousands } from "#/model/units/thousands.ts";
import { findingWords } from "#/server/facts/finance.ts";

/** CNY in millions with one decimal. */
export const millions = (fen: number) => {
  const text = thousands(Math.abs(fen / 1e8), 1);
  return `${fen < 0 && text !== "0.0" ? "-" : ""}${text}`;
};
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
const ratio = (value: number | null) => value === null || Number.isNaN(value) ? "none" : value.toFixed(2);
const times = (value: number | null) => value === null ? "none" : `${value.toFixed(2)}x`;

const rateWords = (irr: InvestorRate) =>
  irr.kind === "one"
    ? percent(irr.rate)
    : irr.kind === "several"
    ? `several: ${irr.rates.map(percent).join(", ")}`
    : irr.kind === "unfunded"
    ? findingWords.unfunded
    : irr.kind;

/** The plans side by side, then each with its verdict, uses and sources, owners, lenders and promises. Amounts in CNY m. */
export function financeSummary(found: readonly Evaluation[], { flows }: { flows: string }): string {
  return [
    `flows: ${flows}, ${found[0].months} months; amounts in CNY m, rates a year`,
    "",
    ...grid(sideBySide(found)),
    ...found.flatMap((one) => ["", ...onePlan(one)]),
  ].join("\n");
}

function sideBySide(found: readonly Evaluation[]): string[][] {
  const rows: [string, (one: Evaluation) => string][] = [
    ["verdict", ({ verdict }) => findingWords[verdict.kind]],
    ["opens in month", ({ openingMonth }) => openingMonth === null ? "never" : `${openingMonth}`],
    ["uses as planned", ({ budget }) => millions(budget.itemsFen)],
    ["with what the rail needs", ({ budget }) => millions(budget.totalFen)],
    ["NPV", ({ worth }) => millions(worth.npvFen)],
    ["tail's part of the worth", ({ worth }) => percent(worth.tailShare)],
    ["project IRR", ({ projectIrr }) => rateWords(projectIrr)],
    ["equity IRR", ({ equityIrr }) => rateWords(equityIrr)],
    ["equity multiple", ({ equityMoic }) => times(equityMoic)],
    ["payback in month", ({ worth }) => worth.paybackMonth === null ? "never" : `${worth.paybackMonth}`],
    [
      "DSCR, least",
      ({ covers }) =>
        covers === null ? "no debt" : `${ratio(covers.minimumDscr)} (month ${covers.minimumDscrMonth})`,
    ],
    ["DSCR, average", ({ covers }) => covers === null ? "no debt" : ratio(covers.averageDscr)],
    ["LLCR", ({ covers }) => covers === null ? "no debt" : ratio(covers.llcr)],
    ["PLCR", ({ covers }) => covers === null ? "no debt" : ratio(covers.plcr)],
    ["debt capacity", ({ capacity }) => `${millions(capacity.fen)} (${capacity.binding})`],
    ["revenue for NPV 0", ({ breakEven }) => factorWords(breakEven.npv)],
    [
      "revenue for DSCR 1",
      ({ breakEven, lenders, covers }) =>
        covers === null && lenders.length === 0 ? "no debt" : factorWords(breakEven.dscr),
    ],
    ["cash out in month", ({ cashOutMonth }) => cashOutMonth === null ? "never" : `${cashOutMonth}`],
  ];
  return [["", ...found.map(({ name }) => name)], ...rows.map(([title, say]) => [title, ...found.map(say)])];
}

const factorWords = (factor: number | null) =>
  factor === null ? "no factor" : `${(factor * 100).toFixed(1)} %`;

function onePlan(one: Evaluation): string[] {
  const { name, title, findings, build, owners, dilution, lenders, covenants } = one;
  return [
    `${name}: ${title}`,
    ...findings.map(({ kind, text }, i) =>
      `${i === 0 ? "verdict" : "also"}: ${kind === "fundable" ? "fundable: " : ""}${text}`
    ),
    `uses and sources up to month ${build.untilMonth}:`,
    ...grid(beside(build.uses, build.sources)),
    ...grid([
      ["owner", "paid in", "dividends", "at the end", "shares", "IRR", "multiple"],
      ...owners.filter(({ sharesBps }) => sharesBps > 0).map((owner) => [
        owner.name + (owner.isConverted ? " (converted)" : ""),
        millions(owner.paidInFen),
        millions(owner.dividendsFen),
        millions(owner.exitFen),
        percent(owner.sharesBps / 10_000),
        owner.paidInFen > 0 ? rateWords(owner.irr) : "pays nothing",
        times(owner.moic),
      ]),
    ]),
    ...dilution.map(({ round, month, sharesBps }) =>
      `  after ${round} (month ${month}): ${
        Object.entries(sharesBps).filter(([, bps]) => bps > 0).map(([who, bps]) =>
          `${who} ${percent(bps / 10_000)}`
        ).join(", ")
      }`
    ),
    ...(lenders.length === 0 ? ["no debt"] : grid([
      ["lender", "paid out", "received", "still owed", "IRR"],
      ...lenders.map((lender) => [
        lender.name,
        millions(lender.drawnFen),
        millions(lender.receivedFen),
        millions(lender.leftFen),
        rateWords(lender.irr),
      ]),
    ])),
    ...(covenants.length === 0 ? ["no covenants"] : grid([
      ["covenant", "bound", "worst", "in month", "breaks in month"],
      ...covenants.map(({ measure, bound, value, worst, worstMonth, breachMonth }) => [
        measure,
        `${bound === "atLeast" ? "at least" : "at most"} ${inMeasure(measure, value)}`,
        worst === null ? "not measured" : inMeasure(measure, worst),
        worstMonth === null ? "" : `${worstMonth}`,
        breachMonth === null ? "never" : `${breachMonth}`,
      ]),
    ])),
  ];
}

function beside(uses: readonly TableLine[], sources: readonly TableLine[]): string[][] {
  const line = (one: TableLine | undefined) => one === undefined ? ["", ""] : [one.name, millions(one.fen)];
  const sum = (lines: readonly TableLine[]) => millions(lines.reduce((all, { fen }) => all + fen, 0));
  const rows = Array.from(
    { length: Math.max(uses.length, sources.length) },
    (_, i) => [...line(uses[i]), ...line(sources[i])],
  );
  return [["use", "CNY m", "source", "CNY m"], ...rows, ["sum", sum(uses), "sum", sum(sources)]];
}

/** One plan as plain data: measures, findings, periods and statements in whole fen; what is not measured is null. */
export function evaluationJson(one: Evaluation): Record<string, unknown> {
  const { columns, periods, owners, statements, paidBy, debts, ...rest } = one;
  return {
    ...rest,
    issued: statements.issued.map(({ name, month, amountFen, sculpted }) => ({
      name,
      month: Number.isFinite(month) ? month + 1 : null,
      amountFen,
      constantDscr: sculpted?.dscr ?? null,
    })),
    debts: debts.map((own, d) => ({
      name: one.lenders[d].name,
      ...Object.fromEntries(Object.entries(own).map(([name, column]) => [name, [...column]])),
    })),
    owners: owners.map(({ flows, ...owner }) => ({ ...owner, flows: [...flows] })),
    paidBy: paidBy.map(({ counterparty, paid }) => ({ counterparty, monthlyFen: [...paid] })),
    periods: Object.fromEntries(Object.entries(periods).map(([name, column]) => [name, [...column]])),
    statements: Object.fromEntries(statementLines.map((name) => [name, [...columns[name]]])),
  };
}

/** The statements as comma-separated lines, a plan and month each, in CNY. */
export function statementsCsv(found: readonly Evaluation[]): string {
  const lines = [["plan", "month", ...statementLines.map((name) => `${name}Cny`)].join(",")];
  for (const { name, months, columns } of found) {
    for (let m = 0; m < months; m++) {
      const cells = statementLines.map((line) => (columns[line][m] / 100).toFixed(2));
      lines.push([name, m + 1, ...cells].join(","));
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Columns of amounts stand to the right, columns of words to the left. */
export function grid(rows: string[][]): string[] {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const isRight = rows[0].map((_, i) =>
    i > 0 && rows.slice(1).filter((row) => /^-?\d/.test(row[i])).length * 2 >= rows.length
  );
  return rows.map((row) =>
    `  ${row.map((cell, i) => isRight[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i])).join("  ")}`
      .trimEnd()
  );
}
