import assert from "node:assert/strict";
import { phases } from "#/sim/day.ts";
import { lineCount, overdueAt } from "#/sim/tables/lines.ts";
import { assertMoves, openSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import type { World } from "#/sim/world.ts";

const two = { days: 60 };

Deno.test("repay: forgetful people are late more often, reminders help, bound cards more so", () => {
  assertMoves("interop", ["behaviour.forgetBps=3000"], { "days.dpd.huabei.M1": "+" }, two);
  assertMoves("interop", ["population.indisciplineBps=9000"], { "days.dpd.huabei.M1": "+" }, two);
  assertMoves("interop", ["behaviour.reminderEffectBps=0"], { "days.dpd.huabei.M1": "+" }, two);
  assertMoves("interop", ["population.boundCardBps=9000"], {
    "days.dpd.huabei.M1": "-",
    "days.dpd.baitiao.M1": "-",
  }, two);
});

Deno.test("repay: hardship that misses more due days makes more lateness", () => {
  assertMoves("interop", ["behaviour.hardshipMissBps=0"], { "days.dpd.huabei.M1": "-" }, two);
});

Deno.test("repay: a burden above one income makes people miss", () => {
  assertMoves("interop", ["behaviour.burdenMissBps=10000"], { "days.dpd.huabei.M1": "+" }, {
    ...two,
    under: ["population.incomeMedianCny=600"],
  });
});

Deno.test("repay: quicker cures leave less in arrears", () => {
  assertMoves("interop", ["behaviour.cureBpsPerDay=6000"], { "days.dpd.huabei.M1": "-" }, two);
  assertMoves("interop", ["behaviour.hardshipCureBpsPerDay=2000"], {
    "dpd90Share.ant": "-",
    "days.dpd.huabei.M4+": "-",
  }, two);
});

Deno.test("repay: a due day later in the month leaves bills unpaid for longer", () => {
  assertMoves("interop", ["credit.huabei.dueDayOfMonth=25"], { "last.balance.huabei": "+" }, { days: 20 });
});

/** The same setting in the history, so that nothing is left over from before. */
const always = (...settings: string[]) => settings.flatMap((one) => [one, `world.history.set.${one}`]);

Deno.test("repay: where all of a bill must be paid nothing revolves, less is owed, and more are late", () => {
  assertMoves(
    "interop",
    always("credit.huabei.minimumPaymentBps=10000", "credit.baitiao.minimumPaymentBps=10000"),
    {
      minimumPayments: "-",
      "revolving.huabei": "-",
      "days.revolving.baitiao": "-",
      "days.balance.huabei": "-",
      "days.dpd.huabei.M1": "+",
    },
    two,
  );
});

Deno.test("repay: people who are fond of the least part, burdened or in hardship revolve more", () => {
  const more = { minimumPayments: "+", "days.revolving.huabei": "+" } as const;
  assertMoves("interop", ["behaviour.minimumBps=2000"], more, two);
  assertMoves("interop", ["behaviour.minimumPerBurdenBps=20000"], more, two);
  assertMoves("interop", ["behaviour.minimumInsteadOfMissBps=6000"], {
    minimumPayments: "+",
    "days.dpd.huabei.M1": "-",
    "dpd30Share.ant": "-",
  }, two);
});

Deno.test("repay: dearer revolving earns the issuer more, up to the cap once it is in force", () => {
  assertMoves("interop", ["credit.huabei.revolvingAprBps=2400"], {
    "resultOf.ant": "+",
    "resultOf.shoppers": "-",
  }, two);
  const capped = {
    ...two,
    under: ["credit.huabei.revolvingAprBps=2400", "rulebook.allInCostCapFrom=2019-06-01"],
  };
  assertMoves("interop", ["credit.huabei.revolvingAprBps=3600"], {
    "resultOf.ant": "0",
    minimumPayments: "0",
  }, capped);
});

Deno.test("repay: plans repaid early save interest to people and cost it to the issuer; a fee takes some of it back", () => {
  assertMoves("interop", always("behaviour.earlyRepayBps=0"), {
    earlyRepayments: "-",
    interestSaved: "-",
    "days.balance.baitiao": "+",
    "resultOf.jd": "+",
  }, two);
  assertMoves("interop", ["credit.baitiao.earlyFeeBps=300", "credit.huabei.earlyFeeBps=300"], {
    earlyRepayments: "0",
    interestSaved: "-",
    "resultOf.jd": "+",
  }, { days: 30 });
});

Deno.test("repay: who is late on one line misses the other more often, unless burden is switched off", () => {
  /** Huabei lines that fall overdue on 10 July, where everybody owes two incomes late on Baitiao, and where not. */
  const missed = (burdenMissBps: number, burdened: boolean) => {
    const set = [`behaviour.burdenMissBps=${burdenMissBps}`];
    const world = openSmall(small("interop", { days: 20, set })), { lines, shoppers } = world;
    for (let day = 0; day < 9; day++) walkDay(world, day);
    let count = 0;
    for (const [name, phase] of Object.entries(phases)) {
      if (name === "repay" && burdened) {
        for (let i = 0; i < shoppers.count; i++) {
          lines.fen[overdueAt(i * lineCount)] += 2 * shoppers.incomeFen[i];
          lines.oldestDue[i * lineCount] = 4;
        }
      }
      (phase as (world: World, day: number) => void)(world, 9);
      if (name === "repay") break;
    }
    for (let line = 1; line < lines.count; line += lineCount) if (lines.oldestDue[line] === 9) count++;
    return count;
  };
  const calm = missed(5_000, false);
  assert.ok(calm > 0 && missed(5_000, true) > 2 * calm);
  assert.equal(missed(0, true), missed(0, false));
});
