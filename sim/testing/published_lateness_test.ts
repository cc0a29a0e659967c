import assert from "node:assert/strict";
import { runSmall, small } from "#/sim/testing/worlds.ts";
import { comparedLateness, uciStatusMoves } from "./published_lateness.ts";

const { result } = runSmall(small("baseline", { days: 40 }));

Deno.test("the UCI table holds its 150,000 moves, and figures follow from it", () => {
  assert.equal(uciStatusMoves.flat().reduce((sum, n) => sum + n, 0), 150_000);
  const [late, second, third] = comparedLateness(result);
  assert.equal(late.published, (1_854 + 1_291 + 6 + 4_918) / (50_610 + 81_182));
  assert.equal(second.published, (1_316 + 2_814) / 16_297);
  assert.equal(third.published, (96 + 104) / 1_877);
});

Deno.test("figures are read from the run's counts; what it does not reach is null and neither inside nor outside", () => {
  const counts = [
    [90, 9, 1, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0],
    [2, 0, 0, 8, 0, 0, 0],
    [0, 0, 0, 0, 6, 0, 0],
    [
      ...[1, 0, 0, 0, 2, 1, 0],
    ],
  ];
  const rolls = [{ issuer: "ant", states: [], counts, matrix: [] }];
  const found = comparedLateness({ ...result, servicing: { ...result.servicing!, rolls } });
  const of = (name: string) => found.find((it) => it.name === name)!;
  assert.deepEqual([of("ant: current, then late").found, of("ant: current, then late").inside], [0.1, false]);
  assert.deepEqual([
    of("ant: 31–60 days late, then current").found,
    of("ant: 31–60 days late, then current").inside,
  ], [
    0.2,
    true,
  ]);
  assert.equal(of("ant: 61 days late or more, then current").found, 0.1);
  for (
    const name of [
      "jd: current, then late",
      "jd: loans ever 90+ days late within six months",
      "ant: 30+ days late, end of May over end of January 2020",
    ]
  ) assert.deepEqual([of(name).found, of(name).inside], [null, null], name);
});

Deno.test("a year reaches the spring of 2020 and the ends of its ranges", () => {
  const year = runSmall(small("baseline", { days: 360 })).result;
  for (const { name, found, low, high } of comparedLateness(year)) {
    assert.ok(found !== null && found >= 0 && low < high, `${name}: ${found}`);
  }
});
