import assert from "node:assert/strict";
import { scorePoints } from "#/model/scoring/scorecard.ts";
import { limitAt, lineCount, lineState, principalFen, reservedAt } from "#/sim/tables/lines.ts";
import { assertMoves, assertSound, openSmall, read, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { factorsOf, scoreFactsOf } from "./explain.ts";
import { fusedPoints } from "#/sim/scoring/points.ts";

const hard = ["behaviour.hardshipPerYearBps=4000", "world.history.set.behaviour.hardshipPerYearBps=4000"];

Deno.test("limits: lateness lowers them, and what is cut is told", () => {
  assertMoves("baseline", ["limits.lateCutBps=9000"], {
    "turnedAway.decide.limit-exceeded": "+",
  }, { days: 60, under: hard });
  assertMoves("baseline", ["limits.lateCutBps=0"], { "notices.cut": "-" }, { days: 60, under: hard });
});

Deno.test("limits: a hardship that the issuer learns of lowers them", () => {
  assertMoves("baseline", ["limits.hardshipSeenPerMonthBps=9000"], { "notices.cut": "+" }, { under: hard });
  assertMoves("baseline", ["limits.hardshipCutBps=10000"], { creditGmv: "-" }, {
    under: [...hard, "limits.hardshipSeenPerMonthBps=9000"],
    days: 40,
  });
});

Deno.test("limits: a score below the cut-off of the day lowers them, and the cut-off follows unemployment", () => {
  const shock = ["shocks=[{ event: unemployment-jump, fromDay: 1, untilDay: 40, plusBps: 1500 }]"];
  assertMoves("baseline", ["limits.belowCutoffCutBps=5000"], { "last.balance.huabei": "0" }, { days: 3 });
  assertMoves("baseline", ["limits.belowCutoffCutBps=0"], { "notices.cut": "-" }, { under: shock, days: 40 });
  assertMoves("baseline", ["scoring.cutoffPerUnemploymentPoints=0"], {
    "turnedAway.score.score-below-cutoff": "-",
    "notices.cut": "-",
  }, { under: shock, days: 40 });
});

Deno.test("limits: in a downturn issuers grant and raise less, as far as they are said to", () => {
  const limitsOf = (perUnemploymentBps: number) => {
    const set = [
      "adoption.applyPerMonthBps=8000",
      `limits.limitPerUnemploymentBps=${perUnemploymentBps}`,
      "shocks=[{ event: unemployment-jump, fromDay: 0, untilDay: 40, plusBps: 1000 }]",
      "scoring.cutoffPerUnemploymentPoints=0",
    ];
    const { world } = runSmall(small("baseline", { set, days: 31 }));
    return world.lines.fen.reduce((sum, fen, at) => at % 8 === 0 ? sum + fen : sum, 0);
  };
  assert.ok(limitsOf(1_000) < limitsOf(100));
});

Deno.test("limits: frequent large purchases put part of the limit on hold, which refuses by its own name", () => {
  const alarm = ["limits.largeFromShareBps=200", "limits.largePurchases=2", "limits.freezeShareBps=8000"];
  assertMoves("baseline", alarm, {
    "notices.freeze": "+",
    "turnedAway.decide.limit-frozen": "+",
    creditGmv: "-",
  });
  assertMoves("baseline", ["limits.freezeDays=0"], {
    "notices.freeze": "-",
    "turnedAway.decide.limit-frozen": "-",
  }, { under: alarm });
  assertMoves("baseline", ["limits.freezeDays=20"], { "turnedAway.decide.limit-frozen": "+" }, {
    under: alarm,
  });
});

Deno.test("limits: a cut leaves balances above the limit, and nothing authorised raises them, however the lines are joined", () => {
  for (const jointLimit of ["separate", "joint"]) {
    const set = [
      ...hard,
      "population.baitiaoUsersBps=6000",
      "world.history.set.population.baitiaoUsersBps=6000",
      "limits.lateCutBps=9000",
      "limits.hardshipSeenPerMonthBps=9000",
      "limits.hardshipCutBps=9000",
      `credit.jointLimit=${jointLimit}`,
    ];
    const world = openSmall(small("interop", { set, days: 33 })), { lines } = world;
    let above = 0;
    for (let day = 0; day < 33; day++) {
      walkDay(world, day, (phase) => {
        assertSound(world, phase);
        if (phase !== "authorise") return;
        for (let line = 0; line < lines.count; line++) {
          if (principalFen(lines, line) <= lines.fen[limitAt(line)]) continue;
          above++;
          assert.equal(lines.fen[reservedAt(line)], 0, `line ${line} on day ${day}`);
        }
      });
    }
    assert.ok(above > 20, `only ${above} line-days were above their limits`);
  }
});

/** Everybody holds both lines, known on both sides, with little room on each. */
const both = [
  "population.baitiaoUsersBps=8000",
  "world.history.set.population.baitiaoUsersBps=8000",
  "population.incomeMedianCny=1500",
  "credit.huabei.limitIncomeMultipleBps=4000",
  "credit.baitiao.limitIncomeMultipleBps=4000",
  "world.history.set.credit.huabei.limitIncomeMultipleBps=4000",
  "world.history.set.credit.baitiao.limitIncomeMultipleBps=4000",
  "world.history.set.population.incomeMedianCny=1500",
];

Deno.test("limits: one joint limit refuses fewer purchases than two, where both issuers know the person", () => {
  assertMoves("interop", ["credit.jointLimit=joint"], {
    "turnedAway.decide.limit-exceeded": "-",
    jointPurchases: "+",
    creditGmv: "+",
  }, { under: both });
});

Deno.test("limits: without a link, or without consent to show the account, a joint limit is two limits", () => {
  for (const none of ["identity.policy=separate", "identity.consents.recogniseBps=0"]) {
    const under = [...both, none, "identity.consents.givePerMonthBps=0"];
    assertMoves("interop", ["credit.jointLimit=joint"], { jointPurchases: "0", creditGmv: "0" }, { under });
  }
});

Deno.test("limits: a joint limit moves room between lines and makes none", () => {
  const sumOf = (jointLimit: string) => {
    const set = [
      ...both,
      `credit.jointLimit=${jointLimit}`,
      "dataLoop.active=false",
      "adoption.leavePerMonthBps=0",
    ];
    const world = openSmall(small("interop", { set, days: 3 }));
    const before = totals();
    for (let day = 0; day < 3; day++) walkDay(world, day);
    return { before, after: totals(), moved: world.counts.jointPurchases };
    /** The limit of each person over both lines, whole fen, of those who hold the same lines throughout. */
    function totals(): number[] {
      const { lines } = world;
      return Array.from(
        { length: world.shoppers.count },
        (_, i) =>
          lines.state[i * lineCount] === lineState.active &&
            lines.state[i * lineCount + 1] === lineState.active
            ? lines.fen[limitAt(i * lineCount)] + lines.fen[limitAt(i * lineCount + 1)]
            : NaN,
      );
    }
  };
  const { before, after, moved } = sumOf("joint");
  assert.ok(moved > 0);
  for (const [i, fen] of before.entries()) {
    if (!Number.isNaN(fen) && !Number.isNaN(after[i])) assert.equal(after[i], fen, `shopper ${i}`);
  }
});

Deno.test("limits: terms shown at application turn some away, the more so the dearer the line, and who is not shown them is not", () => {
  const keen = ["adoption.applyPerMonthBps=4000"];
  assertMoves("baseline", ["notices.showTerms=false"], {
    declinedTerms: "-",
    "notices.application": "-",
    "users.huabei": "+",
  }, { under: [...keen, "notices.declinePerAprPointBps=300"], shoppers: 1_600, days: 30 });
  assertMoves("baseline", ["credit.huabei.instalmentAprBps=3600"], { declinedTerms: "+" }, {
    under: [...keen, "notices.declinePerAprPointBps=100"],
    shoppers: 1_600,
    days: 30,
  });
});

Deno.test("limits: a notice in mind makes use likelier, for as long as it is", () => {
  assertMoves("baseline", ["notices.promptUseBps=3000"], { "days.settledOnCredit": "+", creditGmv: "+" });
  assertMoves("baseline", ["notices.promptDays=1"], { "days.settledOnCredit": "-" }, {
    under: ["notices.promptUseBps=3000"],
  });
});

Deno.test("explain: the facts behind the words are those that the score is made of", () => {
  const world = openSmall(small("baseline", { days: 2 }));
  walkDay(world, 0);
  walkDay(world, 1);
  const { scoring } = world.terms.scenario;
  let spoken = 0;
  for (let i = 0; i < world.shoppers.count; i++) {
    for (let p = 0; p < lineCount; p++) {
      const facts = scoreFactsOf(world, i * lineCount + p);
      assert.equal(scorePoints(facts, scoring), fusedPoints(world, i, p), `shopper ${i}, product ${p}`);
      spoken += factorsOf(world, i, p).length;
    }
  }
  assert.ok(spoken > world.shoppers.count);
});

Deno.test("a followed shopper reads why the limit or the score refused, and every notice of the day in words", () => {
  const set = [
    ...hard,
    "limits.largeFromShareBps=200",
    "limits.largePurchases=2",
    "adoption.applyPerMonthBps=5000",
  ];
  const world = openSmall(small("baseline", { set, days: 30 }));
  const kinds = new Set<string>();
  let refused = 0, factored = 0;
  for (let day = 0; day < 30; day++) {
    for (const shopper of [(30 - day % 30) % 30 + 30 * (day % 20)]) {
      world.trace = { shopper, day, events: [], notices: [] };
    }
    walkDay(world, day);
    for (const { kind, text } of world.trace!.notices) {
      kinds.add(kind);
      assert.ok(text.length > 20 && !/undefined|NaN|null/.test(text), text);
    }
    for (const event of world.trace!.events) {
      if (event.verdict === "limit-exceeded" || event.verdict === "score-below-cutoff") {
        refused++;
        factored += event.factors!.length;
      }
    }
  }
  assert.ok(kinds.size >= 3, [...kinds].join());
  assert.ok(refused === 0 || factored > 0);
});

Deno.test("every stage of a line has its notices, and each is counted", () => {
  const { result } = runSmall(small("baseline", { set: hard, days: 60 }));
  for (const kind of ["application", "grant", "raise", "cut", "statement", "offer"]) {
    assert.ok(read(result, `notices.${kind}`) > 0, kind);
  }
});
