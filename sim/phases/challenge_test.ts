import { assertMoves } from "#/sim/testing/worlds.ts";

/** Every larger payment is asked about. */
const asked = ["identity.realNameCapCny=100"];
const thieves = [
  "fraud.perYearPpm.stolenAccount=1000000",
  "fraud.challengeFromPoints=10",
  "fraud.refuseFromPoints=1000",
  "fraud.stolenAccount.medianCny=200",
];

Deno.test("challenge: an amount, a cell or a doubt asks for it", () => {
  assertMoves("interop", ["identity.realNameCapCny=100"], {
    challenges: "+",
    "turnedAway.challenge.challenge-failed": "+",
  });
  assertMoves("interop", ["acceptance.huabei.jd-mall.requiredAssurance=3"], { challenges: "+" });
  assertMoves("interop", ["fraud.challengeFromPoints=20"], { challenges: "+" }, {
    under: ["fraud.newDeviceBps=2000"],
  });
});

Deno.test("challenge: those who fail or give up do not buy", () => {
  assertMoves("interop", ["identity.challenge.honestFailBps=5000"], {
    "turnedAway.challenge.challenge-failed": "+",
    approvalRate: "-",
    creditGmv: "-",
  }, { under: asked });
  assertMoves("interop", ["identity.challenge.honestAbandonBps=5000"], {
    "turnedAway.challenge.challenge-abandoned": "+",
    approvalRate: "-",
    creditGmv: "-",
  }, { under: asked });
});

Deno.test("challenge: strangers rarely pass; the more pass, the more is stolen", () => {
  assertMoves("interop", ["fraud.challengeFromPoints=1000"], { fraudLoss: "+", challenges: "-" }, {
    under: thieves,
  });
  assertMoves("interop", ["identity.challenge.strangerPassBps=9000"], { fraudLoss: "+", fraudRecall: "-" }, {
    under: thieves,
  });
});

Deno.test("challenge: more seconds and more tries take longer", () => {
  assertMoves("interop", ["identity.challenge.secondsPerTry=60"], { "days.challengeSeconds": "+" }, {
    under: asked,
  });
  assertMoves("interop", ["identity.challenge.triesMax=9"], { "days.challengeSeconds": "+" }, {
    under: asked,
  });
});

/** Machines that refuse many, and people who ask. */
const strict = ["scoring.cutoffPoints=560", "identity.review.askBps=5000"];

Deno.test("review: who asks is sometimes let pass, at a cost", () => {
  assertMoves("interop", ["identity.review.askBps=9000"], {
    reviews: "+",
    reversals: "+",
    identityCost: "+",
    approvalRate: "+",
  }, { under: strict });
});

Deno.test("review: better reviewers take more refusals back, dearer ones cost more", () => {
  assertMoves("interop", ["identity.review.rightBps=5000"], { reversals: "-", approvalRate: "-" }, {
    under: strict,
  });
  assertMoves("interop", ["identity.review.costFen=9000"], { identityCost: "+", reversals: "0" }, {
    under: strict,
  });
});

Deno.test("review: an explanation is asked for more often where more people want one, and moves nothing else", () => {
  assertMoves("interop", ["identity.review.explainBps=9000"], { explanations: "+", gmv: "0", reviews: "0" }, {
    under: strict,
  });
});
