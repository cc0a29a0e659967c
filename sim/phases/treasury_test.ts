import assert from "node:assert/strict";
import { assertMoves, runSmall, small } from "#/sim/testing/worlds.ts";

const line = "funding.ant.bankLine.";
const size = { shoppers: 600, days: 30 };
const moves = (
  set: readonly string[],
  signs: Parameters<typeof assertMoves>[2],
  under: readonly string[] = [],
) => assertMoves("baseline", set, signs, { ...size, under });

Deno.test("treasury: draws that wait for a window leave less cash than draws at once", () => {
  // Between two due days the book grows: each evening's draw pays the next day's shops.
  for (const rail of ["dns", "rtgs"]) {
    assertMoves("baseline", [`clearing.flows.treasury=${rail}`], { "days.cash.ant": "-" }, {
      ...size,
      days: 8,
    });
  }
  moves(["clearing.flows.treasury=dns"], { "days.obligedGross": "+" });
});

Deno.test("treasury: over the bridge, draws and repayments are settled there", () => {
  assertMoves("interop", ["clearing.flows.treasury=rtgs"], { "days.bulkSettled": "+" }, size);
});

Deno.test("treasury: an uncommitted line is drawn first where it is cheaper, and is repaid after notice", () => {
  const uncommitted = ["funding.ant.uncommittedLine.active=true"];
  moves(uncommitted, {
    "sourceOwed.ant.uncommittedLine": "+",
    "sourceOwed.ant.bankLine": "-",
    "sourceCost.ant.uncommittedLine": "+",
  });
  moves(
    ["funding.ant.uncommittedLine.spreadBps=300"],
    { "sourceOwed.ant.uncommittedLine": "-" },
    uncommitted,
  );
  moves(
    ["funding.ant.uncommittedLine.limitCny=40000000000"],
    { "sourceOwed.ant.uncommittedLine": "-" },
    uncommitted,
  );
  const notice = ["shocks=[{ event: notice-given, fromDay: 5, untilDay: 60, issuer: ant }]"];
  moves(
    notice,
    { "sourceOwed.ant.uncommittedLine": "-", "last.sourceOwed.ant.uncommittedLine": "-" },
    uncommitted,
  );
  moves(["funding.ant.uncommittedLine.noticeDays=20"], { "sourceOwed.ant.uncommittedLine": "+" }, [
    ...uncommitted,
    ...notice,
  ]);
});

Deno.test("treasury: owners lend when the banks do not, and earn for it", () => {
  const tight = [`${line}commitmentCny=225000000000`];
  const owners = "funding.ant.shareholderLoan.active=true";
  moves([owners], {
    "sourceOwed.ant.shareholderLoan": "+",
    "resultOf.investors": "+",
    "turnedAway.decide.funding-throttle": "-",
  }, tight);
  moves(["funding.ant.shareholderLoan.spreadBps=800"], { "sourceCost.ant.shareholderLoan": "+" }, [
    ...tight,
    owners,
  ]);
  moves(["funding.ant.shareholderLoan.commitmentCny=100000000"], { "sourceOwed.ant.shareholderLoan": "-" }, [
    ...tight,
    owners,
  ]);
});

Deno.test("treasury: a secured line lends on pledged receivables that are not too late", () => {
  const secured = [`${line}secured=true`];
  moves([...secured, `${line}advanceRateBps=5000`], { fundingGapDays: "+", registerRefusals: "0" });
  const tight = [...secured, `${line}advanceRateBps=5000`];
  moves([`${line}advanceRateBps=6000`], { "days.throttle.ant": "+" }, tight);
  const late = ["behaviour.forgetBps=9000", "behaviour.cureBpsPerDay=0"];
  moves([`${line}eligibleDpd=2`], { "days.throttle.ant": "-" }, [...tight, ...late]);
});

Deno.test("treasury: a broken covenant stops draws, and calls the line when it is not cured", () => {
  const broken = [`${line}netAssetsMinCny=90000000000000`];
  moves([...broken, `${line}cureDays=90`], { "covenantDays.ant": "+", "days.throttle.ant": "-" });
  moves([`${line}cureDays=3`], { "sourceOwed.ant.bankLine": "-" }, [...broken, `${line}cureDays=90`]);
  // Only lateness beyond 90 days counts, and at the opening there is some.
  moves([`${line}late90MaxBps=0`], { "covenantDays.ant": "+" });
});

Deno.test("treasury: a commitment fee is paid on what is not drawn", () => {
  moves([`${line}commitmentFeeBps=100`], { "sourceCost.ant.bankLine": "+", "resultOf.banks": "+" });
});

Deno.test("treasury: what a source costs is what its lender earns, to the fen", () => {
  const cost = (set: string[]) => {
    const { world } = runSmall(small("baseline", { ...size, set }));
    return world.funding.issuers[1].costFen.reduce((sum, fen) => sum + fen, 0);
  };
  assert.ok(cost([`${line}spreadBps=400`]) > cost([]));
});

Deno.test("treasury: no covenant on net assets breaks on a due day, when what shoppers paid is not yet on the books", () => {
  const set = [`${line}late90MaxBps=9000`, `${line}netAssetsMinCny=10000000000`];
  const { result } = runSmall(small("baseline", { ...size, set }));
  assert.equal(result.outcomes["covenantDays.ant"].value, 0);
  assert.ok(result.outcomes["capitalLeast.ant"].value > 1e10);
});
