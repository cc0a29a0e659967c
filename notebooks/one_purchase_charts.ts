// The pictures of 01_one_purchase: the shopper's weeks, the debt, the day's refusals, the bridge's money.

import { barX, dot, lineY, ruleX, ruleY, text } from "@observablehq/plot";
import type { ColumnTable } from "arquero";
import { layers } from "#/model/reasons.ts";
import { amountAxis, colours, dayAxis, halo, logAxis } from "#/server/charts/chart.ts";
import { fateColours, layerColours, partyColours, worlds as worldColours } from "#/server/colours.ts";
import { count, tick } from "#/server/format.ts";
import { layerWord, partyWord } from "#/server/words.ts";
import {
  type ComparisonReport,
  daily,
  type Drawn,
  plot,
  purchases,
  type RunResult,
  type TracedDay,
} from "#/mod.ts";
import type { TracedPurchase } from "#/sim/experiments/trace.ts";
import { type Story, worlds } from "./one_purchase.ts";

const width = 720;
const worldNames = ["closed", "open"] as const;
const utc = (date: string) => new Date(`${date}T00:00:00Z`);
const yuan = (fen: number) => `CNY ${(fen / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",")}`;

/** What became of a followed want, in the words of the report's colours. */
export function fateOf({ fate, isBridged }: Pick<TracedPurchase, "fate" | "isBridged">): string {
  if (fate === "on credit") return isBridged ? "on credit, over the bridge" : "on credit, own network";
  return fate === "cancelled" ? "lost" : fate;
}

/** Every want of the shopper, a dot each, by date, amount and fate; the followed one is ringed. */
export function weeks(story: Story): Drawn {
  const rows = worldNames.flatMap((world) =>
    story[world].days.flatMap(({ date, purchases }) =>
      purchases.map((it) => ({
        world,
        date: utc(date),
        cny: it.amountFen / 100,
        fate: fateOf(it),
        isOurs: it === story[world].purchase,
      }))
    )
  );
  const bridged = rows.filter(({ fate }) => fate === "on credit, over the bridge").length;
  const lost = (world: string) => rows.filter((row) => row.world === world && row.fate === "lost").length;
  const xy = { x: "date", y: "cny", fy: "world" } as const;
  return plot({
    title: `${bridged} of the shopper's purchases cross the bridge; ` +
      `${lost("closed")} are lost closed, ${lost("open")} open`,
    caption: "Every want of this shopper: date, amount (logarithmic scale), what became of it. " +
      "The ring marks the purchase that is followed.",
    width,
    height: 380,
    marginRight: 60,
    x: dayAxis,
    y: logAxis("CNY", rows.map(({ cny }) => cny)),
    fy: { label: null, domain: [...worldNames], padding: 0.15 },
    color: colours(fateColours, rows.map(({ fate }) => fate)),
    marks: [
      dot(rows, { ...xy, r: 5, fill: "fate", stroke: "#ffffff" }),
      dot(rows.filter(({ isOurs }) => isOurs), { ...xy, r: 10, stroke: "#111827", strokeWidth: 2 }),
    ],
  });
}

/** What the shopper owes on all lines, evening by evening, in both worlds. */
export function debt(story: Story): Drawn {
  const owed = ({ lines }: TracedDay) =>
    lines.filter(({ when }) => when === "evening").reduce(
      (fen, { amountsFen: { open, plan, billed, overdue, fees } }) =>
        fen + open + plan + billed + overdue + fees,
      0,
    );
  const rows = worldNames.flatMap((world) =>
    story[world].days.map((day) => ({ world, date: utc(day.date), fen: owed(day) }))
  );
  const most = (world: string) =>
    Math.max(...rows.filter((row) => row.world === world).map(({ fen }) => fen));
  const day = utc(story.open.day.date);
  return plot({
    title: `The shopper's debt peaks at ${yuan(most("open"))} open, ${yuan(most("closed"))} closed`,
    caption:
      "Owed on all lines in the evening, with instalments not yet due. The upright line marks the purchase.",
    width,
    x: dayAxis,
    y: amountAxis("CNY"),
    color: colours(worldColours),
    marks: [
      ruleY([0]),
      ruleX([day], { strokeDasharray: "3 3" }),
      // The open world lies below, wider, so that where both are the same both are seen.
      ...(["open", "closed"] as const).map((world) =>
        lineY(rows.filter((row) => row.world === world), {
          x: "date",
          y: ({ fen }: { fen: number }) => fen / 100,
          stroke: "world",
          strokeWidth: world === "open" ? 4 : 1.5,
          curve: "step-after",
        })
      ),
    ],
  });
}

/** One stretch of a bar of {@link refusedThatDay}. */
interface Refused {
  row: string;
  layer: string;
  count: number;
}

/** What each layer refused on one day: simulated wants lost, and those paid otherwise. */
export function refusedRows(
  { a, b }: ComparisonReport,
  { asked, closed: { day: { day } } }: Story,
): Refused[] {
  return ([["closed", a], ["open", b]] as const).flatMap(([world, result]) => [
    ...lostRows(result, day, world),
    ...paidOtherwiseRows(purchases(worlds[world], { ...asked, day }), world),
  ]);
}

function lostRows(result: RunResult, day: number, world: string): Refused[] {
  return layers.map((layer) => ({
    row: `lost, ${world}`,
    layer,
    count: Number(daily(result).get(`refused.${layer}`, day)) / result.world.peoplePerShopper,
  })).filter(({ count }) => count > 0);
}

function paidOtherwiseRows(bought: ColumnTable, world: string): Refused[] {
  const instead = bought.array("insteadOf") as string[];
  return layers.map((layer) => ({
    row: `paid otherwise, ${world}`,
    layer,
    count: instead.filter((reason) => reason.startsWith(`${layer}/`)).length,
  })).filter(({ count }) => count > 0);
}

/** The day's refusals by layer, closed beside open. */
export function refusedThatDay(report: ComparisonReport, story: Story): Drawn {
  const rows = refusedRows(report, story);
  const total = (world: string) =>
    rows.filter(({ row, layer }) => row.endsWith(world) && layer === "accept")
      .reduce((sum, { count }) => sum + count, 0);
  const seen = layers.filter((layer) => rows.some((row) => row.layer === layer));
  return plot({
    title: `On ${story.open.day.date} acceptance stops ${count(total("closed"))} simulated wants closed, ` +
      `${count(total("open"))} open`,
    caption: "Wants that a layer refused on the day of the purchase, simulated purchases: without a sale, " +
      "and paid in another way.",
    width,
    height: 200,
    marginLeft: 142,
    marginTop: 8,
    x: { label: "simulated purchases →", labelArrow: "none", tickFormat: tick, grid: true, ticks: 5 },
    y: {
      label: null,
      tickSize: 0,
      domain: ["lost, closed", "lost, open", "paid otherwise, closed", "paid otherwise, open"],
    },
    color: {
      type: "ordinal",
      legend: true,
      domain: seen.map(layerWord),
      range: seen.map((layer) => layerColours[layer]),
    },
    marks: [
      barX(rows, { x: "count", y: "row", fill: ({ layer }: Refused) => layerWord(layer), order: null }),
      ruleX([0]),
    ],
  });
}

/** The prefunded money of the two issuers through the day, payment by payment. */
export function bridgeMoney({ open: { day, purchase } }: Story): Drawn {
  const shown = day.bridge.filter(({ party }) => party === "jd" || party === "ant").map((it, at) => ({
    ...it,
    at,
    cny: it.balanceFen / 100,
  }));
  const own = purchase.postings.find(({ what }) => what === "bridge");
  const ours = shown.find(({ movement, changeFen }) => movement === own?.movement && changeFen < 0);
  const lowest = shown.reduce((least, it) => it.cny < least.cny ? it : least);
  return plot({
    title: `${partyWord(lowest.party)}'s money on the bridge falls to ${yuan(lowest.balanceFen)} that day`,
    caption:
      "Prefunded bridge accounts, payment by payment from morning to evening, in CNY of the simulated world. " +
      "Jumps are refills when a clearing window ends.",
    width,
    marginRight: 24,
    x: { label: "movements on the two accounts →", labelArrow: "none", tickFormat: tick, ticks: 6 },
    y: { ...amountAxis("CNY"), zero: true },
    color: {
      type: "ordinal",
      legend: true,
      domain: ["jd", "ant"].map(partyWord),
      range: [partyColours.jd, partyColours.ant],
    },
    marks: [
      ruleY([0]),
      lineY(shown, {
        x: "at",
        y: "cny",
        stroke: ({ party }: { party: string }) => partyWord(party),
        curve: "step-after",
      }),
      ...ours
        ? [
          dot([ours], { x: "at", y: "cny", r: 6, stroke: "#111827", strokeWidth: 2, fill: "#ffffff" }),
          text([ours], { x: "at", y: "cny", text: () => "the purchase", dy: 20, ...halo }),
        ]
        : [],
    ],
  });
}
