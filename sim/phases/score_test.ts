import { assertMoves } from "#/sim/testing/worlds.ts";

/** Wants that the score turned away, and the share that every layer let pass. */
const stricter = { "turnedAway.score.score-below-cutoff": "+", approvalRate: "-" } as const;
const troubled = ["world.history.set.behaviour.hardshipPerYearBps=4000", "behaviour.hardshipPerYearBps=4000"];

Deno.test("score: a higher cut-off approves less", () => {
  assertMoves("interop", ["scoring.cutoffPoints=540"], { ...stricter, creditGmv: "-" });
});

Deno.test("score: a cut-off that follows unemployment approves less when it jumps", () => {
  assertMoves("interop", ["scoring.cutoffPerUnemploymentPoints=20"], stricter, {
    under: ["shocks=[{ event: unemployment-jump, fromDay: 0, untilDay: 60, plusBps: 1000 }]"],
  });
});

for (
  const path of [
    "noisePoints=150",
    "latePoints=400",
    "utilisationPoints=400",
    "burdenPoints=400",
    "basePoints=500",
  ]
) {
  Deno.test(`score: scoring.${path} approves less`, () => {
    assertMoves("interop", [`scoring.${path}`], stricter, { under: troubled, days: 40 });
  });
}

for (const path of ["tenurePointsPerYear=0", "onTimePoints=0"]) {
  Deno.test(`score: scoring.${path} leaves good payers fewer points`, () => {
    assertMoves("interop", [`scoring.${path}`], { approvalRate: "-" }, {
      under: [...troubled, "scoring.cutoffPoints=540"],
      days: 40,
    });
  });
}

Deno.test("score: points for income count against the poor", () => {
  assertMoves("interop", ["scoring.incomePointsPerDoubling=100"], stricter, {
    under: ["population.incomeMedianCny=600"],
    days: 40,
  });
});

Deno.test("score: joined scores see lateness on the other line, separate ones do not", () => {
  const under = ["population", "world.history.set.population"].map((at) => `${at}.baitiaoUsersBps=8000`);
  const seen = ["scoring.otherLineLatePoints=400"], belowCutoff = "turnedAway.score.score-below-cutoff";
  assertMoves("interop", seen, { [belowCutoff]: "+" }, { under: [...troubled, ...under], days: 40 });
  assertMoves("interop", seen, { [belowCutoff]: "0" }, {
    under: [...troubled, ...under, "scoring.fusion=alone"],
    days: 40,
  });
});
