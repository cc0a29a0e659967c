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
  assert.ok(result.outcomes["jointLoanLoss.jd"].value > 0);
  const owed = result.daily.columns["sourceOwed.jd.jointLoan"],
    balance = result.daily.columns["balance.baitiao"];
  assert.ok(owed.every((cny, day) => cny >= 0 && cny <= balance[day]));
  assert.ok(world.funding.issuers[0].jointBuckets.length === 20);
});

Deno.test("jointLoan: the banks' part comes before the rule between the platforms, so that nothing is borne twice", () => {
  const late = ["behaviour.forgetBps=3000", "behaviour.hardshipCureBpsPerDay=0", "behaviour.cureBpsPerDay=0"];
  const off = ["credit.baitiao.chargeOffDpd=60", "credit.huabei.chargeOffDpd=60"];
  const rule = ["sharing={ rule: quotaShare, partnerBps: 5000 }"];
  const of = (set: string[]) =>
    runSmall(small("interop", { set: [...late, ...off, ...rule, ...set], shoppers: 1_000, days: 130 }));
  const { result, world } = of([...joint, "funding.jd.jointLoan.poolShareBps=10000"]);
  const { lossByFen, lossIncurredFen } = world.memory;
  assert.equal(lossByFen.reduce((sum, fen) => sum + fen, 0), lossIncurredFen);
  assert.equal(lossByFen[2], world.funding.issuers[0].bankLossFen);
  assert.ok(lossByFen[2] > 0);
  // What the banks bear of Baitiao's losses across the bridge leaves less for the partner, too.
  const alone = of([]).result.outcomes;
  assert.ok(result.outcomes["lossBy.ant"].value < alone["lossBy.ant"].value);
  assert.ok(result.outcomes["lossBy.jd"].value < alone["lossBy.jd"].value);
});
