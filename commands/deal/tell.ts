// What `hutong deal` says: for people, as JSON and as a table of flows.

import type { InternalRate } from "#/model/finance/irr.ts";
import type { BreakEven, TrancheMeasures } from "#/model/funding/deal/measures.ts";
import type { DealResult } from "#/model/funding/deal/result.ts";
import { isoDate } from "#/model/units/calendar.ts";
import { thousands } from "#/model/units/thousands.ts";

/** A run with its measures. */
export interface DealFound {
  result: DealResult;
  measures: TrancheMeasures[];
  breakEven: Record<string, BreakEven>;
}

const cny = (fen: number) => thousands(fen / 100, 2);
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

const rateWords = (irr: InternalRate) =>
  irr.kind === "none"
    ? "none"
    : irr.kind === "one"
    ? percent(irr.rate)
    : `several: ${irr.rates.map(percent).join(", ")}`;

const borne = (it: BreakEven) =>
  it.kind === "cdr"
    ? `${percent(it.cdr)} a year`
    : it.kind === "always"
    ? "any default rate"
    : it.kind === "never"
    ? "not repaid without any default"
    : "unknown, see below";

/** The deal in lines: totals, tranches, fees, lines, triggers, then every payment date. */
export function dealSummary({ result, measures, breakEven }: DealFound): string {
  const { name, closing, end, payments, tranches, fees, lines, triggers, pool } = result;
  const called = payments.find(({ isCalled }) => isCalled);
  return [
    `${name}: closed ${isoDate(closing)}, ended ${isoDate(end)} after ${payments.length} payment dates`,
    `cash in ${cny(result.cashInFen)} + at closing ${cny(result.openingFen)} = cash out ${
      cny(result.cashOutFen)
    } + left ${cny(result.leftFen)} CNY`,
    `pool: defaulted ${cny(pool.reduce((sum, it) => sum + it.defaultFen, 0))}, recovered ${
      cny(pool.reduce((sum, it) => sum + it.recoveryFen, 0))
    }, bought ${cny(result.purchasedFen)} CNY`,
    ...(called ? [`clean-up call on ${isoDate(called.day)}`] : []),
    "",
    ...grid([
      [
        "tranche",
        "balance",
        "interest",
        "principal",
        "residual",
        "unpaid",
        "IRR",
        "life, years",
        "bears defaults of",
      ],
      ...measures.map((it, i) => [
        it.name,
        cny(tranches[i].originalFen),
        cny(it.interestFen),
        cny(it.principalFen),
        cny(it.residualFen),
        cny(tranches[i].unpaidFen + tranches[i].interestUnpaidFen),
        rateWords(it.irr),
        it.weightedAverageLifeYears?.toFixed(2) ?? "none",
        borne(breakEven[it.name]),
      ]),
    ]),
    ...Object.entries(breakEven).flatMap(([name, it]) => it.kind === "unknown" ? [`${name}: ${it.why}`] : []),
    ...(fees.length > 0
      ? [
        "",
        ...grid([
          ["fee", "paid", "due at the end"],
          ...fees.map(({ name, flows }) => [
            name,
            cny(flows.reduce((sum, { paidFen }) => sum + paidFen, 0)),
            cny(flows.at(-1)?.dueFen ?? 0),
          ]),
        ]),
      ]
      : []),
    ...(lines.length > 0
      ? [
        "",
        ...grid([
          ["line", "drawn in all", "repaid in all", "owed at the end"],
          ...lines.map((it) => [
            it.name,
            cny(it.everDrawnFen),
            cny(it.everRepaidFen),
            cny(it.drawnFen + it.dueFen),
          ]),
        ]),
      ]
      : []),
    "",
    ...(triggers.length === 0
      ? ["triggers: none"]
      : triggers.map(({ name, events }) =>
        `trigger ${name}: ${
          events.length === 0
            ? "never fired"
            : events.map(({ day, fired }) => `${fired ? "fired" : "cured"} ${isoDate(day)}`).join(", ")
        }`
      )),
    "",
    ...grid([
      ["date", "phase", "pool", "cover", "excess spread", ...tranches.map(({ name }) => `${name} paid`)],
      ...payments.map((it, i) => [
        isoDate(it.day),
        it.phase,
        cny(it.poolFen),
        cny(it.overcollateralisationFen),
        cny(it.excessSpreadFen),
        ...tranches.map(({ flows }) =>
          cny(flows[i].interestFen + flows[i].principalFen + flows[i].residualFen)
        ),
      ]),
    ]),
  ].join("\n");
}

/** One JSON object with every flow; dates in ISO form, amounts in whole fen. */
export function dealJson({ result, measures, breakEven }: DealFound): string {
  const dated = <T extends { day: number }>({ day, ...rest }: T) => ({ date: isoDate(day), ...rest });
  return JSON.stringify({
    ...result,
    closing: isoDate(result.closing),
    end: isoDate(result.end),
    pool: result.pool.map(dated),
    payments: result.payments.map(dated),
    tranches: result.tranches.map((tranche, i) => ({
      ...tranche,
      flows: tranche.flows.map(dated),
      irr: measures[i].irr,
      weightedAverageLifeYears: measures[i].weightedAverageLifeYears,
      breakEven: breakEven[tranche.name],
    })),
    fees: result.fees.map((fee) => ({ ...fee, flows: fee.flows.map(dated) })),
    accounts: result.accounts.map(({ name, days, balancesFen }) => (
      { name, dates: days.map(isoDate), balancesFen }
    )),
    triggers: result.triggers.map((trigger) => ({ ...trigger, events: trigger.events.map(dated) })),
  });
}

/** A line a tranche and payment date, with a heading; amounts in CNY with two decimals. */
export function dealCsv({ tranches }: DealResult): string {
  const rows = tranches.flatMap(({ name, flows }) =>
    flows.map((it) =>
      [
        ...[isoDate(it.day), name],
        ...[it.balanceFen, it.interestFen, it.principalFen, it.residualFen, it.interestDueFen].map((fen) =>
          (fen / 100).toFixed(2)
        ),
      ].join(",")
    )
  );
  return `date,tranche,balanceCny,interestCny,principalCny,residualCny,interestDueCny\n${rows.join("\n")}\n`;
}

/** A table in columns, the first to the left and the others to the right. */
function grid(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ").trimEnd()
  );
}
