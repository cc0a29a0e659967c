// What can be known of a shopper when credit is scored: features by the owner of the data.
//
// A trait is a noisy view of who a person is and never moves; a behaviour is read from the lines as they stand. Nobody
// sees a trait itself.

import { bucketOf } from "#/model/credit/delinquency.ts";
import { log } from "#/model/units/elementary.ts";
import { normalQuantile } from "#/model/statistics/normal.ts";
import type { FeatureOwner } from "#/model/scoring/fusion/owners.ts";
import { draw, process, uniform } from "#/sim/streams.ts";
import { worstReported } from "#/sim/phases/report.ts";
import { feesAt, limitAt, lineCount, lineState, principalFen } from "#/sim/tables/lines.ts";
import { flag, never, rateClasses } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";

/** One feature of a shopper. */
export interface Feature {
  /** Whose data it is; with `line`, of the issuer of that line. */
  owner: FeatureOwner;
  /** What the shopper is told when it counts against the score: "… counted against you". */
  words: string;
  /** Product whose line it describes, where it describes one. */
  line?: number;
  /** Whether it moves from month to month. */
  moves: boolean;
  /** Its value, NaN where nothing is known. `z` is a standard deviate of the person's own, 0 for a look without error. */
  value(world: World, i: number, z: number): number;
}

const ln2 = 0.6931471805599453;
const incomeZ = ({ shoppers, terms }: World, i: number): number =>
  log(shoppers.incomeFen[i] / 100 / terms.scenario.population.incomeMedianCny) /
  Math.max(0.01, terms.scenario.population.incomeSigmaBps / 10_000);
const proneness = ({ shoppers }: World, i: number): number => log(shoppers.proneness[i] / 32);
const spendingZ = ({ shoppers }: World, i: number): number =>
  normalQuantile((shoppers.rateClass[i] + 0.5) / rateClasses);
const forgetfulness = ({ shoppers }: World, i: number): number => shoppers.indiscipline[i] / 255 * 3;
const noiseOf = ({ terms }: World, owner: FeatureOwner): number => terms.featureNoise[owner];

/** A trait with noise in standard deviations of the trait. */
const trait = (owner: FeatureOwner, words: string, of: (world: World, i: number) => number): Feature => ({
  owner,
  words,
  moves: false,
  value: (world, i, z) => of(world, i) + noiseOf(world, owner) * z,
});

const holds = (world: World, line: number): boolean => world.lines.state[line] === lineState.active;

/** What an issuer sees of its own line; nothing of who holds none. */
const ofLine = (p: number, words: string, of: (world: World, line: number) => number): Feature => ({
  owner: p === 0 ? "jd" : "ant",
  words,
  line: p,
  moves: true,
  value: (world, i) => holds(world, i * lineCount + p) ? of(world, i * lineCount + p) : NaN,
});

const lineFeatures = <Name extends string>(p: number, name: Name) => ({
  [`${name}LateBills`]: ofLine(p, "bills missed on this line", ({ lines }, line) => lines.late[line]),
  [`${name}OnTimeBills`]: ofLine(p, "few bills paid on time so far", ({ lines }, line) => lines.onTime[line]),
  [`${name}DaysPastDue`]: ofLine(
    p,
    "a bill that is overdue now",
    ({ lines, today }, line) => lines.oldestDue[line] === never ? 0 : today.day - lines.oldestDue[line],
  ),
  [`${name}Utilisation`]: ofLine(
    p,
    "how much of the limit is in use",
    ({ lines }, line) =>
      lines.fen[limitAt(line)] > 0 ? principalFen(lines, line) / lines.fen[limitAt(line)] : NaN,
  ),
  [`${name}TenureMonths`]: ofLine(
    p,
    "how short the line has been held",
    ({ lines, today }, line) => Math.floor((today.day - lines.since[line]) / 30),
  ),
  [`${name}UsualBasket`]: ofLine(
    p,
    "what is usually bought with the line",
    ({ lines }, line) => lines.usualFen[line] > 0 ? log(lines.usualFen[line]) / ln2 : NaN,
  ),
} as Record<`${Name}${typeof ofLines[number]}`, Feature>);
const ofLines = [
  "LateBills",
  "OnTimeBills",
  "DaysPastDue",
  "Utilisation",
  "TenureMonths",
  "UsualBasket",
] as const;

/** Sums over the lines of a person that stand open. */
function overLines(
  world: World,
  i: number,
  of: (line: number) => number,
  join: (a: number, b: number) => number,
) {
  let all = 0;
  for (let line = i * lineCount; line < (i + 1) * lineCount; line++) {
    if (holds(world, line)) all = join(all, of(line));
  }
  return all;
}
const plus = (a: number, b: number) => a + b;
const most = (a: number, b: number) => Math.max(a, b);

const atBureau = (words: string, value: (world: World, i: number) => number): Feature => ({
  owner: "bureau",
  words,
  moves: true,
  value,
});

/** Every feature, by name. The place in this table is the place of its noise in the streams: only add, at the end. */
export const features = {
  jdOrders: trait("jd", "how seldom something is ordered", spendingZ),
  jdReturns: trait("jd", "how often orders are sent back", proneness),
  jdAddressMoves: trait("jd", "how often delivery addresses change", proneness),
  jdBasketLevel: trait("jd", "what kind of goods are ordered", incomeZ),
  antBalance: trait(
    "ant",
    "how little money stands on the account",
    (world, i) => incomeZ(world, i) - proneness(world, i),
  ),
  antPayments: trait("ant", "how seldom the wallet pays", spendingZ),
  antBillsLate: trait("ant", "household bills paid late", forgetfulness),
  walletNightHours: trait("wallet", "how often the wallet is opened at night", proneness),
  walletTies: trait(
    "wallet",
    "how few people the wallet deals with",
    (world, i) => incomeZ(world, i) - proneness(world, i),
  ),
  ...lineFeatures(0, "baitiao"),
  ...lineFeatures(1, "huabei"),
  bankInflow: {
    owner: "bank",
    words: "what comes in on the bound bank card",
    moves: false,
    value: (world, i, z) =>
      world.shoppers.flags[i] & flag.boundCard ? incomeZ(world, i) + noiseOf(world, "bank") * z : NaN,
  },
  bankWagesMissing: {
    owner: "bank",
    words: "wages that did not come in on the bound bank card",
    moves: true,
    value: (world, i, z) =>
      world.shoppers.flags[i] & flag.boundCard
        ? (world.shoppers.hardshipUntil[i] >= world.today.day ? 1 : 0) + noiseOf(world, "bank") / 4 * z
        : NaN,
  },
  bureauLines: atBureau("how many lines are held", (world, i) => overLines(world, i, () => 1, plus)),
  bureauWorstLate: atBureau(
    "the worst arrears on any line, now or on file",
    (world, i) =>
      overLines(
        world,
        i,
        (line) => {
          const { lines, today } = world, oldest = lines.oldestDue[line];
          const now = oldest === never ? 0 : bucketOf(today.day - oldest);
          return Math.max(now, Math.min(lines.late[line], 3), worstReported(world, line));
        },
        most,
      ),
  ),
  bureauUtilisation: atBureau("how much of all limits is in use", (world, i) => {
    const limitFen = overLines(world, i, (line) => world.lines.fen[limitAt(line)], plus);
    return limitFen > 0
      ? overLines(world, i, (line) => principalFen(world.lines, line), plus) / limitFen
      : NaN;
  }),
  bureauDebt: atBureau("how much is owed on all lines together", (world, i) => {
    const owed = overLines(
      world,
      i,
      (line) => principalFen(world.lines, line) + world.lines.fen[feesAt(line)],
      plus,
    );
    return log(1 + owed / 10_000) / ln2;
  }),
  personAge: trait("person", "age", ageOf),
  personIncome: trait("person", "the income that was stated", incomeZ),
} satisfies Record<string, Feature>;

/** The name of a feature. */
export type FeatureName = keyof typeof features;
/** All names, in order. */
export const featureNames = Object.keys(features) as FeatureName[];
/** All features, in order of their names. */
export const featureList: readonly Feature[] = featureNames.map((name) => features[name]);

/** Bands of age, for tables of fairness; the last has no upper end. */
export const ageBands = ["18-24", "25-34", "35-44", "45-54", "55+"] as const;
const agesUpTo = [25, 35, 45, 55];

/** A person's age in years, 18 to 75: the young fall into hardship somewhat more often. Nobody sees it but the person. */
function ageOf(world: World, i: number): number {
  draw(world.streams, process.age, world.shoppers.entity0 + i, 0);
  const z = normalQuantile(uniform(world.streams, 0)) -
    world.terms.ageProneness * (proneness(world, i) + 0.577);
  return Math.max(18, Math.min(75, Math.round(36 + 11 * z)));
}

/** The band of a person's age. */
export function ageBandOf(world: World, i: number): number {
  const age = ageOf(world, i), band = agesUpTo.findIndex((upTo) => age < upTo);
  return band < 0 ? agesUpTo.length : band;
}

/** The standard deviate of a person's feature: the same in every run of a replication. */
export function noiseZ({ streams, shoppers }: World, i: number, feature: number): number {
  draw(streams, process.feature, shoppers.entity0 + i, feature >> 2);
  return normalQuantile(uniform(streams, feature & 3));
}

/** The value of a feature by its place in {@link featureList}. */
export const featureValue = (world: World, i: number, feature: number): number => {
  const { owner, line, value } = featureList[feature];
  const needsNoise = line === undefined && owner !== "bureau";
  return value(world, i, needsNoise ? noiseZ(world, i, feature) : 0);
};
