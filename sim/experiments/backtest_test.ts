import assert from "node:assert/strict";
import { runSmall, small } from "#/sim/testing/worlds.ts";
import { readBacktest, simulatedOf } from "./backtest.ts";
import { type Backtest, backtestNames, backtests } from "./backtests.ts";

Deno.test("every observed figure has its day, its source, and lies on a day that its episode reaches", () => {
  for (const name of backtestNames) {
    const { figures, path, scenario }: Backtest = backtests[name];
    const { world } = small(scenario, { days: 365 }).scenario;
    const start = Date.parse(world.startDate), end = start + 365 * 86_400_000;
    for (const { on, source, observed } of figures) {
      assert.ok(Date.parse(on) >= start && Date.parse(on) < end, `${name}: ${on}`);
      assert.ok(source.length > 15 && observed > 0);
    }
    for (const { on } of path.points) assert.ok(Date.parse(on) >= start && Date.parse(on) < end);
  }
});

Deno.test("the interval of one more replication is wider than that of the mean, and shrinks to the spread", () => {
  const values = Array.from({ length: 400 }, (_, i) => 10 + (i % 7) - 3);
  const { mean, low, high, oneLow, oneHigh } = simulatedOf(values);
  assert.ok(oneLow < low && high < oneHigh && low <= mean && mean <= high);
  assert.ok(Math.abs(oneHigh - mean - 1.966 * 2.0025) < 0.02, `${oneHigh - mean}`);
  assert.throws(() => readBacktest("spring2020", { runs: [] }), /from 0; 2 or more/);
});

Deno.test("the spring of 2020 is read on its dates, and lateness rises from January to May", () => {
  const runs = [0, 1].map((replication) =>
    runSmall(small("baseline", { shoppers: 2_000, days: 365 }), { replication }).result
  );
  const found = readBacktest("spring2020", { runs });
  assert.equal(found.inside + found.outside, found.rows.length);
  const rise = found.rows.find(({ name }) => name === "rise")!;
  assert.ok(rise.simulated!.mean > 1, `${rise.simulated!.mean}`);
  // Moved observations are outside: the verdict can say no.
  const far = readBacktest("spring2020", { runs: runs.map((run) => doubled(run)) });
  assert.notDeepEqual(
    far.rows.map((row) => row.simulated?.mean),
    found.rows.map((row) => row.simulated?.mean),
  );
  const short = runSmall(small("baseline", { days: 20 })).result;
  assert.equal(readBacktest("spring2020", { runs: [short, short] }).rows[0].simulated, null);
});

Deno.test("the leverage rule binds in its episode: less bank money on own money than without it, and its bound can be missed", () => {
  const runs = (set: readonly string[]) =>
    [0, 1].map((replication) =>
      runSmall(small("b-leverage2020", { shoppers: 800, days: 365, set }), { replication }).result
    );
  const without = runs(backtests.leverage2020.without.set);
  const found = readBacktest("leverage2020", { runs: runs([]), without });
  const leverage = found.rows.find(({ name }) => name === "bankLeverageSpring2021")!;
  assert.ok(leverage.without!.mean > leverage.simulated!.mean + 0.05, `${leverage.without!.mean}`);
  assert.equal(leverage.isInside, leverage.simulated!.mean <= 1.01);
  assert.ok(without.every((run) => run.outcomes["ruleTrimmed.bankLeverage"].value === 0));
  assert.ok(found.without!.simulated.mean.length === 365);
});

function doubled(run: ReturnType<typeof runSmall>["result"]) {
  const columns = { ...run.daily.columns };
  for (const name of Object.keys(columns)) {
    if (/^dpd\.\w+\.M[2-4]/.test(name)) columns[name] = columns[name].map((x) => 2 * x);
  }
  return { ...run, daily: { columns } };
}
