import assert from "node:assert/strict";
import { assertMoves, runSmall, small } from "#/sim/testing/worlds.ts";

const size = { shoppers: 600, days: 60 };
const joint = ["funding.jd.jointLoan.active=true"];

Deno.test("jointLoan: banks put up part of new credit, so less is drawn, and take part of the interest", () => {
  assertMoves("baseline", joint, {
    "sourceOwed.jd.jointLoan": "+",
    "sourceOwed.jd.bankLine": "-",
    "sourceCost.jd.jointLoan": "+",
    gmv: "0",
  }, size);
  const under = joint;
  const part = "funding.jd.jointLoan.";
  assertMoves("baseline", [`${part}contributionBps=2000`], { "sourceOwed.jd.jointLoan": "-" }, {
    ...size,
    under,
  });
  assertMoves("baseline", [`${part}poolShareBps=8000`], { "sourceOwed.jd.jointLoan": "+" }, {
    ...size,
    under,
  });
  assertMoves("baseline", [`${part}serviceFeeBps=6000`], {
    "sourceCost.jd.jointLoan": "-",
    "resultOf.jd": "+",
    "resultOf.banks": "-",
  }, { ...size, under });
});

Deno.test("jointLoan: the banks bear their part of losses, and what they are owed ends within the balance", () => {
  const late = [
    "behaviour.forgetBps=3000",
    "behaviour.hardshipCureBpsPerDay=0",
    "behaviour.cureBpsPerDay=0",
    "credit.baitiao.chargeOffDpd=60",
  ];
  const { result, world } = runSmall(
    small("baseline", { set: [...joint, ...late], shoppers: 600, days: 130 }),
  );
  assert.ok(result.outcomes["jointLoss.jd"].value > 0);
  const owed = result.daily.columns["sourceOwed.jd.jointLoan"],
    balance = result.daily.columns["balance.baitiao"];
  assert.ok(owed.every((cny, day) => cny >= 0 && cny <= balance[day]));
  assert.ok(world.funding.issuers[0].jointBuckets.length === 20);
});
