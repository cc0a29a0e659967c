import assert from "node:assert/strict";
import { lineCount } from "#/sim/tables/lines.ts";
import { never } from "#/sim/tables/shoppers.ts";
import { assertMoves, openSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { fusedPoints } from "#/sim/scoring/points.ts";
import { worstReported } from "./report.ts";

const always = (...settings: string[]) => settings.flatMap((one) => [one, `world.history.set.${one}`]);
const troubled = always(
  "behaviour.hardshipPerYearBps=4000",
  "population.baitiaoUsersBps=5000",
);
const late = { days: 40, under: [...troubled, "bureau.active=true"] };

Deno.test("report: without a bureau nothing is reported, and its terms move nothing", () => {
  const nothing = { "notices.reported": "0", "resultOf.ant": "0", "pd12m.ant": "0" } as const;
  assertMoves("baseline", ["collections.huabei.reportFromDpd=5"], nothing, { days: 40, under: troubled });
});

Deno.test("report: with a bureau lateness is seen without a link: scores of the other line fall, and it costs", () => {
  assertMoves("baseline", ["bureau.active=true"], {
    "notices.reported": "+",
    "external.collection-cost": "+",
    "pd12m.ant": "+",
    "pd12m.jd": "+",
  }, { days: 40, under: troubled });
});

Deno.test("report: an earlier report reaches more people, and one that deters leaves less in arrears", () => {
  assertMoves("baseline", ["collections.huabei.reportFromDpd=5"], { "notices.reported": "+" }, late);
  assertMoves(
    "baseline",
    [
      "collections.cannot.reportedFactorBps=50000",
      "collections.forgets.reportedFactorBps=50000",
    ],
    { "days.dpd.huabei.M4+": "-" },
    late,
  );
});

Deno.test("report: the file shows the worst bucket, is read by the other issuer, and forgets after its time", () => {
  const set = [
    ...troubled,
    "bureau.active=true",
    "bureau.memoryDays=40",
    "collections.huabei.reportFromDpd=31",
  ];
  const world = openSmall(small("baseline", { days: 60, set })), { lines } = world;
  for (let day = 0; day < 3; day++) walkDay(world, day);
  let seen = 0;
  for (let line = 1; line < lines.count; line += lineCount) {
    const dpd = lines.oldestDue[line] === never ? 0 : 2 - lines.oldestDue[line];
    if (dpd === 45) assert.equal(worstReported(world, line), 2);
    if (dpd > 31) {
      seen++;
      assert.ok(worstReported(world, line) >= 1);
    }
  }
  assert.ok(seen > 0);
  // One late Huabei line by hand: its holder's Baitiao score falls, and rises again when the file forgets.
  const i = lines.oldestDue.findIndex((oldest, line) => line % 2 === 1 && oldest === never) >> 1;
  const other = i * lineCount + 1, before = fusedPoints(world, i, 0);
  lines.worstReported[other] = 2;
  lines.reportedOn[other] = 2;
  assert.ok(fusedPoints(world, i, 0) < before);
  world.today.day = 42;
  const remembered = fusedPoints(world, i, 0);
  world.today.day = 43;
  assert.ok(worstReported(world, other) === 0 && fusedPoints(world, i, 0) > remembered);
});
