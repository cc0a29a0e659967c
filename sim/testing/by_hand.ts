// Purchases made by hand in a world where nobody wants anything: to follow one debt from sale to settlement, to the fen.

import { networks, products } from "#/model/names.ts";
import { load } from "#/scenarios/load.ts";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { route } from "#/model/clearing/routing.ts";
import { code } from "#/sim/ledger/chart.ts";
import { openEmpty } from "#/sim/opening_book.ts";
import { limitAt, lineCount, lineState, reservedAt } from "#/sim/tables/lines.ts";
import { purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import { makeWorld } from "#/sim/make_world.ts";
import { entityBase, type World } from "#/sim/world.ts";
import { type Phase, walkDay } from "./worlds.ts";

/** A purchase by hand: of a shopper, on a product, for so much, in so many parts; the luck of what comes back is 1 for never. */
export interface ByHand {
  shopper: number;
  product: typeof products[number];
  amountFen: number;
  months?: number;
  network?: typeof networks[number];
  merchant?: number;
  comesBack?: number;
}

/** Settings under which nothing happens by itself, and every bill is paid. */
const still = [
  "demand.wantsPerThousandDays=0",
  "population.baitiaoUsersBps=8000",
  "credit.baitiao.limitFloorCny=5000",
  "credit.huabei.limitFloorCny=5000",
  "behaviour.hardshipPerYearBps=0",
  "behaviour.forgetBps=0",
  "behaviour.burdenMissBps=0",
  "behaviour.minimumBps=0",
  "behaviour.minimumPerBurdenBps=0",
  "behaviour.earlyRepayBps=0",
  "adoption.leavePerMonthBps=0",
  ...typologyNames.map((name) => `fraud.perYearPpm.${name}=0`),
];

/** A still world in which nothing is owed, and a shopper of it who holds both lines with room on each. */
export function stillWorld(scenario: string, set: readonly string[] = []): { world: World; shopper: number } {
  const supposed = load(scenario, {
    shoppers: 100,
    days: 200,
    set: ["world.merchants=200", ...still, ...set],
  });
  const world = makeWorld(supposed, 0, entityBase.run);
  openEmpty(world);
  const { lines } = world;
  for (let shopper = 0; shopper < world.shoppers.count; shopper++) {
    const own = [0, 1].map((p) => shopper * lineCount + p);
    if (own.every((line) => lines.state[line] === lineState.active && lines.fen[limitAt(line)] >= 300_000)) {
      return { world, shopper };
    }
  }
  throw new RangeError(`Cannot find a shopper with both lines among ${world.shoppers.count}`);
}

/** Authorises a purchase as `authorise` does; call it once that phase has run. */
export function buy(world: World, { shopper, product, amountFen, months = 0, ...more }: ByHand): void {
  const { purchases, ledger, chart, lines, terms, merchants } = world;
  const p = products.indexOf(product), row = purchases.length++;
  const network = networks.indexOf(more.network ?? (p === 0 ? "jd-mall" : "alipay"));
  const { bridged } = terms.cells[p][network];
  const takes = merchants.networks.findIndex((mask) => (mask & 1 << network) !== 0);
  Object.entries({
    shopper,
    merchant: more.merchant ?? takes,
    product: p,
    network,
    amountFen,
    minute: 700 + row,
    route: bridged ? route.bridge : route.channel,
    status: purchaseStatus.authorised,
    flags: bridged ? purchaseFlag.bridged : 0,
    months,
    comesBack: Math.floor((more.comesBack ?? 1) * 65_535),
    plot: 0,
    proved: 3,
    redirected: 0,
  }).forEach(([name, value]) => (purchases as unknown as Record<string, number[]>)[name][row] = value);
  lines.fen[reservedAt(shopper * lineCount + p)] += amountFen;
  const { loansNative, loansBridged, debt } = chart.products[p];
  ledger.pend(
    world.firstPurchaseId + row,
    bridged ? loansBridged : loansNative,
    debt,
    amountFen,
    code.loan,
  );
  world.nextId = world.firstPurchaseId + purchases.length;
  world.counts.authorised++;
}

/** Walks a day with purchases made by hand. */
export function walkWith(
  world: World,
  day: number,
  bought: readonly ByHand[],
  after: (phase: Phase) => void = () => {},
): void {
  walkDay(world, day, (phase) => {
    if (phase === "authorise") { for (const one of bought) buy(world, one); }
    after(phase);
  });
}
