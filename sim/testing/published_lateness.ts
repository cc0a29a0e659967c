// Rolls, vintages and the spring of 2020 beside what was published or follows from a public table: compared, never searched.

import { epochDay } from "#/model/units/calendar.ts";
import type { RunResult } from "#/sim/result.ts";

/** One figure of a run beside its range. `found` is null where the run says nothing of it. */
export interface ComparedFigure {
  name: string;
  found: number | null;
  /** The published figure, or the one that follows from the table. */
  published: number;
  low: number;
  high: number;
  inside: boolean | null;
  source: string;
}

/**
 * Moves of repayment status from month to month, April to September 2005: 30,000 card accounts in Taiwan, 150,000 moves
 * (Yeh and Lien 2009, UCI "Default of credit card clients"). States: paid or unused (−2, −1), revolving (0), one month late,
 * two, three or more. The row of one month late is an artefact of the coding and not read.
 */
export const uciStatusMoves: readonly (readonly number[])[] = [
  [42_898, 4_567, 1_854, 1_291, 0],
  [4_110, 72_148, 6, 4_918, 0],
  [0, 0, 34, 0, 0],
  [1_316, 2_814, 1_676, 9_460, 1_031],
  [96, 104, 152, 529, 996],
];

const uci =
  "UCI Taiwan card accounts 2005, month to month; half to one and a half times: another country, cards with a minimum payment";

/** The share of some rows of the UCI table that lies in some columns. */
function uciShare(rows: readonly number[], columns: readonly number[]): number {
  const sum = (of: readonly number[]) =>
    rows.reduce((total, r) => total + of.reduce((part, c) => part + uciStatusMoves[r][c], 0), 0);
  return sum(columns) / sum([0, 1, 2, 3, 4]);
}

/**
 * A run's roll matrix, vintages and spring beside their ranges.
 *
 * Shapes: a result with its tables and daily record; shares of accounts, of amounts lent, and one ratio. Errors: none; a figure
 * that the run does not reach is null.
 * Sources: the UCI table above; rating and outcome of 东道3号京东白条 ABN 2020 (hexun, 20 September 2022: static pool 1.01 %
 * charged off as rated, 4.63 % non-performing at the end); Ant's prospectus by way of press (30+ 1.76 % in January and 3.01 % in
 * May 2020, 90+ over 30+ at the ends of 2017 to 2019).
 *
 * @example
 * ```ts
 * import { load } from "#/scenarios/load.ts";
 * import { comparedLateness } from "#/sim/testing/published_lateness.ts";
 * import { run } from "#/sim/run.ts";
 * import assert from "node:assert/strict";
 * const set = ["world.history.shoppers=200", "world.history.days=40"];
 * const spring = comparedLateness(run(load("baseline", { shoppers: 200, days: 5, set }), 0)).at(-1)!;
 * assert.deepEqual([spring.published.toFixed(2), spring.found], ["1.71", null]);
 * ```
 */
export function comparedLateness(result: RunResult): ComparedFigure[] {
  const { servicing, daily: { columns }, world } = result;
  const figure = (
    name: string,
    found: number | null | undefined,
    it: { published: number; low: number; high: number; source: string },
  ): ComparedFigure => {
    const value = found ?? null;
    return { name, found: value, ...it, inside: value === null ? null : value >= it.low && value <= it.high };
  };
  const around = (published: number, source: string) => ({
    published,
    low: published / 2,
    high: published * 1.5,
    source,
  });
  const moved = (issuer: string, from: readonly number[], to: readonly number[]) => {
    const counts = servicing?.rolls.find((rolls) => rolls.issuer === issuer)?.counts ?? [];
    let part = 0, whole = 0;
    for (const b of from) {
      for (const [c, n] of (counts[b] ?? []).entries()) {
        whole += n;
        if (to.includes(c)) part += n;
      }
    }
    return whole === 0 ? null : part / whole;
  };
  const lateShare = (product: string, iso: string, buckets: readonly string[]) => {
    const day = epochDay(iso) - epochDay(world.startDate), balance = columns[`balance.${product}`]?.[day];
    if (!balance) return null;
    return buckets.reduce((sum, bucket) => sum + (columns[`dpd.${product}.${bucket}`]?.[day] ?? 0), 0) /
      balance;
  };
  const over = (part: number | null, whole: number | null) =>
    part === null || whole === null || whole === 0 ? null : part / whole;
  const from30 = ["M2", "M3", "M4+"], from90 = ["M4+"];
  return [
    ...["jd", "ant"].flatMap((issuer) => [
      figure(`${issuer}: current, then late`, moved(issuer, [0], [1, 2, 3, 4]), {
        published: uciShare([0, 1], [2, 3, 4]),
        low: 0,
        high: uciShare([0, 1], [2, 3, 4]),
        source: "UCI Taiwan card accounts 2005, month to month; an upper end: a book in a crisis",
      }),
      figure(
        `${issuer}: 31–60 days late, then current`,
        moved(issuer, [2], [0]),
        around(uciShare([3], [0, 1]), uci),
      ),
      figure(
        `${issuer}: 61 days late or more, then current`,
        moved(issuer, [3, 4], [0]),
        around(uciShare([4], [0, 1]), uci),
      ),
    ]),
    figure("jd: loans ever 90+ days late within six months", pooled(result, "jd"), {
      published: 0.0101,
      low: 0.0101,
      high: 0.0463,
      source: "东道3号京东白条 ABN 2020: 1.01 % as rated, 4.63 % at the end",
    }),
    figure(
      "ant: 90+ over 30+ days late, end of 2019",
      over(
        lateShare("huabei", "2019-12-31", from90),
        lateShare("huabei", "2019-12-31", from30),
      ),
      {
        published: 1.05 / 1.56,
        low: 0.68 / 1.08 - 0.05,
        high: 1.01 / 1.43 + 0.05,
        source: "Ant prospectus by way of press, ends of 2017 to 2019",
      },
    ),
    figure(
      "ant: 30+ days late, end of May over end of January 2020",
      over(
        lateShare("huabei", "2020-05-31", from30),
        lateShare("huabei", "2020-01-31", from30),
      ),
      {
        published: 3.01 / 1.76,
        low: 1.5,
        high: 2.2,
        source: "Ant prospectus by way of press: 1.76 % in January, 3.01 % in May",
      },
    ),
  ];
}

/** The outcome of the pooled vintages; a run of fewer than seven months has none. */
function pooled({ servicing, outcomes }: RunResult, issuer: string): number | null {
  const reached = servicing?.vintages.some((it) => it.issuer === issuer && it.dpd90Share.length > 6);
  return reached ? outcomes[`vintage90.${issuer}`]?.value ?? null : null;
}
