import assert from "node:assert/strict";
import { bookRules, followedRules, ruleBook } from "#/model/rulebook/registry.ts";
import { ScenarioError } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import { assertMoves, runSmall, small } from "#/sim/testing/worlds.ts";
import { assertSound, openSmall, walkDay } from "#/sim/testing/worlds.ts";

const rule = (name: string, ...terms: string[]) => terms.map((it) => `rulebook.rules.${name}.${it}`);

Deno.test("bankLeverage, switched on at a date, trims draws in its name, short of money before it stops anything", () => {
  assertMoves("interop", rule("bankLeverage", "from=2019-07-06"), {
    "ruleTrimmed.bankLeverage": "+",
    "ruleBreachDays.bankLeverage": "+",
    "ruleStopDays.bankLeverage": "0",
    "turnedAway.decide.bank-leverage": "0",
    fundingGapDays: "+",
    "bookLine.huabei": "-",
  });
});

Deno.test("bankLeverage: a passive breach that lasts longer than its grace stops new credit with the rule's name", () => {
  assertMoves("interop", rule("bankLeverage", "graceDays=2"), {
    "ruleStopDays.bankLeverage": "+",
    "ruleRefused.bankLeverage": "+",
    "turnedAway.decide.bank-leverage": "+",
    approvalRate: "-",
  }, { under: rule("bankLeverage", "from=2019-07-06") });
});

Deno.test("a breach that is cured is released, and new credit goes on", () => {
  // What Huabei's users repay on the tenth of the month brings the lender back to three times its own money.
  const supposed = small("interop", {
    days: 25,
    set: rule("bankLeverage", "from=2019-07-03", "mostBps=30000", "graceDays=0", "keptDays=2"),
  });
  const { result } = runSmall(supposed), { columns } = result.daily;
  const broken = columns["ruleBreach.bankLeverage.ant"];
  const first = broken.indexOf(1), cured = broken.indexOf(0, first);
  assert.equal(first, 2);
  assert.ok(cured > first, `never cured: ${broken}`);
  assert.ok(result.outcomes["ruleCured.bankLeverage"].value >= 1);
  // Refused on the days after the breach began, granted on those after its end.
  const ratio = columns["ruleRatio.bankLeverage.ant"];
  assert.ok(ratio[first] > 3 && ratio[cured] <= 3, `${ratio}`);
  assert.ok(result.outcomes["ruleRefused.bankLeverage"].value > 0);
});

Deno.test("a breach that outlasts its cure period is counted as overrun", () => {
  const base = rule("bankLeverage", "from=2019-07-02", "cureDays=400");
  assertMoves("interop", rule("bankLeverage", "cureDays=5"), { "ruleOverrun.bankLeverage": "+" }, {
    under: base,
  });
  assertMoves("interop", rule("bankLeverage", "keptDays=90"), { "ruleCured.bankLeverage": "-" }, {
    under: rule("bankLeverage", "from=2019-07-02", "mostBps=30000"),
    days: 25,
  });
});

Deno.test("bondLeverage trims an issue of notes, and stops new credit when net assets have shrunk below it", () => {
  const under = ["funding.jd.abs.active=true"];
  assertMoves("interop", rule("bondLeverage", "from=2019-07-02", "mostBps=3000"), {
    "ruleTrimmed.bondLeverage": "+",
    "days.sourceOwed.jd.abs": "-",
  }, { under });
  assertMoves("interop", rule("bondLeverage", "from=2019-07-12", "mostBps=3000", "graceDays=1"), {
    "ruleRefused.bondLeverage": "+",
    "ruleBreaches.bondLeverage": "+",
    "turnedAway.decide.bond-leverage": "+",
  }, { under });
});

Deno.test("platformContribution trims the banks' part of joint loans", () => {
  const under = ["funding.jd.jointLoan.active=true", "funding.jd.jointLoan.contributionBps=9800"];
  assertMoves("interop", rule("platformContribution", "from=2019-07-02"), {
    "ruleTrimmed.platformContribution": "+",
    "days.sourceOwed.jd.jointLoan": "-",
  }, { under });
  assertMoves("interop", rule("platformContribution", "from=2019-07-02", "leastBps=10000"), {
    "last.sourceOwed.jd.jointLoan": "-",
  }, { under: [...under, ...rule("platformContribution", "from=2019-07-02")] });
});

Deno.test("partnerShare and jointLoanShare trim new joint loans to the room of the banks, and record a breach", () => {
  const under = ["funding.jd.jointLoan.active=true"];
  for (const [name, base] of [["partnerShare", "tierOneCny"], ["jointLoanShare", "loansCny"]]) {
    assertMoves("interop", [...rule(name, "from=2019-07-12"), `rulebook.partnerBanks.${base}=600000000`], {
      [`ruleTrimmed.${name}`]: "+",
      [`ruleBreachDays.${name}`]: "+",
      [`ruleStopDays.${name}`]: "+",
      "last.sourceOwed.jd.jointLoan": "-",
    }, { under });
  }
});

Deno.test("household trims limits and refuses what would go above them, with the rule's name", () => {
  assertMoves("interop", rule("household", "from=2019-07-02", "mostCny=800"), {
    "ruleTrimmed.household": "+",
    "ruleRefused.household": "+",
    "turnedAway.decide.household-cap": "+",
    "days.creditGmv": "-",
  }, { days: 12 });
});

Deno.test("licensedScoring refuses every approval on a score of raw data, and lets a licensed bureau's pass", () => {
  const set = rule("licensedScoring", "from=2019-07-05");
  assertMoves("interop", set, {
    "ruleRefused.licensedScoring": "+",
    "turnedAway.decide.unlicensed-scoring": "+",
    "days.creditGmv": "-",
  }, { under: ["scoring.fusion=pooled"], days: 12 });
  assertMoves("interop", set, { "ruleRefused.licensedScoring": "0", "days.creditGmv": "0" }, {
    under: ["scoring.fusion=stacked"],
    days: 12,
  });
});

Deno.test("allInCost says what it has trimmed", () => {
  assertMoves("interop", ["rulebook.allInCostCapFrom=2019-07-02", "rulebook.allInCostCapBps=1000"], {
    "ruleTrimmed.allInCost": "+",
  });
});

Deno.test("a rule binds neither before its day, nor from the day on which it ends, nor while it is switched off", () => {
  const moved = { "ruleTrimmed.bankLeverage": "0", "ruleBreachDays.bankLeverage": "0" } as const;
  assertMoves("interop", rule("bankLeverage", "from=2019-08-06"), moved);
  assertMoves("interop", rule("bankLeverage", "from=2019-07-06", "active=false"), moved);
  assertMoves("interop", rule("bankLeverage", "until=2019-07-08"), { "ruleBreachDays.bankLeverage": "-" }, {
    under: rule("bankLeverage", "from=2019-07-06"),
  });
});

Deno.test("what the book holds to the licence does not bind another licence", () => {
  assertMoves(
    "interop",
    ['credit.huabei.licences=[{ from: "2011-01-01", licence: consumer-finance }]'],
    { "ruleBreachDays.bankLeverage": "-" },
    { under: rule("bankLeverage", "from=2019-07-06") },
  );
});

Deno.test("a rule without a day is an error that names it", () => {
  assert.throws(
    () => load("baseline", { set: rule("household", "from=null") }),
    (error: Error) =>
      error instanceof ScenarioError && /rulebook\.rules\.household\.from/.test(error.message),
  );
  assert.throws(
    () => load("baseline", { set: rule("household", "from=2019-13-01") }),
    /rulebook\.rules\.household\.from: found 2019-13-01/,
  );
  assert.throws(
    () => load("baseline", { set: rule("household", "from=2019-12-01", "until=2019-11-30") }),
    /rulebook\.rules\.household\.until: found 2019-11-30; allowed is 2019-12-01/,
  );
});

Deno.test("the shipped world supposes each rule from the day of the law", () => {
  const { scenario } = load("baseline");
  for (const name of bookRules) {
    const from = name === "allInCost"
      ? scenario.rulebook.allInCostCapFrom
      : scenario.rulebook.rules[name].from;
    assert.equal(from, ruleBook[name].from, name);
  }
  assert.ok(followedRules.every((name) => bookRules.includes(name)));
});

Deno.test("all rules at once, on every source: books agree and limits hold, each day", () => {
  const world = openSmall(small("interop", {
    shoppers: 400,
    days: 16,
    set: [
      ...bookRules.filter((name) => name !== "allInCost").flatMap((name) =>
        rule(name, name === "household" ? "from=2019-07-04" : "from=2019-07-06")
      ),
      "rulebook.rules.household.mostCny=2000",
      "rulebook.partnerBanks.tierOneCny=2000000000",
      "treasury.contingency.active=true",
      ...["jd", "ant"].flatMap((issuer) =>
        ["uncommittedLine", "shareholderLoan", "jointLoan", "abs", "privatePlacement", "supplierFinance"]
          .map((source) => `funding.${issuer}.${source}.active=true`)
      ),
    ],
  }));
  for (let day = 0; day < 16; day++) walkDay(world, day, (phase) => assertSound(world, phase));
});
