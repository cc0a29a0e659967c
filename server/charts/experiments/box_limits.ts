// The limits of the chosen box, axis by axis within its range, and where resamples of the rows found each limit again.

import { rect, ruleX, ruleY, text } from "@observablehq/plot";
import { type Absent, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { boxColours, ink } from "#/server/colours.ts";
import { type AxisScale, cut, limitWord } from "#/server/facts/sampled.ts";
import { inFull, share } from "#/server/format.ts";
import { axisWord } from "#/server/words.ts";
import type { Discovery } from "#/sim/experiments/discover.ts";

/** How often resamples restrict an axis so that it is named though the box leaves it alone. */
const oftenRestricted = 0.5;

const bar = { top: 0.62, bottom: 0.34 } as const;

/** A bar an axis that the box restricts: the whole of its range pale, what the box keeps dark. */
export function boxLimitsChart(
  found: Discovery,
  { axes }: { axes: readonly AxisScale[] },
): ChartOptions | Absent {
  const { limits, resamples } = found;
  const title = limitsTitle(found);
  if (limits.length === 0) {
    return {
      title,
      absent: "The chosen box restricts no axis: rows are as dense without it as was asked for.",
    };
  }
  return frame({
    title,
    caption:
      `What the chosen box keeps of each axis (dark) within the axis's range (pale). “Again” is the share of ${
        inFull(resamples)
      } ` +
      "resamples of the rows in whose box that end was cut too, and the line where the middle 90 % of those cuts lie: a limit " +
      "that seldom returns, or a long line, is not to be leant on." + alsoWords(found),
    height: 16 + 72 * limits.length,
    marginLeft: 16,
    marginRight: 16,
    marginTop: 4,
    marginBottom: 8,
    x: { axis: null, domain: [0, 1], clamp: true },
    y: { axis: null, domain: [0, 1] },
    fy: { axis: null, domain: limits.map(({ axis }) => axis), padding: 0.16 },
    marks: marksOf(found, axes),
  });
}

/** Axes that resamples often restrict though the box leaves them alone. */
function alsoWords({ stability, limits }: Discovery): string {
  const alsoFound = [
    ...new Set(
      stability.filter(({ axis, share }) =>
        share >= oftenRestricted && limits.every((one) => one.axis !== axis)
      )
        .map(({ axis }) => axis),
    ),
  ];
  return alsoFound.length > 0
    ? ` Resamples often also restrict ${alsoFound.map((axis) => axisWord(axis)).join(", ")}.`
    : "";
}

/** One bar in parts of its axis's range. */
interface Bar {
  axis: string;
  from: number;
  to: number;
}

/** What the box keeps of each axis: one bar a range, one a category. */
function keptBars({ limits }: Discovery, scaleOf: (axis: string) => AxisScale): Bar[] {
  return limits.flatMap(({ axis, low, high, values, isLowCut, isHighCut }) => {
    const scale = scaleOf(axis);
    if (values) {
      const n = scale.categories?.length ?? 1;
      return values.map((value) => {
        const middle = scale.place(value);
        return { axis, from: middle - 0.48 / n, to: middle + 0.48 / n };
      });
    }
    return [{ axis, from: isLowCut ? scale.place(low!) : 0, to: isHighCut ? scale.place(high!) : 1 }];
  });
}

/** Where the middle 90 % of the resamples' cuts lie, a line an end that the box cuts. */
function cutLines({ limits, stability }: Discovery, scaleOf: (axis: string) => AxisScale): Bar[] {
  const stable = stableOf(stability);
  return limits.flatMap(({ axis, values, isLowCut, isHighCut }) =>
    values ? [] : ([["low", isLowCut], ["high", isHighCut]] as const).flatMap(([end, isCut]) => {
      const one = stable(axis, end), scale = scaleOf(axis);
      return isCut && one ? [{ axis, from: scale.place(one.low), to: scale.place(one.high) }] : [];
    })
  );
}

/** The ends that the box keeps, in words, with how often resamples cut there again. */
function endWords({ limits, stability }: Discovery): { axis: string; left: string; right: string }[] {
  const stable = stableOf(stability);
  const again = (axis: string, end: string) => `again in ${share(stable(axis, end)?.share ?? 0)}`;
  return limits.map(({ axis, low, high, values, isLowCut, isHighCut }) =>
    values
      ? { axis, left: `${cut(values.map(axisWord).join(" or "), 44)} (${again(axis, "codes")})`, right: "" }
      : {
        axis,
        left: isLowCut ? `from ${limitWord(low!)} (${again(axis, "low")})` : "",
        right: isHighCut ? `up to ${limitWord(high!)} (${again(axis, "high")})` : "",
      }
  );
}

/** Whether resamples cut an end, and how. */
const stableOf = (stability: Discovery["stability"]) => (axis: string, end: string) =>
  stability.find((one) => one.axis === axis && one.end === end && one.share > 0);

function marksOf(found: Discovery, axes: readonly AxisScale[]) {
  const scaleOf = (name: string) => axes.find((axis) => axis.name === name)!, { limits } = found;
  const kept = keptBars(found, scaleOf), spreads = cutLines(found, scaleOf), below = endWords(found);
  return [
    rect(limits, {
      fy: "axis",
      x1: () => 0,
      x2: () => 1,
      y1: () => bar.bottom,
      y2: () => bar.top,
      fill: ink.band,
    }),
    rect(kept, {
      fy: "axis",
      x1: "from",
      x2: "to",
      y1: () => bar.bottom,
      y2: () => bar.top,
      fill: boxColours.box,
      fillOpacity: 0.8,
    }),
    ruleY(spreads, {
      fy: "axis",
      x1: "from",
      x2: "to",
      y: () => (bar.top + bar.bottom) / 2,
      stroke: boxColours["meets the condition"],
      strokeWidth: 3,
    }),
    ruleX(spreads.flatMap(({ axis, from, to }) => [{ axis, x: from }, { axis, x: to }]), {
      ...{ fy: "axis", x: "x", y1: () => bar.bottom + 0.04, y2: () => bar.top - 0.04 },
      stroke: boxColours["meets the condition"],
      strokeWidth: 2,
    }),
    text(limits, {
      fy: "axis",
      text: ({ title }: { title: string }) => cut(title, 52),
      frameAnchor: "top-left",
      dy: 2,
      fill: ink.rule,
      fontWeight: 600,
    }),
    text(limits, {
      fy: "axis",
      text: ({ axis }: { axis: string }) => {
        const { low, high, categories } = scaleOf(axis);
        return categories ? "" : `${low} to ${high}`;
      },
      frameAnchor: "top-right",
      dy: 2,
      fontSize: 11,
      fill: ink.rule,
    }),
    text(below, {
      fy: "axis",
      text: "left",
      frameAnchor: "bottom-left",
      dy: -3,
      fontSize: 11,
      fill: ink.rule,
    }),
    text(below, {
      fy: "axis",
      text: "right",
      frameAnchor: "bottom-right",
      dy: -3,
      fontSize: 11,
      fill: ink.rule,
    }),
  ];
}

/** What the box restricts, in a sentence. */
function limitsTitle({ limits }: Discovery): string {
  if (limits.length === 0) return "The box restricts nothing";
  const said = limits.slice(0, 3).map(({ axis, values, low, high, isLowCut, isHighCut }) => {
    const name = axisWord(axis);
    if (values) return `${name} ${cut(values.map(axisWord).join(" or "), 30)}`;
    if (isLowCut && isHighCut) return `${name} ${limitWord(low!)} to ${limitWord(high!)}`;
    return isLowCut ? `${name} from ${limitWord(low!)}` : `${name} up to ${limitWord(high!)}`;
  });
  return `The box: ${said.join(", ")}` + (limits.length > 3 ? ` and ${limits.length - 3} more` : "");
}
