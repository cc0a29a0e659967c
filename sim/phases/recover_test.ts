import assert from "node:assert/strict";
import { assertMoves, runSmall, small } from "#/sim/testing/worlds.ts";

const always = (...settings: string[]) => settings.flatMap((one) => [one, `world.history.set.${one}`]);
/** Many claims are written off early and few find a buyer; the last of July is day 30. */
const unsold = always(
  "behaviour.hardshipPerYearBps=4000",
  "behaviour.hardshipMeanDays=40",
  "credit.huabei.chargeOffDpd=60",
  "credit.baitiao.chargeOffDpd=60",
  "collections.claimsSoldBps=2000",
  "behaviour.hardshipCureBpsPerDay=0",
  "behaviour.cureBpsPerDay=300",
);
const at = { days: 40, under: unsold };

Deno.test("recover: what is paid on unsold claims lowers the net loss by as much, and is the issuer's", () => {
  assertMoves("interop", ["collections.recoveredPerMonthBps=5000"], {
    "recovered.ant": "+",
    netLoss: "-",
    "lossBy.ant": "-",
    "resultOf.ant": "+",
    "resultOf.shoppers": "-",
    "days.chargeOff.huabei": "0",
  }, at);
  const of = (bps: number) =>
    runSmall(small("interop", { days: 40, set: [...unsold, `collections.recoveredPerMonthBps=${bps}`] }))
      .result;
  const none = of(0), some = of(5_000);
  const { value } = some.outcomes["recovered.ant"], jd = some.outcomes["recovered.jd"].value;
  assert.equal(none.outcomes["recovered.ant"].value, 0);
  assert.equal(none.outcomes.netLoss.value - some.outcomes.netLoss.value, value + jd);
  assert.equal(some.daily.columns["recovered.huabei"][30], value);
});

Deno.test("recover: of claims that were all sold nothing comes back", () => {
  assertMoves("interop", ["collections.recoveredPerMonthBps=5000"], { "recovered.ant": "0", netLoss: "0" }, {
    days: 40,
    under: [...unsold, ...always("collections.claimsSoldBps=10000")],
  });
});

Deno.test("recover: what was lent across platforms is given back as its loss was shared", () => {
  // Days enough that loans of the run itself are written off and paid within it.
  const shared = [...unsold, "sharing.rule=marketShare", "collections.recoveredPerMonthBps=10000"];
  let bridged = 0;
  const { world } = runSmall(small("interop", { days: 160, set: shared }), {
    inspect: ({ memory }) => {
      for (const { recoveredFen, recoveredBridgedFen } of memory.lost) {
        assert.ok(recoveredBridgedFen <= recoveredFen);
        bridged += recoveredBridgedFen;
      }
    },
  });
  assert.ok(bridged > 0);
  const { lossByFen, lossIncurredFen } = world.memory;
  assert.equal(lossByFen[0] + lossByFen[1], lossIncurredFen);
});
