import { assertMoves } from "#/sim/testing/worlds.ts";

const thefts = ["fraud.theftPerYearPpm=1000000", "fraud.attemptsPerTheft=12"];
/** Thieves whom only their haste can give away. */
const near = [...thefts, "fraud.rules.distance=false"];

Deno.test("screen: without the distance rule fewer good shoppers are insulted and more is stolen", () => {
  assertMoves("interop", ["fraud.rules.distance=false"], {
    insultedShare: "-",
    "turnedAway.screen.distance": "-",
    fraudLoss: "+",
    "lossBy.ant": "+",
  }, { under: thefts });
});

Deno.test("screen: a distance that is allowed to be longer lets more thieves pass", () => {
  assertMoves(
    "interop",
    ["fraud.distanceMaxKm=2900"],
    { fraudLoss: "+", "turnedAway.screen.distance": "-" },
    {
      under: thefts,
    },
  );
});

Deno.test("screen: a tighter velocity rule stops thieves and insults shoppers", () => {
  assertMoves("interop", ["fraud.velocityMaxInWindow=1"], {
    fraudLoss: "-",
    insultedShare: "+",
    "turnedAway.screen.velocity": "+",
  }, { under: near });
});

Deno.test("screen: a wider velocity window counts more attempts together", () => {
  assertMoves("interop", ["fraud.velocityWindowMinutes=1440"], {
    fraudLoss: "-",
    "turnedAway.screen.velocity": "+",
  }, { under: near });
});

Deno.test("screen: without the velocity rule a tight window stops nobody", () => {
  assertMoves("interop", ["fraud.rules.velocity=false"], { fraudLoss: "+", insultedShare: "-" }, {
    under: [...near, "fraud.velocityMaxInWindow=2", "fraud.velocityWindowMinutes=1440"],
  });
});

Deno.test("screen: more attempts a theft cost more", () => {
  assertMoves("interop", ["fraud.attemptsPerTheft=12"], { fraudLoss: "+" }, {
    under: [...near, "fraud.attemptsPerTheft=1"],
  });
});

Deno.test("screen: the velocity rule stops thieves at the threshold that is supposed", () => {
  assertMoves("interop", ["fraud.rules.velocity=false"], {
    fraudLoss: "+",
    "turnedAway.screen.velocity": "-",
  }, { under: ["fraud.theftPerYearPpm=1000000", "fraud.rules.distance=false"] });
});

Deno.test("screen: a longer spree outlasts the window of the velocity rule", () => {
  assertMoves("interop", ["fraud.spreeMinutes=900"], {
    fraudLoss: "+",
    "turnedAway.screen.velocity": "-",
  }, { under: ["fraud.theftPerYearPpm=1000000", "fraud.rules.distance=false"] });
});
