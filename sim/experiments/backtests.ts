// Backtests: what was observed, on its dates and with its source, and how the same figure is read of a run.

import { epochDay } from "#/model/units/calendar.ts";
import type { RunResult } from "#/sim/result.ts";

/** One observed figure and how a run tells it. */
export interface ObservedFigure {
  name: string;
  title: string;
  unit: "share" | "times";
  /** The day that it is of, and the figure as published. */
  on: string;
  observed: number;
  /** Where a bound is known and no figure: what the mean must lie in. */
  within?: readonly [low: number, high: number];
  source: string;
  read: (result: RunResult) => number | null;
}

/** A path by day beside observed points. */
export interface ObservedPath {
  title: string;
  unit: "share" | "times";
  read: (result: RunResult) => number[];
  points: { on: string; observed: number }[];
}

/** A dated episode to run again. */
export interface Backtest {
  title: string;
  scenario: string;
  /** Settings of a second world without what the episode is about; its figures stand beside. */
  without?: { title: string; set: readonly string[] };
  figures: readonly ObservedFigure[];
  path: ObservedPath;
}

const day = (result: RunResult, iso: string): number | null => {
  const at = epochDay(iso) - epochDay(result.world.startDate);
  return at >= 0 && at < result.world.days ? at : null;
};

const bucketsFrom = { 30: ["M2", "M3", "M4+"], 90: ["M4+"] } as const;

/** The part of a book that is late, by day. */
function lateShares({ daily: { columns } }: RunResult, product: string, dpd: 30 | 90): number[] {
  const balance = columns[`balance.${product}`] ?? [];
  return balance.map((whole, d) => {
    const late = bucketsFrom[dpd].reduce(
      (sum, bucket) => sum + (columns[`dpd.${product}.${bucket}`]?.[d] ?? 0),
      0,
    );
    return whole > 0 ? late / whole : 0;
  });
}

const lateOn = (product: string, dpd: 30 | 90, iso: string) => (result: RunResult) => {
  const at = day(result, iso);
  return at === null ? null : lateShares(result, product, dpd)[at];
};

/** The two lenders' loans, as parts of those of the evening before the run's first day ends. */
function loansIndex({ daily: { columns } }: RunResult): number[] {
  const sum = (d: number) => columns["balance.baitiao"][d] + columns["balance.huabei"][d];
  return columns["balance.baitiao"].map((_, d) => sum(d) / sum(0));
}

const indexOn = (iso: string) => (result: RunResult) => {
  const at = day(result, iso);
  return at === null ? null : loansIndex(result)[at];
};

const ant = "Ant prospectus, by way of press (ww01.net/en/archives/89943)";

/** All backtests, by the name that the command line takes. */
export const backtests = {
  spring2020: {
    title: "The spring of 2020: lateness of a consumer book",
    scenario: "baseline",
    figures: [
      {
        name: "ant30end2019",
        title: "Ant-like book, 30+ days late",
        unit: "share",
        on: "2019-12-31",
        observed: 0.0156,
        source: ant,
        read: lateOn("huabei", 30, "2019-12-31"),
      },
      {
        name: "ant90end2019",
        title: "Ant-like book, 90+ days late",
        unit: "share",
        on: "2019-12-31",
        observed: 0.0105,
        source: ant,
        read: lateOn("huabei", 90, "2019-12-31"),
      },
      {
        name: "ant30jan2020",
        title: "Ant-like book, 30+ days late",
        unit: "share",
        on: "2020-01-31",
        observed: 0.0176,
        source: ant,
        read: lateOn("huabei", 30, "2020-01-31"),
      },
      {
        name: "ant30may2020",
        title: "Ant-like book, 30+ days late",
        unit: "share",
        on: "2020-05-31",
        observed: 0.0301,
        source: ant,
        read: lateOn("huabei", 30, "2020-05-31"),
      },
      {
        name: "rise",
        title: "Rise of 30+ from January to May",
        unit: "times",
        on: "2020-05-31",
        observed: 0.0301 / 0.0176,
        source: ant,
        read: (result) => {
          const before = lateOn("huabei", 30, "2020-01-31")(result);
          const after = lateOn("huabei", 30, "2020-05-31")(result);
          return before && after !== null ? after / before : null;
        },
      },
      {
        name: "baitiao90mid2020",
        title: "Baitiao, 90+ days late",
        unit: "share",
        on: "2020-06-29",
        observed: 0.0165,
        source:
          "JD Digits prospectus, by way of press: 1.65 % in the first half of 2020 (drawfleurdelis.com)",
        read: lateOn("baitiao", 90, "2020-06-29"),
      },
    ],
    path: {
      title: "30+ days late, Ant-like book",
      unit: "share",
      read: (result) => lateShares(result, "huabei", 30),
      points: [
        { on: "2019-12-31", observed: 0.0156 },
        { on: "2020-01-31", observed: 0.0176 },
        { on: "2020-05-31", observed: 0.0301 },
      ],
    },
  },
  leverage2020: {
    title: "The leverage rule for micro-lenders of September 2020: loans of the sector",
    scenario: "b-leverage2020",
    without: {
      title: "without the rule",
      set: ["rulebook.rules.bankLeverage.active=false", "rulebook.rules.bondLeverage.active=false"],
    },
    figures: [
      {
        name: "loansMid2021",
        title: "Loans of micro-lenders, end of June 2020 = 1",
        unit: "times",
        on: "2021-06-30",
        observed: 886.5 / 884.1,
        source:
          "PBoC by way of Reuters, 16 September 2020: CNY 884.1 bn at the end of June 2020; of Xinhua, 27 July 2021: " +
          "CNY 886.5 bn at the end of June 2021. The whole sector, of which two lenders are simulated",
        read: indexOn("2021-06-30"),
      },
      {
        name: "bankLeverageSpring2021",
        title:
          "Bank and shareholder money ÷ net assets, highest of both lenders and all days from April to June 2021",
        unit: "times",
        on: "2021-06-30",
        observed: 1,
        within: [0, 1.01],
        source:
          "银保监办发〔2020〕86号: at most 1; lenders under supervision are taken to keep it seven months later, to 1 %",
        read: (result) => {
          const from = day(result, "2021-04-01"), until = day(result, "2021-06-30");
          if (from === null || until === null) return null;
          const columns = ["jd", "ant"].map((issuer) =>
            result.daily.columns[`ruleRatio.bankLeverage.${issuer}`]
          );
          return Math.max(...columns.flatMap((column) => column.slice(from, until + 1)));
        },
      },
    ],
    path: {
      title: "Loans, first day = 1",
      unit: "times",
      read: loansIndex,
      points: [{ on: "2020-07-01", observed: 1 }, { on: "2021-06-30", observed: 886.5 / 884.1 }],
    },
  },
} as const satisfies Record<string, Backtest>;

/** The name of a backtest. */
export type BacktestName = keyof typeof backtests;
/** The names of all backtests. */
export const backtestNames = Object.keys(backtests) as BacktestName[];
