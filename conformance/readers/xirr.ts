// fin/xirr_pyxirr.json: internal rates of dated flows with all their roots, day counts, present and future values.

import assert from "node:assert/strict";
import { type DayCount, dayCounts, yearsBetween } from "#/model/finance/day_count.ts";
import { presentValue } from "#/model/finance/irr.ts";
import {
  type DatedFlow,
  xirr,
  xnfv as netFutureValue,
  xnpv as netPresentValue,
} from "#/model/finance/returns.ts";
import { epochDay } from "#/model/units/calendar.ts";
import { type CaseResult, examine, leftOut, near, unread, unreadMembers } from "../case.ts";
import { ratesOf } from "./time_value.ts";

type Dated = [string, number][];

interface File {
  xirr: {
    id: string;
    flows: Dated;
    expected: number | null;
    atol: number | null;
    allRealRoots?: number[];
  }[];
  xirrDayCount?: { dayCount: string; dates: string[]; amounts: number[]; expected: number }[];
  xnpv?: { id: string; rate: number; flows: Dated; expected: number; atol: number }[];
  xnfv?: { rate: number; flows: Dated; expected: number };
  xfv?: { args: [string, string, string, number, number, number]; expected: number };
}

/** Other names of day counts, as their sources write them. */
const aliases: Record<string, DayCount> = {
  "act/365": "act/365F",
  "act/act": "act/act ISDA",
  "30/360": "30/360 ISDA",
  "30/360 SIA": "30U/360",
  "30/360 US": "30U/360",
  "30/360 ISMA": "30E/360",
  "30E/360 German": "30E/360 ISDA",
};

const dated = (flows: Dated): DatedFlow[] => flows.map(([date, amount]) => ({ day: epochDay(date), amount }));

const isOneOf = (rates: readonly number[], rate: number, tolerance: number) =>
  rates.some((own) => Math.abs(own - rate) <= tolerance * Math.max(1, Math.abs(rate)));

/** Reads all parts: a case is right if all true roots are found and no other. */
export function xirrCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as File, { xirr: cases = [], xirrDayCount = [], xnpv = [], xnfv, xfv } = file;
  return [
    ...unreadMembers("", file, ["xirr", "xirrDayCount", "xnpv", "xnfv", "xfv", "split"]),
    ...cases.map(({ id, flows, expected, atol, allRealRoots }) => {
      if (expected === null && allRealRoots === undefined) {
        return leftOut(`xirr ${id}`, "that the source found no rate does not say that there is none");
      }
      return examine(`xirr ${id}`, () => {
        const own = ratesOf(xirr(dated(flows)));
        if (expected !== null) {
          assert.ok(
            isOneOf(own, expected, atol ?? 1e-9),
            `${expected} is not among ${own.join(", ") || "none"}`,
          );
        }
        if (allRealRoots === undefined) return;
        assert.equal(own.length, allRealRoots.length, `found ${own.join(", ") || "none"}`);
        for (const root of allRealRoots) {
          assert.ok(isOneOf(own, root, 1e-8), `${root} is not among ${own.join(", ")}`);
        }
      });
    }),
    ...xirrDayCount.map(({ dayCount, dates, amounts, expected }) => {
      const name = aliases[dayCount] ?? dayCount as DayCount;
      if (!dayCounts.includes(name)) return unread(`xirr by ${dayCount}`, `day count ${dayCount}`);
      return examine(`xirr by ${dayCount}`, () => {
        const own = ratesOf(xirr(dated(dates.map((date, i) => [date, amounts[i]])), { dayCount: name }));
        assert.ok(isOneOf(own, expected, 1e-9), `${expected} is not among ${own.join(", ") || "none"}`);
      });
    }),
    ...xnpv.map(({ id, rate, flows, expected, atol }) =>
      examine(`xnpv ${id}`, () => {
        const own = netPresentValue(rate, dated(flows));
        assert.ok(Math.abs(own - expected) <= atol, `${own}, expected ${expected} within ${atol}`);
      })
    ),
    ...(xnfv
      ? [examine("xnfv", () => {
        near(netFutureValue(xnfv.rate, dated(xnfv.flows)), xnfv.expected, {
          tolerance: 1e-12,
          what: "the future value",
        });
      })]
      : []),
    ...(xfv
      ? [examine("xfv", () => {
        const [start, paid, end, paidRate, endRate, amount] = xfv.args;
        const worth = (date: string, rate: number) =>
          presentValue(
            [{ years: 0, amount: 0 }, { years: yearsBetween(epochDay(start), epochDay(date)), amount: 1 }],
            rate,
          );
        near(amount * worth(paid, paidRate) / worth(end, endRate), xfv.expected, {
          tolerance: 1e-12,
          what: "the future value",
        });
      })]
      : []),
  ];
}
