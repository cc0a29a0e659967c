import { assertMoves } from "#/sim/testing/worlds.ts";

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
