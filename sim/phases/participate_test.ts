import assert from "node:assert/strict";
import { assertMoves, read, runSmall, small } from "#/sim/testing/worlds.ts";

const lossy = [
  "fraud.perYearPpm.stolenAccount=1000000",
  "fraud.challengeFromPoints=1000",
  "fraud.refuseFromPoints=1000",
  "sharing.rule=originator",
];
const days = 30;

Deno.test("participate: what both grant moves exposure and funding to the partner, and its part of the loss with them", () => {
  assertMoves("s0-huabei-on-jd", ["credit.jointLimit=split"], {
    "participation.jd": "+",
    "bookLine.baitiao": "+",
    "bookLine.huabei": "-",
    "lossBy.jd": "+",
    "lossBy.ant": "-",
    netLoss: "0",
    "creditEnhancement.jd": "0",
  }, { days, under: [...lossy, "credit.jointLimit=joint"] });
});

Deno.test("participate: a larger part by contract moves more", () => {
  assertMoves("s0-huabei-on-jd", ["credit.jointGranting.partnerBps=7000"], {
    "participation.jd": "+",
    "lossBy.jd": "+",
    "lossBy.ant": "-",
  }, { days, under: [...lossy, "credit.jointLimit=split"] });
});

Deno.test("participate: parts by the market, or by what the customer owes each, move other parts", () => {
  for (const by of ["market", "income"]) {
    const { result } = runSmall(
      small("interop", { days, set: [...lossy, "credit.jointLimit=split", `credit.jointGranting.by=${by}`] }),
    );
    const part = read(result, "participation.jd");
    const fixed = runSmall(small("interop", { days, set: [...lossy, "credit.jointLimit=split"] })).result;
    assert.ok(part > 0 && part !== read(fixed, "participation.jd"), by);
    assert.match(result.sharing!.granting, by === "market" ? /market/ : /owes/);
  }
});

Deno.test("participate: the partner's claim is its part of the joint book, every day", () => {
  const set = [...lossy, "credit.jointLimit=split", "credit.jointGranting.partnerBps=4000"];
  runSmall(small("interop", { days, set }), {
    inspect: ({ joint, ledger, chart }, day) => {
      for (const [p, { participationFen }] of joint.treaties.entries()) {
        const bookFen = ledger.balanceFen(chart.products[p].loansBridged);
        // Each purchase and each day loses less than a fen to rounding.
        assert.ok(
          Math.abs(participationFen - 0.4 * bookFen) < 1_000,
          `day ${day}: ${participationFen} of ${bookFen}`,
        );
      }
    },
  });
});

Deno.test("participate: a part that the partner does not grant leaves everything as one limit over both lines", () => {
  assertMoves("interop", ["credit.jointLimit=split", "credit.jointGranting.partnerBps=0"], {
    "participation.jd": "0",
    "lossBy.jd": "0",
    "resultOf.jd": "0",
    "resultOf.ant": "0",
  }, { days, under: [...lossy, "credit.jointLimit=joint"] });
});
