// A run's result for people: what was bought, what was refused, outcomes, calibration, how to replay.

import { thousands } from "#/model/units/thousands.ts";
import { inFull as count } from "#/server/format.ts";
import { openCells } from "#/sim/experiments/calibrate_words.ts";
import type { CalibrationRow, Outcome, RunResult } from "#/sim/result.ts";

export { openCells };

/** An outcome as people read it. */
export function told({ value, unit }: Outcome): string {
  const size = Math.abs(value);
  if (unit === "share") return `${minus(thousands(value * 100, 2))} %`;
  if (unit === "minutes" || unit === "days" || unit === "points") {
    return `${minus(thousands(value, 1))} ${unit}`;
  }
  if (unit === "index") return minus(thousands(value, 4));
  const [by, word] = scales.find(([least]) => size >= least) ?? [1, ""];
  const number = thousands(size / by, by > 1 ? 2 : 0), sign = value < 0 && /[1-9]/.test(number) ? "−" : "";
  return monies.includes(unit) ? `${sign}${unit} ${number}${word}` : `${sign}${number}${word} ${unit}`;
}

const scales: readonly [number, string][] = [[1e12, " tn"], [1e9, " bn"], [1e6, " m"]];
const monies: readonly string[] = ["CNY", "HKD", "JPY"] satisfies Outcome["unit"][];
const minus = (text: string) => text.replace("-", "−");

type Counts = Record<string, Record<string, number>>;

const total = (counts: Counts) =>
  Object.values(counts).flatMap((reasons) => Object.values(reasons)).reduce((sum, n) => sum + n, 0);

function reasonLines(counts: Counts): string[] {
  const lines = Object.entries(counts).flatMap(([layer, reasons]) =>
    Object.entries(reasons).map(([name, n]) => `  ${layer.padEnd(10)} ${name.padEnd(24)} ${count(n)}`)
  );
  return lines.length > 0 ? lines : ["  none"];
}

/** The summary of a result. `open` names the cells of {@link openCells}: with any, published figures are no targets. */
export function summary(
  result: RunResult,
  { open, adapters = [] }: { open: readonly string[]; adapters?: readonly string[] },
): string {
  const { purchases, outcomes, world, money } = result;
  const { wanted, waitingAtStart, settled, settledOnCredit, refused, waiting, plotsRefused } = purchases;
  const width = Math.max(28, ...Object.keys(outcomes).map((name) => name.length));
  return [
    `${result.scenario}  ${world.startDate}, ${count(world.days)} days, ${
      count(world.shoppers)
    } shoppers for ` +
    `${count(world.shoppers * world.peoplePerShopper)} people, replication ${result.replication}`,
    ...scoringLines(result),
    ...sharingLines(result),
    ...(adapters.length > 0
      ? ["adapters, checked before the run:", ...adapters.map((line) => `  ${line}`)]
      : []),
    "",
    `purchases of simulated shoppers, each of whom stands for ${count(world.peoplePerShopper)} people:`,
    `  wanted ${count(wanted)} + postponed before day 0 ${count(waitingAtStart)}`,
    `  = settled ${count(settled)} (${count(settledOnCredit)} on credit) + refused ${
      count(total(refused))
    } ` +
    `+ still waiting ${count(waiting)}`,
    `  ${count(purchases.perSecond)} purchases a second`,
    "",
    "refused, no sale:",
    ...reasonLines(refused),
    "",
    "attempts of fraud refused, which are no wants and not counted above:",
    ...reasonLines(plotsRefused),
    "",
    "outcomes, for the whole population:",
    ...Object.entries(outcomes).map(([name, outcome]) => `  ${name.padEnd(width)} ${told(outcome)}`),
    "",
    ...calibrationLines(result.calibration, open),
    "",
    `books: ${count(money.daysReconciled)} days reconciled, ${count(money.checks)} checks`,
    `hash:   ${result.hash}`,
    `replay: ${result.replay}`,
  ].join("\n");
}

/** Who decided on credit; what is not lawful is said first. Results of before do not say. */
function scoringLines({ scoring }: Partial<RunResult>): string[] {
  if (!scoring) return [];
  const samples = scoring.samples.map(({ product, rows, bads }) =>
    `${product} ${count(rows)} borrowers, ${count(bads)} of whom defaulted`
  );
  return [
    `credit decided by: ${scoring.title}; card ${scoring.card}${
      samples.length > 0 ? ` on ${samples.join("; ")}` : ""
    }`,
    ...(scoring.mark ? [`NOT LAWFUL HERE AND NOW, OR NOT RULED: ${scoring.mark}`] : []),
  ];
}

/** Whose losses across platforms are whose; what is not lawful is said. Results of before do not say. */
function sharingLines({ sharing }: RunResult): string[] {
  if (!sharing) return [];
  return [
    `losses across platforms: ${sharing.title}; loans across granted by: ${sharing.granting}`,
    ...sharing.marks.map((mark) => `NOT LAWFUL HERE AND NOW, OR NOT RULED: ${mark}`),
  ];
}

function calibrationLines(rows: readonly CalibrationRow[], open: readonly string[]): string[] {
  if (rows.length === 0) return ["calibration: uncalibrated, no published figures for this date"];
  const head = open.length === 0
    ? "calibration:"
    : `calibration: published figures describe the closed world, here ${open.join(", ")} ${
      open.length === 1 ? "is" : "are"
    } open, so there is no verdict:`;
  return [
    head,
    ...rows.map(({ name, date, low, high, simulated, readOn, unit }) => {
      const say = (value: number) => told({ value, unit });
      const inside = simulated !== null && simulated >= low && simulated <= high;
      const verdict = simulated === null
        ? "not reached"
        : open.length > 0
        ? ""
        : inside
        ? "inside"
        : "OUTSIDE";
      const found = simulated === null ? "-" : say(simulated);
      const on = simulated !== null && readOn && readOn !== date ? ` (read on ${readOn})` : "";
      return `  ${name.padEnd(34)} ${date}  ${say(low)} to ${say(high)}: ${found}${on}  ${verdict}`.trimEnd();
    }),
  ];
}
