import assert from "node:assert/strict";
import { draw } from "#/server/charts/draw.ts";
import { backtestPath } from "#/server/charts/experiments/backtest.ts";
import { readBacktest } from "#/sim/experiments/backtest.ts";
import { runSmall, small } from "#/sim/testing/worlds.ts";
import { backtestVerb, inWords } from "./backtest.ts";

const runs = [0, 1].map((replication) =>
  runSmall(small("baseline", { shoppers: 400, days: 230 }), { replication }).result
);
const found = readBacktest("spring2020", { runs });

Deno.test("a backtest is told with what was observed, its source, both intervals and the verdict; unreached days say so", () => {
  const text = inWords(found);
  assert.match(text, /2019-12-31 {2}Ant-like book, 30\+ days late\n {2}observed 1\.56 % \(Ant prospectus/);
  assert.match(text, /simulated \d[\d.]* % \(mean .* to .*; one more .* to .*\): (inside|outside)/);
  assert.match(text, /2020-05-31 .*\n.*\n {2}simulated not reached: nothing to hold it against/);
  assert.match(text, new RegExp(`${found.inside} inside, ${found.outside} outside\\.$`));
});

Deno.test("the path of a backtest is drawn with its observed points, without numbers that are none", () => {
  const drawn = draw(backtestPath(found), { id: "backtest" });
  assert.ok("svg" in drawn);
  assert.ok(!/NaN|undefined|Infinity/.test(drawn.svg + drawn.title + drawn.caption));
  assert.equal((drawn.svg.match(/<circle/g) ?? []).length, found.path.points.length);
  assert.match(drawn.svg, /1\.56 %/);
});

Deno.test("figures that stand close on a long path are written to the outer sides, so that both can be read", () => {
  const { simulated } = found.path, twice = (values: number[]) => [...values, ...values];
  const long = {
    ...found,
    path: {
      ...found.path,
      simulated: {
        mean: twice([...simulated.mean]),
        low: twice([...simulated.low]),
        high: twice([...simulated.high]),
      },
    },
  };
  const sides = (result: typeof found) => {
    const drawn = draw(backtestPath(result), { id: "backtest" });
    assert.ok("svg" in drawn);
    return ["end", "start"].filter((side) =>
      new RegExp(`text-anchor="${side}"[^>]*>(?:(?!</g>).)*1\\.(56|76) %`).test(drawn.svg)
    );
  };
  assert.deepEqual(sides(found), []);
  assert.deepEqual(sides(long as typeof found), ["end", "start"]);
});

Deno.test("an episode that is not there is refused with those that are", async () => {
  const verb = backtestVerb().exitOverride().configureOutput({ writeErr: () => {} });
  await assert.rejects(
    verb.parseAsync(["leverage2021"], { from: "user" }),
    /found leverage2021|Allowed choices are spring2020, leverage2020/,
  );
});
