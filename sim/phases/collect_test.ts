import assert from "node:assert/strict";
import { noticeKinds as noticesOfLines } from "#/model/notices.ts";
import { stageOf, stages } from "#/model/credit/collections.ts";
import { noticeKinds } from "#/model/credit/late_notices.ts";
import { products } from "#/model/names.ts";
import { lineCount, overdueAt } from "#/sim/tables/lines.ts";
import { assertMoves, openSmall, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";

const always = (...settings: string[]) => settings.flatMap((one) => [one, `world.history.set.${one}`]);
const troubled = always("behaviour.hardshipPerYearBps=4000");
/** A town where stages follow each other quickly, so that 40 days see all of them. */
const quick = [
  ...troubled,
  ...always(
    "collections.huabei.callFromDpd=4",
    "collections.huabei.agencyFromDpd=8",
    "collections.huabei.lawFromDpd=35",
    "collections.huabei.agencyCasesPerMonth=100000000",
    "behaviour.forgetBps=2000",
  ),
];
const late = { days: 40, under: quick };

Deno.test("collect: fewer places leave cases waiting, fewer calls, and more lateness", () => {
  const strong = ["collections.cannot.callFactorBps=50000", "collections.forgets.callFactorBps=50000"];
  assertMoves("interop", ["collections.huabei.callsPerDay=0"], {
    casesWaiting: "+",
    "notices.call": "-",
    "external.collection-cost": "-",
    "days.dpd.huabei.M1": "+",
  }, {
    days: 40,
    under: [...quick, ...strong, "collections.huabei.agencyFromDpd=60", "collections.huabei.lawFromDpd=90"],
  });
  for (const [places, notice] of [["agencyCases", "agency"], ["lawCases", "law"]]) {
    assertMoves("interop", [`collections.huabei.${places}PerMonth=0`], { [`notices.${notice}`]: "-" }, late);
  }
});

for (const order of ["amount", "age"] as const) {
  Deno.test(`collect: places go to cases by ${order}, and no place stays free while a case waits`, () => {
    const set = [...quick, `collections.huabei.order=${order}`, "collections.huabei.callsPerDay=900000"];
    const world = openSmall(small("interop", { days: 40, set })), { lines, servicing, terms } = world;
    const huabei = products.indexOf("huabei"), issuer = terms.collections.issuers[huabei];
    let compared = 0;
    for (let day = 0; day < 40; day++) {
      let before = lines.stage.slice();
      walkDay(world, day, (phase) => {
        if (phase === "repay") before = lines.stage.slice();
        if (phase !== "age") return;
        const taken: number[] = [], waits: number[] = [];
        for (let k = 0; k < world.arrears.length; k++) {
          const line = world.arrears.lines[k], dpd = day - lines.oldestDue[line];
          if (line % lineCount !== huabei || dpd === 0 || stageOf(dpd, issuer) !== 2) continue;
          if (before[line] < 2) (lines.stage[line] === 2 ? taken : waits).push(line);
        }
        if (waits.length === 0) return;
        assert.ok(servicing.places[huabei * stages.length + 2] < 1, `day ${day}: a place is free`);
        // The first in turn has the greatest overdue amount, or the earliest due day.
        const key = (line: number) =>
          order === "amount" ? lines.fen[overdueAt(line)] : -lines.oldestDue[line];
        const least = Math.min(...taken.map(key)), most = Math.max(...waits.map(key));
        if (taken.length > 0) {
          compared++;
          assert.ok(least >= most, `day ${day}: ${least} was taken before ${most}`);
        }
      });
    }
    assert.ok(compared > 0);
  });
}

Deno.test("collect: what an agency brings in costs its commission, and shoppers nothing more", () => {
  assertMoves("interop", ["collections.agencyCommissionBps=10000"], {
    "external.collection-cost": "+",
    "resultOf.ant": "-",
    "resultOf.shoppers": "0",
    "collected.agency": "0",
  }, late);
});

Deno.test("collect: a court that never orders payment dismisses every case, and less is brought in", () => {
  const strong = ["collections.cannot.lawFactorBps=50000", "collections.forgets.lawFactorBps=50000"];
  assertMoves("interop", ["collections.lawSuccessBps=0"], {
    "notices.law": "-",
    "notices.dismissed": "+",
    "collected.law": "-",
  }, { days: 40, under: [...quick, ...strong], shoppers: 2_400 });
});

Deno.test("collect: a stage moves those it speaks to: who forgets soon, who cannot much later", () => {
  const of = (who: string, which: string) => [`collections.${who}.${which}FactorBps=50000`];
  assertMoves(
    "interop",
    of("forgets", "message"),
    { "days.dpd.huabei.M1": "-", "days.dpd.huabei.M4+": "0" },
    {
      days: 25,
      under: troubled,
    },
  );
  assertMoves(
    "interop",
    of("cannot", "agency"),
    { "days.dpd.huabei.M1": "-", "collected.agency": "+" },
    late,
  );
  assertMoves("interop", of("forgets", "agency"), { "collected.agency": "+" }, { ...late, shoppers: 4_000 });
});

Deno.test("collect: reminders cost money and are worth something", () => {
  assertMoves("interop", ["collections.reminderSentBps=0"], {
    "notices.reminder": "-",
    "external.collection-cost": "-",
    "days.dpd.huabei.M1": "+",
  }, { days: 40 });
  assertMoves("interop", ["collections.reminderCostFen=100"], {
    "external.collection-cost": "+",
    "notices.reminder": "0",
    "resultOf.ant": "-",
  }, { days: 40 });
  assertMoves("interop", ["collections.messageCostFen=100"], { "external.collection-cost": "+" }, {
    days: 40,
  });
});

Deno.test("collect: a claim without a buyer brings nothing, and its debtor is told so", () => {
  assertMoves("interop", ["collections.claimsSoldBps=0"], {
    "days.recovery.huabei": "-",
    "days.chargeOff.huabei": "0",
    "notices.sold": "-",
    "notices.writtenOff": "+",
    netLoss: "+",
  }, { days: 40, under: ["credit.huabei.chargeOffDpd=60"] });
});

Deno.test("collect: who is followed reads a notice a stage, and following moves nothing", () => {
  const set = [...quick, "credit.huabei.chargeOffDpd=60"], supposed = small("interop", { days: 40, set });
  const plain = runSmall(supposed).result;
  // Somebody whose debt goes all the way.
  const world = openSmall(supposed);
  const told: string[][] = Array.from({ length: 800 }, () => []);
  const kinds = new Set<string>();
  for (let day = 0; day < 40; day++) {
    // Each shopper in turn is followed on a day of its own.
    const shopper = day * 20 % 800;
    world.trace = { shopper, day, events: [], notices: [] };
    walkDay(world, day);
    for (const { kind, product, text } of world.trace.notices!) {
      told[shopper].push(text);
      kinds.add(kind);
      const known: readonly string[] = [...noticeKinds, ...noticesOfLines];
      assert.ok(known.includes(kind) && product !== "");
    }
  }
  assert.ok(told.flat().length > 0 && kinds.has("reminder"));
  const { result } = runSmall(supposed, { trace: { shopper: 20, day: 1 } });
  assert.equal(result.hash, plain.hash);
});

Deno.test("notices by kind are as many as cases by stage, reminders aside", () => {
  const { result } = runSmall(small("interop", { days: 40, set: quick }));
  for (const { stages: byStage, notices } of result.servicing!.collection) {
    assert.equal(notices.message, byStage.message.cases);
    assert.equal(notices.call, byStage.call.cases);
    assert.equal(notices.agency, byStage.agency.cases);
    assert.equal(notices.law + notices.dismissed, byStage.law.cases);
  }
});
