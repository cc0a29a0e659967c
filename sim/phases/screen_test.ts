import { assertMoves } from "#/sim/testing/worlds.ts";

/** A world full of thieves who are not asked for a code. */
const thefts = [
  "fraud.perYearPpm.stolenAccount=1000000",
  "fraud.stolenAccount.attempts=6",
  "fraud.challengeFromPoints=100",
  "fraud.stolenAccount.medianCny=200",
];
/** Thieves whom only their haste can give away, to rules that refuse at once. */
const hasty = [...thefts, "fraud.points.distance=0", "fraud.points.device=0", "fraud.points.velocity=100"];

Deno.test("screen: without the distance rule fewer good shoppers are insulted and more is stolen", () => {
  assertMoves("interop", ["fraud.points.distance=0"], {
    insultedShare: "-",
    "turnedAway.screen.distance": "-",
    fraudLoss: "+",
    "lossBy.ant": "+",
    "dataUses.location": "-",
  }, { under: [...thefts, "fraud.points.distance=100"] });
});

Deno.test("screen: who does not let location be used is not looked for there", () => {
  assertMoves("interop", ["identity.consents.locationBps=0"], {
    "turnedAway.screen.distance": "-",
    fraudLoss: "+",
    "dataUses.location": "-",
  }, { under: [...thefts, "fraud.points.distance=100"] });
});

Deno.test("screen: a distance that is allowed to be longer lets more thieves pass", () => {
  assertMoves(
    "interop",
    ["fraud.distanceMaxKm=2900"],
    { fraudLoss: "+", "turnedAway.screen.distance": "-" },
    {
      under: [...thefts, "fraud.points.distance=100"],
    },
  );
});

Deno.test("screen: a new device gives thieves away, and insults who has bought a telephone", () => {
  assertMoves("interop", ["fraud.points.device=100"], {
    fraudLoss: "-",
    insultedShare: "+",
    "turnedAway.screen.device": "+",
  }, { under: [...thefts, "fraud.points.distance=0"] });
});

Deno.test("screen: the velocity rule stops thieves at the threshold that is supposed", () => {
  assertMoves("interop", ["fraud.points.velocity=0"], {
    fraudLoss: "+",
    "days.plotsStopped.stolenAccount": "-",
  }, {
    under: hasty,
  });
});

Deno.test("screen: a tighter velocity rule stops thieves and insults shoppers", () => {
  assertMoves("interop", ["fraud.velocityMaxInWindow=1"], {
    fraudLoss: "-",
    insultedShare: "+",
    "turnedAway.screen.velocity": "+",
  }, { under: hasty });
});

Deno.test("screen: a longer spree outlasts the window of the velocity rule", () => {
  assertMoves("interop", ["fraud.stolenAccount.spreeMinutes=900"], {
    fraudLoss: "+",
    "days.plotsStopped.stolenAccount": "-",
  }, { under: hasty });
});

Deno.test("screen: an amount far above the usual is stopped where the rule is on", () => {
  assertMoves("interop", ["fraud.points.amount=100"], {
    fraudLoss: "-",
    "turnedAway.screen.amount-unusual": "+",
  }, {
    under: [
      ...thefts,
      "fraud.points.distance=0",
      "fraud.points.device=0",
      "fraud.stolenAccount.medianCny=4000",
    ],
  });
});

Deno.test("screen: more attempts a theft cost more", () => {
  assertMoves("interop", ["fraud.stolenAccount.attempts=12"], { fraudLoss: "+" }, {
    under: [...thefts, "fraud.points.distance=0", "fraud.points.device=0", "fraud.points.velocity=0"],
  });
});

/** Rings only, on few devices. */
const rings = [
  "fraud.perYearPpm.stolenAccount=0",
  "fraud.perYearPpm.deviceRing=1000000",
  "fraud.challengeFromPoints=100",
  "fraud.points.device=0",
];

Deno.test("screen: accounts that follow each other on one device are stopped where they are counted", () => {
  assertMoves("interop", ["fraud.points.accountsOnDevice=100"], {
    fraudLoss: "-",
    "days.plotsStopped.deviceRing": "+",
  }, {
    under: [
      ...rings,
      "fraud.points.accountsOnDevice=0",
      "fraud.points.blacklist=0",
      "fraud.deviceRing.accounts=40",
    ],
    days: 40,
  });
});

Deno.test("screen: a device on a list is stopped, sooner where platforms share what they see", () => {
  const under = [...rings, "fraud.points.accountsOnDevice=0"];
  assertMoves(
    "interop",
    ["fraud.points.blacklist=0"],
    { fraudLoss: "+", "turnedAway.screen.blacklist": "-" },
    {
      under,
    },
  );
  assertMoves("interop", ["fraud.sharedSight=false"], { fraudLoss: "+" }, {
    under: [...under, "population.baitiaoUsersBps=8000", "world.history.set.population.baitiaoUsersBps=8000"],
  });
});

Deno.test("screen: shops where purchases end badly are avoided where the rule is on", () => {
  assertMoves("interop", ["fraud.points.merchantRisk=100"], {
    "days.plotted.cashOut": "-",
    "turnedAway.screen.merchant-risk": "+",
  }, {
    under: [
      "fraud.points.merchantRisk=0",
      "fraud.perYearPpm.cashOut=1000000",
      "behaviour.hardshipPerYearBps=9000",
      "fraud.cash.seenBps=10000",
      "fraud.merchantRiskMaxBps=50",
      "fraud.cash.medianCny=300",
    ],
    days: 60,
    shoppers: 3_000,
  });
});
