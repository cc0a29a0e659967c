// The introduction experiment: people without a credit line ask for one, a coin decides who gets it, and their purchases before
// and after are held against those of the people who were kept waiting.

// @ts-types="@types/seedrandom"
import seedrandom from "seedrandom";
import { networks, type Product, products } from "#/model/names.ts";
import { bootstrapEstimates, percentileInterval } from "#/model/statistics/bootstrap.ts";
import { unit } from "#/model/statistics/philox.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { runDay } from "#/sim/day.ts";
import type { OpeningBook } from "#/sim/opening_book.ts";
import { grantLine } from "#/sim/phases/live.ts";
import { fusedPoints } from "#/sim/scoring/points.ts";
import { openWorld, replayOf } from "#/sim/run.ts";
import { draw, lane, process } from "#/sim/streams.ts";
import { lineCount, lineState } from "#/sim/tables/lines.ts";
import { purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import { mark } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";

const sets = 1 << networks.length;

/** A relative change with its 95 % interval: 0.09 is 9 % more. */
export interface Uplift {
  estimate: number;
  low: number;
  high: number;
}

/**
 * What is read of a group: purchases, fen a purchase and fen at shops that take the line, as the published evidence is of shops
 * that do; and purchases and fen at all shops together.
 */
export const measures = ["purchases", "orderSize", "amount", "purchasesAnywhere", "amountAnywhere"] as const;
/** One of {@link measures}. */
export type Measure = typeof measures[number];

/** A published figure beside what was found. No interval came with it. */
export interface PublishedBeside {
  measure: Measure;
  /** The relative change that is published, and where. */
  published: number;
  source: string;
  /** Whether it lies in the interval that the field experiment gives. */
  isWithin: boolean;
  /** The paired estimate less the published figure: 0.01 is one point more. */
  gap: number;
}

/** What an experiment found. */
export interface IntroductionResult {
  product: Product;
  /** People who asked and could have been granted the line, by arm. */
  treated: number;
  control: number;
  beforeDays: number;
  afterDays: number;
  /** Treated against control, after against before: what a field experiment would have seen. Bootstrapped over people. */
  fieldUplift: Record<Measure, Uplift>;
  /** The treated against themselves without the line, with the same luck: the effect with next to no noise. */
  pairedUplift: Record<Measure, Uplift>;
  published: PublishedBeside[];
}

/** Published effects of letting people pay later who could not before, over six months. */
export const publishedUplift = [
  {
    measure: "purchases",
    published: 0.09,
    source: "Journal of Marketing study of pay-later adoption, by way of press: purchase likelihood +9 %",
  },
  {
    measure: "orderSize",
    published: 0.1,
    source: "Journal of Marketing study of pay-later adoption, by way of press: order size +10 %",
  },
] as const;

/** Nobody else adopts or leaves while the experiment runs: groups stay what they are. */
export const introductionSettings: readonly string[] = [
  "adoption.applyPerMonthBps=0",
  "adoption.perMissBps=0",
  "adoption.friendsBps=0",
  "adoption.returnPerMonthBps=0",
  "adoption.leavePerMonthBps=0",
  "dataLoop.invitationAcceptBps=0",
];

/** How to run it; the days of the supposition are halved, and all replications are read together. */
export interface IntroductionOptions {
  /** Baitiao unless it is said: it works in JD's mall as the published study's line does at its retailer. */
  product?: Product;
  replications?: number;
  openingBookOf?: (replication: number) => OpeningBook;
  resamples?: number;
  onDay?: (day: number, days: number) => void;
}

/** What one person bought in one period: at shops that take the line, and anywhere. */
interface Basket {
  count: number;
  fen: number;
  countAnywhere: number;
  fenAnywhere: number;
}

/** What everybody bought before and after the introduction, by person. */
type Bought = [before: Basket[], after: Basket[]];

/** One person in two periods, or in two worlds. */
interface Row {
  from: Basket;
  to: Basket;
}

/**
 * Runs the experiment on a supposition whose days are split in half: before and after.
 *
 * Shapes: a supposition loaded with {@link introductionSettings}. People take part who hold no line, whom the issuer would grant
 * one, and who ask for it (with the probability of their appetite for credit); a coin decides who gets it on the middle day.
 * Errors: `RangeError` for fewer than 2 days, where an arm would be empty, or where people buy too little to be compared.
 */
export function introduce(
  supposed: Supposition,
  { product = "baitiao", replications = 1, openingBookOf, resamples = 1_000, onDay }: IntroductionOptions =
    {},
): IntroductionResult {
  const { days } = supposed.scenario.world, beforeDays = Math.floor(days / 2);
  if (beforeDays < 1) {
    throw new RangeError(`Cannot split ${days} days into before and after: at least 2 are needed`);
  }
  const p = products.indexOf(product);
  const field: { row: Row; arm: number }[] = [], own: Row[] = [];
  let control = 0;
  for (let replication = 0; replication < replications; replication++) {
    const openingBook = openingBookOf?.(replication), replay = replayOf(supposed, replication);
    const live = (introduces: boolean) => {
      const world = openWorld(supposed, replication, { openingBook }), arms = armsOf(world, p);
      const bought = boughtBy(world, {
        p,
        days,
        beforeDays,
        replay,
        onDay: (day) =>
          onDay?.(day + days * (2 * replication + (introduces ? 1 : 0)), 2 * days * replications),
        introduce: () => introduces && arms.treated.forEach((i) => grantLine(world, i, p)),
      });
      return { arms, bought };
    };
    const without = live(false), { arms, bought } = live(true);
    for (const [arm, people] of [arms.control, arms.treated].entries()) {
      for (const i of people) field.push({ row: { from: bought[0][i], to: bought[1][i] }, arm });
    }
    for (const i of arms.treated) own.push({ from: without.bought[1][i], to: bought[1][i] });
    control += arms.control.length;
  }
  if (own.length === 0 || control === 0) {
    throw new RangeError(
      `Cannot compare ${own.length} people with the line and ${control} without: both are needed; take more shoppers`,
    );
  }
  const fieldUplift = upliftsOf(field, resamples, (sample, measure) => {
    const change = (arm: number) =>
      changeOf(sample.filter((it) => it.arm === arm).map(({ row }) => row), measure);
    return change(1) / change(0) - 1;
  });
  const pairedUplift = upliftsOf(own, resamples, (sample, measure) => changeOf(sample, measure) - 1);
  return {
    product,
    treated: own.length,
    control,
    beforeDays,
    afterDays: days - beforeDays,
    fieldUplift,
    pairedUplift,
    published: publishedUplift.map((it) => ({
      ...it,
      isWithin: it.published >= fieldUplift[it.measure].low && it.published <= fieldUplift[it.measure].high,
      gap: pairedUplift[it.measure].estimate - it.published,
    })),
  };
}

/** Each measure with its interval, from one set of resamples of people. */
function upliftsOf<T>(
  values: readonly T[],
  resamples: number,
  of: (sample: readonly T[], measure: Measure) => number,
): Record<Measure, Uplift> {
  return Object.fromEntries(measures.map((measure) => {
    const statistic = (sample: readonly T[]) => of(sample, measure);
    const estimates = bootstrapEstimates(values, statistic, { draw: seedrandom("introduction"), resamples });
    const estimate = statistic(values);
    if (![estimate, ...estimates].every(Number.isFinite)) {
      throw new RangeError(
        `Cannot tell the change of ${measure}: ${values.length} people buy too little for it; take more shoppers or days`,
      );
    }
    return [measure, { estimate, ...percentileInterval(estimates) }];
  })) as Record<Measure, Uplift>;
}

/** Who asked and could have the line, by the coin; people with no line at all. */
function armsOf(world: World, p: number): { treated: number[]; control: number[] } {
  const { shoppers, lines, streams, terms } = world;
  world.today.day = 0;
  const treated: number[] = [], control: number[] = [];
  for (let i = 0; i < shoppers.count; i++) {
    if (shoppers.marks[i] & mark.invented) continue;
    let holds = false;
    for (let k = 0; k < lineCount; k++) holds ||= lines.state[i * lineCount + k] === lineState.active;
    if (holds || fusedPoints(world, i, p) < terms.scenario.scoring.cutoffPoints) continue;
    draw(streams, process.introduction, shoppers.entity0 + i, 0);
    const { volunteer, arm } = lane.introduction;
    if (unit(streams.block[volunteer]) >= shoppers.appetite[i] / 255) continue;
    (unit(streams.block[arm]) < 0.5 ? treated : control).push(i);
  }
  return { treated, control };
}

/** Runs the days and counts what everybody bought; the line is introduced on the morning of the first day after. */
function boughtBy(
  world: World,
  { p, days, beforeDays, replay, introduce, onDay }: {
    p: number;
    days: number;
    beforeDays: number;
    replay: string;
    introduce: () => void;
    onDay: (day: number) => void;
  },
): Bought {
  const { shoppers, purchases, merchants, today } = world;
  const nothing = () =>
    Array.from({ length: shoppers.count }, () => ({ count: 0, fen: 0, countAnywhere: 0, fenAnywhere: 0 }));
  const bought: Bought = [nothing(), nothing()];
  for (let day = 0; day < days; day++) {
    // The memorandum of limits is posted with the morning's own changes.
    if (day === beforeDays) introduce();
    runDay(world, day, { replay });
    const period = bought[day < beforeDays ? 0 : 1];
    for (let row = 0; row < purchases.length; row++) {
      if (purchases.status[row] === purchaseStatus.cancelled) continue;
      if (purchases.flags[row] & purchaseFlag.plotted) continue;
      const basket = period[purchases.shopper[row]], amountFen = purchases.amountFen[row];
      basket.countAnywhere++;
      basket.fenAnywhere += amountFen;
      if (today.networkFor[p * sets + merchants.networks[purchases.merchant[row]]] < 0) continue;
      basket.count++;
      basket.fen += amountFen;
    }
    onDay(day);
  }
  return bought;
}

/** A group's measure in the later baskets over the earlier ones. */
function changeOf(rows: readonly Row[], measure: Measure): number {
  const of = (which: "from" | "to") => {
    let count = 0, fen = 0;
    const anywhere = measure === "purchasesAnywhere" || measure === "amountAnywhere";
    for (const row of rows) {
      count += anywhere ? row[which].countAnywhere : row[which].count;
      fen += anywhere ? row[which].fenAnywhere : row[which].fen;
    }
    return measure === "orderSize" ? fen / count : measure.startsWith("purchases") ? count : fen;
  };
  return of("to") / of("from");
}
