import assert from "node:assert/strict";
import { load } from "#/scenarios/load.ts";
import { runSmall, small } from "#/sim/testing/worlds.ts";

const { result } = runSmall(small("l2-squeeze", { shoppers: 2_000, days: 180 }));
const column = (name: string) => {
  const values = result.daily.columns[name];
  assert.ok(values, `no column ${name}`);
  return values;
};
const first = (name: string, holds: (value: number) => boolean) => column(name).findIndex(holds);

Deno.test("a squeeze shows, in this order: warning, contingency, throttle, refusals for it, recovery", () => {
  const days = {
    warning: first("alarm.jd", (rings) => rings > 0),
    contingency: first("contingency.jd", (step) => step > 0),
    throttle: first("throttle.jd", (share) => share < 1),
    refusals: first("fundingRefused", (count) => count > 0),
    recovery: column("throttle.jd").findLastIndex((share) => share < 1) + 1,
  };
  const order = Object.values(days);
  assert.ok(order.every((day) => day > 0), JSON.stringify(days));
  for (let k = 1; k < order.length; k++) assert.ok(order[k] > order[k - 1], JSON.stringify(days));
  // Nothing before the market shuts, and all new credit is granted again at the end, after the lines are back.
  const { shocks } = load("l2-squeeze").scenario;
  assert.ok(days.warning >= Math.min(...shocks.map(({ fromDay }) => fromDay)), JSON.stringify(days));
  assert.ok(days.recovery > Math.max(...shocks.map(({ untilDay }) => untilDay)), JSON.stringify(days));
  assert.equal(column("throttle.jd").at(-1), 1);
  assert.equal(column("contingency.jd").at(-1), 0);
});

Deno.test("in a squeeze money would have lasted fewer than 90 days for longer than fewer than 60, and fewer than 30", () => {
  const below = [30, 60, 90].map((days) => result.outcomes[`survivalBelow${days}.jd`].value);
  const lasts = column("survivalDays.jd");
  assert.deepEqual(below, [30, 60, 90].map((days) => lasts.filter((lasted) => lasted < days).length));
  assert.ok(0 < below[0] && below[0] <= below[1] && below[1] <= below[2], `${below}`);
});

Deno.test("in a squeeze shoppers read why they are refused, and the other lender goes on as before", () => {
  const { refused, redirected } = result.purchases;
  const count = (refused.decide?.["funding-throttle"] ?? 0) + (redirected.decide?.["funding-throttle"] ?? 0);
  assert.ok(count > 0);
  assert.ok(column("throttle.ant").every((share) => share === 1));
  assert.ok(column("contingency.ant").every((step) => step < 3));
});

Deno.test("the plan takes one step a day, and no new credit beyond what it allows is granted", () => {
  const steps = column("contingency.jd"), granted = column("throttle.jd");
  for (const [day, step] of steps.entries()) {
    assert.ok(Math.abs(step - (steps[day - 1] ?? 0)) <= 1, `day ${day}`);
    if (step >= 4) assert.equal(granted[day], 0, `day ${day}`);
    else if (step === 3) assert.ok(granted[day] <= 0.6, `day ${day}`);
  }
});

Deno.test("what the squeeze was expected to move, it moves", () => {
  const base = runSmall(small("baseline", { shoppers: 2_000, days: 180 })).result;
  for (const { outcome, sign } of load("l2-squeeze").scenario.expected) {
    const [from, to] = [base, result].map(({ outcomes }) => outcomes[outcome].value);
    assert.equal(to > from ? "+" : to < from ? "-" : "0", sign, `${outcome}: ${from} → ${to}`);
  }
});
