// Futures of one past: what they share as one line, then a fan for each, and when the shocks of each act.

import { areaY, barX, lineY, ruleX, text } from "@observablehq/plot";
import {
  type Absent,
  absent,
  amountAxis,
  type ChartOptions,
  colours,
  dayAxis,
  frame,
  halo,
  shareAxis,
} from "#/server/charts/chart.ts";
import { fanColours, ink, scenarioColours } from "#/server/colours.ts";
import { inUnit } from "#/server/format.ts";
import { fansOf, type FutureFan, type FuturesResult } from "#/sim/experiments/futures.ts";
import { lineUnits } from "#/sim/experiments/futures_lines.ts";

/** A line of futures that has a picture. */
export type LineName = keyof typeof lineUnits;

/** What each line is, as a reader knows it. */
export const lineWords: Record<LineName, { title: string; caption: string }> = {
  lent: { title: "Lent", caption: "What both issuers' customers owe on credit" },
  netLoss: {
    title: "Net loss so far",
    caption: "Charge-offs less recoveries and losses by fraud, since the first day",
  },
  late: { title: "Late", caption: "The share of what is owed that is more than 30 days late" },
};

/** As many futures can be told apart in one picture. */
export const mostShown: number = scenarioColours.length;

/** The futures that are drawn: the first, and those whose net loss ends furthest from its own, in the order of the plan. */
export function shownFutures(result: FuturesResult): string[] {
  const names = result.plan.map(({ name }) => name);
  if (names.length <= mostShown) return names;
  const found = fansOf(result.runs, { line: "netLoss", forkAt: result.forkAt });
  const end = (name: string) => found?.fans.find(({ future }) => future === name)?.levels[2].at(-1) ?? 0;
  const first = end(names[0]);
  const far = names.slice(1).map((name) => ({ name, off: Math.abs(end(name) - first) }))
    .sort((a, b) => b.off - a.off || (a.name < b.name ? -1 : 1)).slice(0, mostShown - 1);
  return names.filter((name, i) => i === 0 || far.some((it) => it.name === name));
}

/** The parts of a fan that stands alone. */
const lone = { wide: "9 of 10 lucks", half: "half of the lucks", middle: "the middle luck" } as const;

const coloursOf = (names: readonly string[]) =>
  Object.fromEntries(names.map((name, i) => [name, scenarioColours[i]]));

const dateOf = ({ startDate }: FuturesResult) => {
  const start = Date.parse(`${startDate}T00:00:00Z`);
  return (day: number) => new Date(start + day * 86_400_000);
};

/** One line of all futures: the past in grey, then the middle of each future's lucks with nine tenths of them as a band. */
export function futuresFan(result: FuturesResult, line: LineName): ChartOptions | Absent {
  const { forkAt, runs } = result, { title, caption } = lineWords[line], unit = lineUnits[line];
  const found = fansOf(runs, { line, forkAt });
  if (!found) return absent(title, [line]);
  const shown = shownFutures(result), date = dateOf(result), table = coloursOf(shown);
  const fans = found.fans.filter(({ future }) => shown.includes(future));
  const rows = fans.flatMap(({ future, days, levels }) =>
    days.map((day, i) => ({
      ...{ future, date: date(day), middle: levels[2][i], low: levels[0][i], high: levels[4][i] },
      ...{ lower: levels[1][i], upper: levels[3][i] },
    }))
  );
  const past = found.history.map((value, day) => ({ date: date(day), value }));
  const isSure = new Set(runs.map(({ luck }) => luck)).size < 2;
  const isLone = fans.length === 1 && !isSure;
  const spread = isLone
    ? [
      areaY(rows, { x: "date", y1: "low", y2: "high", fill: () => lone.wide }),
      areaY(rows, { x: "date", y1: "lower", y2: "upper", fill: () => lone.half }),
      lineY(rows, { x: "date", y: "middle", stroke: () => lone.middle, strokeWidth: 2 }),
    ]
    : [
      ...isSure ? [] : [
        areaY(rows, { x: "date", y1: "low", y2: "high", z: "future", fill: "future", fillOpacity: 0.16 }),
      ],
      lineY(rows, { x: "date", y: "middle", z: "future", stroke: "future", strokeWidth: 1.8 }),
    ];
  return frame({
    title: `${title}: ${findingOf(fans, unit, isSure)}`,
    caption: `${caption}, as one line before day ${forkAt}; after it ${
      isSure ? "each future" : "the middle of each future's lucks, and from 5 % to 95 % of them"
    }${shown.length < result.plan.length ? ` (${shown.length} of ${result.plan.length} futures)` : ""}.`,
    x: dayAxis,
    y: unit === "share" ? shareAxis("share of what is owed") : amountAxis("CNY"),
    color: isLone
      ? {
        type: "ordinal",
        legend: true,
        domain: Object.values(lone),
        range: [fanColours.wide, fanColours.half, fanColours.middle],
      }
      : colours(table),
    marks: [
      ...spread,
      lineY(past, { x: "date", y: "value", stroke: ink.rule, strokeWidth: 2 }),
      ruleX([date(forkAt - 0.5)], { stroke: ink.rule, strokeDasharray: "4 3" }),
    ],
  });
}

function findingOf(fans: readonly FutureFan[], unit: string, isSure: boolean): string {
  const end = (fan: FutureFan, level: number) => inUnit(fan.levels[level].at(-1), unit);
  const [first, ...others] = fans;
  if (others.length === 0) {
    return `${end(first, 2)} at the end${
      isSure ? "" : `, from ${end(first, 0)} to ${end(first, 4)} in nine of ten lucks`
    }`;
  }
  const off = (fan: FutureFan) => Math.abs(fan.levels[2].at(-1)! - first.levels[2].at(-1)!);
  const far = others.reduce((most, fan) => off(fan) > off(most) ? fan : most);
  // Middles may meet where the lucks of one future reach farther than another's.
  const isSame = others.every((fan) =>
    fan.levels.every((level, i) => level.at(-1) === first.levels[i].at(-1))
  );
  return off(far) === 0
    ? `${end(first, 2)} at the end in ${isSame ? "every future" : "the middle luck of every future"}`
    : `${end(first, 2)} at the end in ${first.future}, ${end(far, 2)} in ${far.future}`;
}

/** When the shocks of each future act; of drawn ones from the earliest first day to the latest last. */
export function shockSpans(result: FuturesResult): ChartOptions | Absent {
  const shown = shownFutures(result), date = dateOf(result);
  const spans = result.plan.filter(({ name }) => shown.includes(name)).flatMap(({ name, shocks, drawn }) => {
    const lists = drawn ? drawn.map((it) => it.shocks) : [shocks];
    return lists[0].map(({ event }, k) => ({
      future: name,
      event,
      from: Math.min(...lists.map((list) => list[k].fromDay)),
      until: Math.min(result.days, Math.max(...lists.map((list) => list[k].untilDay))),
    }));
  });
  if (spans.length === 0) {
    return { title: "No future has shocks of its own", absent: "They differ by their luck alone." };
  }
  const rows = spans.map((span, i) => ({ ...span, row: i, x1: date(span.from), x2: date(span.until) }));
  const middle = date((result.forkAt + result.days) / 2).getTime();
  return frame({
    title: `${
      spans.length === 1 ? "One shock begins" : `${spans.length} shocks begin`
    } on or after day ${result.forkAt}`,
    caption: "When each future's own shocks act, by date.",
    height: 60 + 26 * rows.length,
    x: { ...dayAxis, domain: [date(0), date(result.days)] },
    y: { axis: null, domain: rows.map(({ row }) => row), paddingInner: 0.25 },
    color: { ...colours(coloursOf(shown), spans.map(({ future }) => future)) },
    marks: [
      barX(rows, { x1: "x1", x2: "x2", y: "row", fill: "future", fillOpacity: 0.75 }),
      ...(["start", "end"] as const).map((anchor) =>
        text(rows.filter(({ x1 }) => (x1.getTime() < middle) === (anchor === "start")), {
          x: anchor === "start" ? "x1" : "x2",
          y: "row",
          text: ({ event }: { event: string }) => event,
          textAnchor: anchor,
          dx: anchor === "start" ? 6 : -6,
          ...halo,
        })
      ),
      ruleX([date(result.forkAt - 0.5)], { stroke: ink.rule, strokeDasharray: "4 3" }),
    ],
  });
}
