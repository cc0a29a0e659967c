import { assertMoves } from "#/sim/testing/worlds.ts";

const outage = (rail: string) => `shocks=[{ event: rail-outage, fromDay: 5, untilDay: 10, rail: ${rail} }]`;

Deno.test("open: a cell that opens later carries fewer purchases across platforms", () => {
  assertMoves("interop", ["acceptance.huabei.jd-mall.opensDay=15"], {
    bridgedPurchases: "-",
    "turnedAway.accept.not-accepted": "+",
  });
});

Deno.test("open: an outage of the bridge turns wants away, and nothing else does", () => {
  assertMoves("interop", [outage("rtgs")], { bridgedPurchases: "-", "turnedAway.route.rail-down": "+" });
});

Deno.test("open: an outage of the existing channel stops native credit too", () => {
  assertMoves("baseline", [outage("dns")], { creditGmv: "-", "turnedAway.route.rail-down": "+" });
});

Deno.test("open: a jump of unemployment raises hardship and lateness, and the cut-off turns more wants away", () => {
  assertMoves("interop", ["shocks=[{ event: unemployment-jump, fromDay: 0, untilDay: 60, plusBps: 1000 }]"], {
    "days.unemployment": "+",
    "days.inHardship": "+",
    "days.dpd.huabei.M1": "+",
    "turnedAway.score.score-below-cutoff": "+",
  }, { days: 60 });
});

Deno.test("open: a jump of spreads moves income from issuers to banks", () => {
  assertMoves("interop", ["shocks=[{ event: spread-jump, fromDay: 0, untilDay: 20, plusBps: 300 }]"], {
    "resultOf.banks": "+",
    "resultOf.ant": "-",
    "resultOf.jd": "-",
  });
});

Deno.test("open: a line withdrawn throttles new credit", () => {
  const withdrawn =
    "shocks=[{ event: line-withdrawn, fromDay: 5, untilDay: 15, issuer: ant, shareBps: 10000 }]";
  assertMoves("interop", [withdrawn], { fundingGapDays: "+", "turnedAway.decide.funding-throttle": "+" });
});

Deno.test("open: a harsher path of the economy acts once the path departs from its first value", () => {
  const size = {
    shoppers: 300,
    days: 120,
    under: ["macro.unemploymentBps=[510, 900]", "macro.incomeGrowthBps=[0, -500]"],
  };
  assertMoves("interop", ["macro.severityBps=30000"], {
    "days.unemployment": "+",
    "days.inHardship": "+",
    "resultOf.shoppers": "-",
  }, size);
  assertMoves(
    "interop",
    ["macro.severityBps=30000"],
    { "days.unemployment": "0", "resultOf.shoppers": "0" },
    {
      ...size,
      days: 91,
    },
  );
});

Deno.test("open: 11 November sells more with a stronger festival, and an ordinary day less", () => {
  const under = ["world.startDate=2019-11-09", "world.history.set.world.startDate=2019-11-09"];
  const stronger = ["demand.festivalFactorBps=160000"];
  assertMoves("interop", stronger, { "last.gmv": "+" }, { under, days: 3 });
  assertMoves("interop", stronger, { "last.gmv": "-" }, { under, days: 2 });
});
