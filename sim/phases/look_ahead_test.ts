import assert from "node:assert/strict";
import { ScenarioError } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import { differenceFrom } from "#/sim/testing/first_difference.ts";
import { assertMoves, bookOf, runSmall, small } from "#/sim/testing/worlds.ts";

/** A lender whose line hardly carries its book. */
const short = ["funding.ant.bankLine.commitmentCny=330000000000"];
const planned = [...short, "treasury.contingency.active=true"];

Deno.test("where lines are ample nothing warns for want of money, no step is taken, and money lasts as far as one looks", () => {
  const { result: { outcomes } } = runSmall(small("baseline"));
  for (const issuer of ["jd", "ant"]) {
    assert.equal(outcomes[`survivalLeast.${issuer}`].value, 90);
    for (const days of [30, 60, 90]) assert.equal(outcomes[`survivalBelow${days}.${issuer}`].value, 0);
  }
  for (const step of ["drawUnused", "tightenOffers", "throttle", "stop", "placeReceivables"]) {
    assert.equal(outcomes[`contingencyDays.${step}`].value, 0);
  }
  assert.equal(outcomes.warningShortfalls.value, 0);
});

Deno.test("a smaller line shortens the time that money lasts, lowers the gauges and rings the alarm", () => {
  assertMoves("interop", short, {
    "survivalLeast.ant": "-",
    "survivalBelow90.ant": "+",
    "survivalBelow30.jd": "0",
    "survivalLeast.jd": "0",
    "lcrLeast.ant": "-",
    "alarmDays.ant": "+",
    "warnedDays.lineUtilisation": "+",
    "warnedDays.survivalHorizon": "+",
  });
});

Deno.test("each step of the plan does what it says", () => {
  const step = (name: string, days: number) => `treasury.contingency.${name}Days=${days}`;
  const none = ["drawUnused", "tightenOffers", "throttle", "stop", "placeReceivables"].map((name) =>
    step(name, 0)
  );
  const active = ["treasury.contingency.active=true", "funding.ant.bankLine.commitmentCny=450000000000"];
  const under = [...active, ...none, "treasury.stress.backBps=5000"];
  const drawn = [step("drawUnused", 90)];
  assertMoves("interop", drawn, {
    "bookLine.huabei": "+",
    "days.cash.ant": "+",
    "contingencyDays.drawUnused": "+",
  }, { under });
  const tightened = [...drawn, step("tightenOffers", 90)];
  assertMoves("interop", [step("tightenOffers", 90)], {
    "offersSent.higherLimit": "-",
    "notices.raise": "-",
  }, { under: [...under, ...drawn] });
  const throttled = [...tightened, step("throttle", 90)];
  assertMoves("interop", [step("throttle", 90)], {
    "turnedAway.decide.funding-throttle": "+",
    "days.throttle.ant": "-",
    "days.fundable.ant": "+",
  }, { under: [...under, ...tightened] });
  assertMoves("interop", [step("stop", 90)], {
    "turnedAway.decide.funding-throttle": "+",
    "days.creditGmv": "-",
  }, { under: [...under, ...throttled] });
  assertMoves("interop", [step("placeReceivables", 90)], { placedPeak: "+", "days.cash.ant": "+" }, {
    under: [...under, ...throttled, step("stop", 90)],
  });
});

Deno.test("forecasts are held against what came: in a quiet world a week's error is below a third of what moved", () => {
  const { result: { outcomes } } = runSmall(small("interop", { days: 40 }));
  for (const issuer of ["jd", "ant"]) {
    const { value } = outcomes[`forecastError.${issuer}`];
    assert.ok(value > 0 && value < 1 / 3, `${issuer}: ${value}`);
  }
});

Deno.test("the alarm is judged against the shortfalls: with the plan switched off a shortage comes, and it was foretold", () => {
  const { result } = runSmall(small("interop", {
    days: 60,
    set: ["funding.ant.bankLine.commitmentCny=360000000000"],
  }));
  const of = (name: string) => result.outcomes[name].value;
  assert.ok(of("warningShortfalls") > 0, "no shortfall");
  assert.equal(of("warningHits") + of("warningMisses"), of("warningShortfalls"));
});

/** Rules that bind, and are broken, in July 2019. */
const bound = [
  ...planned,
  "funding.jd.jointLoan.active=true",
  "funding.jd.jointLoan.contributionBps=9800",
  "funding.jd.abs.active=true",
  ...Object.entries({
    bankLeverage: "07-09",
    bondLeverage: "07-08",
    platformContribution: "07-03",
    partnerShare: "07-12",
    jointLoanShare: "07-12",
    household: "07-03",
  }).map(([name, day]) => `rulebook.rules.${name}.from=2019-${day}`),
  "rulebook.rules.bondLeverage.until=2019-07-25",
  "rulebook.rules.bankLeverage.mostBps=14000",
  "rulebook.rules.bondLeverage.mostBps=3000",
  ...["bankLeverage", "bondLeverage"].map((name) => `rulebook.rules.${name}.graceDays=3`),
  ...["bankLeverage", "bondLeverage", "partnerShare", "jointLoanShare"].map((name) =>
    `rulebook.rules.${name}.cureDays=4`
  ),
  "rulebook.rules.household.mostCny=1500",
  "rulebook.partnerBanks.tierOneCny=2000000000",
  "rulebook.partnerBanks.loansCny=1000000000",
];
/** Money that runs out slowly and comes back, and people in trouble. */
const slowly = [
  "funding.ant.bankLine.commitmentCny=450000000000",
  "treasury.contingency.active=true",
  ...Object.entries({ drawUnused: 90, throttle: 5, stop: 3, placeReceivables: 1 }).map(([step, days]) =>
    `treasury.contingency.${step}Days=${days}`
  ),
  "behaviour.hardshipPerYearBps=9000",
  "shocks=[{ event: spread-jump, fromDay: 4, untilDay: 25, plusBps: 130 }, " +
  [[18, 20], [24, 26], [31, 40]].map(([fromDay, untilDay]) =>
    `{ event: line-withdrawn, fromDay: ${fromDay}, untilDay: ${untilDay}, issuer: ant, shareBps: 9900 }`
  ).join(", ") + "]",
];

Deno.test("every number of rule book and treasury moves a result where rules bind or money is short", () => {
  let still = Object.entries(load("baseline").assumptions).filter(([path]) =>
    /^(rulebook\.(rules|partnerBanks)|treasury)\./.test(path)
  );
  assert.ok(still.length > 40, `${still.length}`);
  for (const set of [bound, slowly]) {
    const size = { shoppers: 500, days: 48 }, base = small("interop", { ...size, set });
    const differs = differenceFrom(base, { openingBook: bookOf(base) });
    still = still.filter(([path, { range: [low, high], base: middle }]) =>
      [low, high, middle, Math.round(middle / 10), 0, 1, 3_000].every((value) => {
        try {
          return !differs(small("interop", { ...size, set: [...set, `${path}=${value}`] }));
        } catch (error) {
          // What the schema or the order of steps does not allow is no try.
          if (!(error instanceof ScenarioError)) throw error;
          return true;
        }
      })
    );
  }
  assert.deepEqual(still.map(([path]) => path), []);
});
