import { assertMoves } from "#/sim/testing/worlds.ts";

Deno.test("lose: an earlier charge-off day writes off more and leaves less in arrears", () => {
  assertMoves("interop", ["credit.huabei.chargeOffDpd=60"], {
    "chargeOffRate.ant": "+",
    "chargeOffRate.jd": "0",
    "dpd90Share.ant": "-",
    netLoss: "+",
  }, { days: 40 });
});

Deno.test("lose: claims that sell for more lose less, and the issuer keeps it", () => {
  assertMoves("interop", ["credit.huabei.claimSalePriceBps=5000"], {
    "days.recovery.huabei": "+",
    "days.chargeOff.huabei": "0",
    netLoss: "-",
    "resultOf.ant": "+",
  }, { days: 40, under: ["credit.huabei.chargeOffDpd=60"] });
});

Deno.test("lose: what is stolen is lost by issuers, and is no debt of the victim", () => {
  assertMoves("interop", ["fraud.perYearPpm.stolenAccount=1000000", "fraud.points.distance=0"], {
    fraudLoss: "+",
    netLoss: "+",
    "resultOf.ant": "-",
  });
});
