// A squeeze on one time axis: how long money lasts, when the alarm rings, the plan's steps, new credit granted, shoppers refused.

import { areaY, lineY, rectY, ruleX, ruleY, text } from "@observablehq/plot";
import { type Absent, absent, type ChartOptions, dayAxis, frame, halo } from "#/server/charts/chart.ts";
import { ink, partyColours } from "#/server/colours.ts";
import { datesOf } from "#/server/facts/days.ts";
import { deepestStep, squeezeDays } from "#/server/facts/squeeze.ts";
import { tick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { contingencyWord } from "#/server/treasury_words.ts";
import { partyWord } from "#/server/words.ts";

/** The lanes, top to bottom. */
const lanes = {
  lasts: "money lasts, days under stress",
  alarm: "early-warning alarm",
  step: "step of the plan, 0 to 5",
  granted: "new credit granted",
  refused: "refused for it, purchases a day",
} as const;

/** The lanes of a lender's squeeze in the second world of a report. */
export function squeeze(report: Comparison): ChartOptions | Absent {
  const { columns } = report.b.daily;
  if (!columns["contingency.jd"] && !columns["contingency.ant"]) {
    return absent("A squeeze", ["contingency.<issuer>", "survivalDays.<issuer>", "alarm.<issuer>"]);
  }
  const found = squeezeDays(report.b), issuer = found?.issuer ?? "jd";
  const column = (name: string) => columns[name] ?? [];
  const days = Math.max(column(`survivalDays.${issuer}`).length, column(`contingency.${issuer}`).length);
  const dates = datesOf(report.b, days + 1), colour = partyColours[issuer as "jd"];
  // Each lane has its own scale from 0 to 1; the words at its ends say what these are.
  const refusedTop = Math.max(1, ...column("fundingRefused"));
  const lane = (name: keyof typeof lanes, values: readonly number[], top: number) =>
    values.map((value, day) => ({
      lane: lanes[name],
      date: dates[day],
      until: dates[day + 1],
      value: value === null ? null : Math.min(1, value / top),
    }));
  const ends = [
    { lane: lanes.lasts, text: "90 d" },
    { lane: lanes.step, text: "5" },
    { lane: lanes.granted, text: "all" },
    { lane: lanes.refused, text: tick(Number(refusedTop.toPrecision(2))) },
  ];
  const marks = found
    ? ([["warning", lanes.alarm], ["contingency", lanes.step], ["throttle", lanes.granted], [
      "refusal",
      lanes.refused,
    ], ["recovery", lanes.granted]] as const).flatMap(([what, lane]) =>
      found[what] === null ? [] : [{ what, lane, date: dates[found[what]] }]
    )
    : [];
  return frame({
    title: titleOf(report, found),
    caption:
      `${
        partyWord(issuer)
      }, by day: each lane from 0 to the value at its right. Lines mark first days; recovery is the ` +
      "day from which all new credit is granted again.",
    height: 430,
    marginLeft: 24,
    marginRight: 60,
    marginTop: 22,
    x: dayAxis,
    y: { axis: null, domain: [0, 1.35] },
    fy: { axis: null, domain: Object.values(lanes), padding: 0.12 },
    marks: [
      ruleY(Object.values(lanes), { fy: (lane: string) => lane, y: 0, stroke: ink.rule, strokeOpacity: 0.4 }),
      lineY(lane("lasts", column(`survivalDays.${issuer}`), 90), {
        x: "date",
        y: "value",
        fy: "lane",
        stroke: colour,
        curve: "step-after",
      }),
      areaY(lane("alarm", column(`alarm.${issuer}`), 1), {
        x: "date",
        y: "value",
        fy: "lane",
        fill: colour,
        curve: "step-after",
      }),
      areaY(lane("step", column(`contingency.${issuer}`), 5), {
        x: "date",
        y: "value",
        fy: "lane",
        fill: colour,
        fillOpacity: 0.55,
        curve: "step-after",
      }),
      areaY(lane("granted", column(`throttle.${issuer}`), 1), {
        x: "date",
        y: "value",
        fy: "lane",
        fill: colour,
        fillOpacity: 0.3,
        curve: "step-after",
      }),
      rectY(lane("refused", column("fundingRefused"), refusedTop), {
        x1: "date",
        x2: "until",
        y: "value",
        fy: "lane",
        fill: colour,
      }),
      ruleX(marks, { x: "date", fy: "lane", stroke: ink.rule, strokeDasharray: "3,2" }),
      text(marks, {
        x: "date",
        // The throttle and its end stand in one lane and may be days apart.
        y: ({ what }: { what: string }) => what === "recovery" ? 0.14 : 0.62,
        fy: "lane",
        text: "what",
        textAnchor: "end",
        dx: -4,
        ...halo,
      }),
      text(Object.values(lanes), {
        fy: (lane: string) => lane,
        text: (lane: string) => lane,
        frameAnchor: "top-left",
        fontWeight: 600,
      }),
      text(ends, { fy: "lane", text: "text", y: 1, frameAnchor: "right", textAnchor: "start", dx: 6 }),
    ],
  });
}

/** What happened, in a sentence. */
function titleOf(report: Comparison, found: ReturnType<typeof squeezeDays>): string {
  if (!found) return "No lender takes a step of its contingency plan";
  const { issuer, warning, contingency, refusal, recovery } = found;
  const ahead = warning !== null && contingency !== null && warning < contingency
    ? ` ${contingency - warning} days after the alarm`
    : "";
  const goes = contingencyWord(deepestStep(report.b, issuer));
  const met = refusal === null ? "no shopper is refused" : `shoppers are refused from day ${refusal} on`;
  return `${partyWord(issuer)}'s plan begins${ahead} and goes as far as "${goes}"; ${met}` +
    (recovery === null ? "" : `, until day ${recovery}`);
}
