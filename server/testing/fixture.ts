// A made-up comparison for tests and for looking at the pages: smooth curves and small waves, the same on every call.

import { parties, type Product, products } from "#/model/names.ts";
import { isoDate } from "#/model/units/calendar.ts";
import { epochDay } from "#/model/units/calendar.ts";
import type { Outcome, RunResult } from "#/sim/result.ts";
import { faultOutcomes, putFaults } from "#/server/testing/fixture_faults.ts";
import { fixtureServicing } from "#/server/testing/fixture_servicing.ts";
import { identityOutcomes, putIdentity, refusedPlots } from "#/server/testing/fixture_identity.ts";
import { cobrandOutcomes, putCobrand } from "#/server/testing/fixture_cobrand.ts";
import type { Comparison } from "#/server/reports/shape.ts";

const startDate = "2019-07-01";
const festival = epochDay("2019-11-11") - epochDay(startDate);

/** A wave between −1 and 1 that looks irregular and is a pure function of its arguments. */
function wave(day: number, lane: number): number {
  const x = Math.sin(day * 12.9898 + lane * 78.233) * 43_758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

/** One made-up run: `open` says whether the cells are opened. */
export function fixtureRun(open: boolean, { days = 180 } = {}): RunResult {
  const columns: Record<string, number[]> = {};
  const put = (name: string, at: (day: number) => number) =>
    columns[name] = Array.from({ length: days }, (_, day) => at(day));
  const ramp = (day: number) => open ? Math.min(1, day / 90) : 0;
  const wanted = (day: number) =>
    Math.round(2.1e8 * (1 + 0.12 * (day % 7 > 4 ? 1 : 0) + 0.03 * wave(day, 1)) * (day === festival ? 8 : 1));

  put("wanted", wanted);
  put("settledOnCredit", (d) => Math.round(wanted(d) * (0.41 + 0.05 * ramp(d))));
  put("settledOnDebit", (d) => Math.round(wanted(d) * (0.49 - 0.03 * ramp(d))));
  put("lost", (d) => Math.round(wanted(d) * (0.06 - 0.012 * ramp(d) + 0.003 * wave(d, 2))));
  put("waiting", (d) => Math.round(wanted(d) * 0.015));
  put("gmv", (d) => wanted(d) * 118 * (0.9 + 0.02 * ramp(d)));
  put("creditGmv", (d) => wanted(d) * 140 * (0.41 + 0.05 * ramp(d)));
  put("bridgedGmv", (d) => wanted(d) * 125 * 0.06 * ramp(d));
  put("bridgedPurchases", (d) => Math.round(wanted(d) * 0.06 * ramp(d)));
  const layersHit: [string, number, number][] = [
    ["accept", 0.11, 0.07],
    ["cashier", 0.004, 0.006],
    ["identify", 0, 0.004],
    ["screen", 0.0006, 0.0009],
    ["challenge", 0.0002, 0.0003],
    ["score", 0.012, 0.011],
    ["decide", 0.02, 0.022],
    ["route", 0, 0.0012],
    ["clear", 0, 0.0004],
  ];
  layersHit.forEach(([layer, closed, opened], lane) =>
    put(
      `refused.${layer}`,
      (d) => Math.round(wanted(d) * (open ? opened : closed) * (1 + 0.1 * wave(d, lane))),
    )
  );
  const size: Record<Product, number> = { baitiao: 3.6e10, huabei: 2.9e11 };
  products.forEach((product, lane) => {
    const book = (d: number) => size[product] * (1 + 0.0008 * d + 0.06 * ramp(d));
    const late = { "M1": 0.021, "M2": 0.007, "M3": 0.0045, "M4+": 0.011 };
    let allLate = 0;
    for (const [bucket, part] of Object.entries(late)) {
      const at = (d: number) =>
        book(d) * part * (1 + 0.0006 * d + 0.05 * ramp(d) + 0.02 * wave(d, 20 + lane));
      put(`dpd.${product}.${bucket}`, at);
      allLate += part;
    }
    put(`balance.${product}`, book);
    put(`dpd.${product}.M0`, (d) => book(d) * (1 - allLate));
    put(
      `users.${product}`,
      (d) => (product === "baitiao" ? 5.4e7 : 2.9e8) * (1 + 0.0002 * d + 0.01 * ramp(d)),
    );
    put(`applications.${product}`, (d) => Math.round(2e5 * (1 + ramp(d)) * (1 + 0.1 * wave(d, 30 + lane))));
    put(`approvals.${product}`, (d) => Math.round(1.4e5 * (1 + ramp(d)) * (1 + 0.1 * wave(d, 32 + lane))));
    put(`chargeOff.${product}`, (d) => size[product] * 0.00004 * (1 + 0.2 * wave(d, 40 + lane)));
    put(`recovery.${product}`, () => size[product] * 0.000004);
  });
  put("netLoss", (d) => 1.1e7 * (1 + 0.2 * ramp(d) + 0.15 * wave(d, 50)));
  put("lossBy.jd", (d) => 2.4e6 * (1 + 0.3 * ramp(d)));
  put("lossBy.ant", (d) => 8.6e6 * (1 + 0.1 * ramp(d)));
  const isTight = (d: number) => d === festival || d % 30 === 9;
  put("prefundLow.jd", (d) => !open ? 0 : isTight(d) ? 3_900 : 4e8 - 2.8e8 * ramp(d) * 0.6);
  put("prefundLow.ant", (d) => open ? 4e8 - 1.2e8 * ramp(d) * (d === festival ? 2.1 : 0.7) : 0);
  put("bridgeQueued", (d) => isTight(d) ? Math.round(ramp(d) * (d === festival ? 8.4e5 : 9e4)) : 0);
  put("bridgeExpired", (d) => isTight(d) ? Math.round(ramp(d) * (d === festival ? 2.1e5 : 2e4)) : 0);
  put("peakLiquidity", (d) => 5e9 * (1 + 0.4 * ramp(d)) * (d === festival ? 6 : 1 + 0.1 * wave(d, 61)));
  put("settlementDelay", (d) => 410 - 60 * ramp(d) + 12 * wave(d, 62));
  put("lineDrawn.jd", (d) => 1.2e10 * (1 + 0.001 * d + 0.05 * ramp(d)));
  put("lineDrawn.ant", (d) => 1.0e11 * (1 + 0.001 * d + 0.03 * ramp(d)));
  put("sourceOwed.jd.bankLine", (d) => 1.2e10 * (1 + 0.001 * d) * (open && d > 20 ? 0.55 : 1));
  put("sourceOwed.ant.bankLine", (d) => 1.0e11 * (1 + 0.001 * d + 0.03 * ramp(d)));
  if (open) {
    put("sourceOwed.jd.jointLoan", (d) => 2.4e9 * Math.min(1, d / 60));
    put("sourceOwed.jd.abs", (d) => d > 20 ? 5.0e9 : 0);
  }
  put("throttle.jd", (d) => d > festival && d < festival + 6 ? 0.7 : 1);
  put("throttle.ant", () => 1);
  // A squeeze in the open world: money grows short before the festival and returns after it.
  const squeezed = (d: number) => open ? Math.max(0, 1 - Math.abs(d - festival - 2) / 5) : 0;
  put("survivalDays.jd", (d) => Math.round(90 - 80 * squeezed(d)));
  put("survivalDays.ant", () => 90);
  put("alarm.jd", (d) => squeezed(d) > 0.1 ? 1 : 0);
  put("alarm.ant", () => 0);
  put("contingency.jd", (d) => Math.min(5, Math.floor(squeezed(d) * 4.4)));
  put("contingency.ant", () => 0);
  put("fundingRefused", (d) => d > festival && d < festival + 6 ? Math.round(wanted(d) * 0.002) : 0);
  put("cash.project", (d) => 3.0e8 - 1.4e6 * Math.min(d, 100) + (open ? 2.1e5 * d : 0));
  put("projectCash", (d) => 3.0e8 - 1.4e6 * Math.min(d, 100) + (open ? 2.1e5 * d : 0));
  if (open) {
    put("spreadIncome.banks", (d) => 1.1e6 * (1 + 0.2 * wave(d, 70)));
    put("rateResult.banks", (d) => 2.2e6 * wave(d, 71) * wave(d, 72));
  }
  put("bridgeFees", (d) => wanted(d) * 125 * 0.06 * ramp(d) * 0.0008);
  const yearly: Record<string, number> = {
    "jd": 1.1e9,
    "ant": 6.2e9,
    "wechat": 4e8,
    "union-card": 2e8,
    "operator": open ? 1.1e8 : 0,
    "project": open ? -2.1e8 : 0,
    "banks": 2.4e9,
    "investors": 0,
    "merchants": -6.1e9,
    "shoppers": -4.1e9,
  };
  parties.forEach((party) =>
    put(`result.${party}`, (d) => yearly[party] * (1 + 0.04 * ramp(d)) * (d + 1) / days)
  );
  put("unemployment", (d) => 0.0365 + 0.0001 * Math.floor(d / 91));
  put("inHardship", (d) => 0.031 + 0.001 * wave(d, 70));

  const sum = (name: string) => columns[name].reduce((total, value) => total + value, 0);
  const tools = { open, put, sum, ramp, wave, wanted };
  putIdentity(tools);
  putFaults(tools);
  putCobrand(tools);
  const last = (name: string) => columns[name][days - 1];
  const outcomes: Record<string, Outcome> = {
    gmv: { value: sum("gmv"), unit: "CNY" },
    bridgedGmv: { value: sum("bridgedGmv"), unit: "CNY" },
    bridgedPurchases: { value: sum("bridgedPurchases"), unit: "purchases" },
    lostPurchases: { value: sum("lost"), unit: "purchases" },
    approvalRate: { value: open ? 0.871 : 0.842, unit: "share" },
    usersGained: { value: open ? 3.1e6 : 0, unit: "people" },
    usersMoved: { value: open ? 9.2e5 : 0, unit: "people" },
    netLoss: { value: sum("netLoss"), unit: "CNY" },
    peakLiquidity: { value: Math.max(...columns.peakLiquidity), unit: "CNY" },
    settlementDelay: { value: open ? 361.4 : 410.2, unit: "minutes" },
    fundingGapDays: { value: open ? 2 : 0, unit: "days" },
    overIndebtedShare: { value: open ? 0.0412 : 0.0391, unit: "share" },
    projectCash: { value: last("projectCash"), unit: "CNY" },
    fraudLoss: { value: sum("fraudBorne.issuers"), unit: "CNY" },
    ...identityOutcomes(tools),
    ...faultOutcomes(tools),
    ...(open ? abroadOutcomes(sum) : {}),
    ...cobrandOutcomes(tools),
  };
  for (const product of products) {
    outcomes[`users.${product}`] = { value: last(`users.${product}`), unit: "people" };
    outcomes[`activeUsers.${product}`] = { value: 0.62 * last(`users.${product}`), unit: "people" };
    outcomes[`balancePerUser.${product}`] = { value: product === "baitiao" ? 2_180 : 940, unit: "CNY" };
    outcomes[`dpd30Share.${product}`] = { value: open ? 0.0161 : 0.0155, unit: "share" };
    outcomes[`dpd90Share.${product}`] = { value: open ? 0.0113 : 0.0109, unit: "share" };
  }
  outcomes["lossGivenDefault.jd"] = { value: open ? 0.412 : 0.398, unit: "share" };
  outcomes["lossGivenDefault.ant"] = { value: open ? 0.437 : 0.442, unit: "share" };
  let total = 0;
  for (const party of parties) {
    const value = Math.round(last(`result.${party}`) * 100) / 100;
    outcomes[`resultOf.${party}`] = { value, unit: "CNY" };
    total += value;
  }
  outcomes["lossBy.jd"] = { value: sum("lossBy.jd"), unit: "CNY" };
  outcomes["lossBy.ant"] = { value: sum("lossBy.ant"), unit: "CNY" };
  const flows: Record<string, number> = {
    "capex": open ? 1.4e8 : 0,
    "operating-cost": open ? 2.2e7 : 0,
    "collection-cost": 9.1e7,
    "claim-buyers": -6.6e7,
  };
  for (const [flow, value] of Object.entries(flows)) {
    outcomes[`external.${flow}`] = { value, unit: "CNY" };
    total += value;
  }
  outcomes["external.wages"] = { value: -Math.round(total * 100) / 100, unit: "CNY" };

  const wants = sum("wanted");
  const refused: RunResult["purchases"]["refused"] = {
    accept: {
      "not-accepted": Math.round(wants * (open ? 0.021 : 0.034)),
      "no-line": Math.round(wants * 0.011),
    },
    cashier: { abandoned: Math.round(wants * (open ? 0.006 : 0.004)) },
    screen: { velocity: Math.round(wants * 0.0002), distance: Math.round(wants * 0.0003) },
    challenge: {
      "challenge-failed": Math.round(wants * 0.0001),
      "challenge-abandoned": Math.round(wants * 0.0001),
    },
    score: { "score-below-cutoff": Math.round(wants * 0.004) },
    decide: { "late-account": Math.round(wants * 0.002), "limit-exceeded": Math.round(wants * 0.006) },
  };
  const redirected: RunResult["purchases"]["redirected"] = {
    accept: { "not-accepted": Math.round(wants * (open ? 0.05 : 0.11)), "no-line": Math.round(wants * 0.04) },
    score: { "score-below-cutoff": Math.round(wants * 0.008) },
    decide: { "limit-exceeded": Math.round(wants * 0.014) },
  };
  if (open) {
    refused.identify = {
      "no-consent": Math.round(wants * 0.003),
      "assurance-too-low": Math.round(wants * 0.001),
    };
    refused.route = { "adapter-failure": Math.round(wants * 0.0012) };
    refused.clear = { "bridge-liquidity": Math.round(wants * 0.0004) };
  }

  const name = open ? "interop" : "baseline";
  return {
    scenario: name,
    seed: "hutong",
    replication: 0,
    engine: "9f3c6b2a70d1e4c8",
    hash: open ? "b7d1f0a93c55e2186a4f" : "4c02e97d1b6fa83305de",
    seconds: { setup: 4.1, days: 1.6 },
    purchases: {
      wanted: wants,
      authorised: sum("settledOnCredit") + sum("settledOnDebit"),
      settled: sum("settledOnCredit") + sum("settledOnDebit"),
      settledOnCredit: sum("settledOnCredit"),
      waiting: sum("waiting"),
      waitingAtStart: 0,
      refused,
      redirected,
      plotsRefused: refusedPlots(tools),
      perSecond: 1_900_000,
    },
    money: { checks: 12 * days, daysReconciled: days, totalFen: 91_234_567_800 },
    proofs: open ? 4_213 : 0,
    scoring: {
      card: "fitted",
      fusion: open ? "stacked" : "alone",
      title: open ? "scores meet at a licensed bureau" : "each issuer alone",
      law: open ? "ungoverned" : "lawful",
      mark: open ? "scores meet at a licensed bureau: ungoverned on 2019-07-01 (no rule before 2022)" : "",
      samples: [{ product: "baitiao", rows: 10_062, bads: 301 }, {
        product: "huabei",
        rows: 16_613,
        bads: 532,
      }],
    },
    calibration: [
      row("30+ days late, Ant consumer book", "2019-12-31", 0.0156, 0.0143, 0.018, 0.0161, "share"),
      row("90+ days late, Ant consumer book", "2019-12-31", 0.0105, 0.009, 0.0125, 0.0141, "share"),
      row("Balance per active user, Huabei", "2019-12-31", 950, 800, 1000, 940, "CNY"),
      row("Users of Baitiao", "2019-12-31", 5.5e7, 5.0e7, 6.0e7, null, "people"),
    ],
    outcomes,
    replay: `deno task hutong run ${name} --seed hutong --replication 0 --shoppers 20000 --days ${days}`,
    daily: { columns },
    servicing: fixtureServicing(open),
    clearing: fixtureClearing(open),
    world: { shoppers: 20_000, peoplePerShopper: 42_500, startDate, days, calibration: "world2019" },
    memory: { bytesPerShopper: 211, shopperBytes: 4.2e6, purchaseBytes: 9e6, loanBytes: 2.2e7 },
    phases: { want: 0.4, decide: 0.3, clear: 0.2 },
  };
}

/** Clearing of the made-up run, by hour. */
function fixtureClearing(open: boolean): RunResult["clearing"] {
  const hours = (size: number, delayMinutes: number) =>
    Array.from({ length: 24 }, (_, hour) => {
      const payments = hour < 8 ? 0 : Math.round(size * (1 + 0.2 * wave(hour, 90)));
      return {
        ...{ payments, valueCny: payments * 140, delayMinutes: payments ? delayMinutes : 0, failed: 0 },
        ...{ queuePeakCny: 0, liquidityPeakCny: payments * 9, liquidityCostCny: payments / 1_000 },
        ...{ nettingRatio: payments ? 0.31 : 0, gridlockMinutes: 0 },
      };
    });
  return {
    method: "gross, first in first out",
    connection: "an operator between the platforms",
    mark: "",
    rails: [
      { rail: "dns", title: "deferred net settlement (existing channels)", hours: hours(8e7, 400) },
      { rail: "rtgs", title: "real-time bridge, prefunded", hours: hours(open ? 1e7 : 0, 1) },
      { rail: "card", title: "card network, cleared overnight", hours: hours(0, 0) },
    ],
    bridge: Array.from({ length: 24 }, (_, hour) => ({
      queuePeakCny: open && hour > 18 ? 3e7 : 0,
      liquidityPeakCny: open ? 1e8 * (1 + hour / 24) : 0,
      gridlockMinutes: 0,
    })),
  };
}

function row(
  name: string,
  date: string,
  target: number,
  low: number,
  high: number,
  simulated: number | null,
  unit: "share" | "CNY" | "people",
): RunResult["calibration"][number] {
  return { name, date, target, low, high, simulated, unit, source: "Prospectus of August 2020, table 5-12" };
}

/** The made-up comparison of two such runs. */
export function fixtureComparison({ days = 180 } = {}): Comparison {
  return {
    kind: "comparison",
    id: "baseline-interop-fixture",
    title: "Two closed credit systems, opened to each other",
    a: fixtureRun(false, { days }),
    b: fixtureRun(true, { days }),
    assumptions: [
      { path: "demand.waitBps", unit: "bps", base: 800, range: [200, 2_000], source: "(a)" },
      { path: "demand.leaveBps", unit: "bps", base: 1_200, range: [300, 3_000], source: "(a)" },
      {
        path: "world.people",
        unit: "people",
        base: 850_000_000,
        range: [800_000_000, 900_000_000],
        source: "Network users of mobile payment, statistical report 44",
      },
      {
        path: "clearing.prefundingCny",
        unit: "CNY",
        base: 400_000_000,
        range: [100_000_000, 2_000_000_000],
        source: "(a)",
        used: 250_000_000,
      },
    ],
    expected: [
      { outcome: "gmv", against: "baseline", sign: "+", why: "Fewer wants end at a closed cashier." },
      {
        outcome: "lostPurchases",
        against: "baseline",
        sign: "-",
        why: "The preferred line works in more shops.",
      },
      { outcome: "netLoss", against: "baseline", sign: "-", why: "A joint view refuses stacked borrowers." },
      { outcome: "usersLeaving", against: "baseline", sign: "0", why: "Nothing pushes anyone out." },
    ],
    differences: {
      gmv: { mean: 1.9e11, low: 1.7e11, high: 2.1e11, n: 8 },
      netLoss: { mean: 2.1e8, low: -1.2e7, high: 4.3e8, n: 8 },
    },
  };
}

/** The ISO date of a day of the fixture. */
export function fixtureDate(day: number): string {
  return isoDate(epochDay(startDate) + day);
}

/** A cross-border cell that some bought in. */
function abroadOutcomes(sum: (name: string) => number): Record<string, Outcome> {
  return {
    foreignPurchases: { value: 2.4e6, unit: "purchases" },
    foreignSales: { value: 2.2e8, unit: "CNY" },
    foreignSalesIn: { value: 2.5e8, unit: "HKD" },
    "spreadIncome.banks": { value: sum("spreadIncome.banks"), unit: "CNY" },
    "rateResult.banks": { value: sum("rateResult.banks"), unit: "CNY" },
    quotesExpired: { value: 1.1e5, unit: "purchases" },
    "foreignRefused.perPurchase": { value: 3.1e4, unit: "purchases" },
  };
}
