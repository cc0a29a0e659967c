import { assertMoves } from "#/sim/testing/worlds.ts";

Deno.test("book: what is due sooner is owed for less long", () => {
  assertMoves("interop", ["credit.baitiao.dueDays=5"], { "last.balance.baitiao": "-" }, { days: 40 });
});

Deno.test("book: a statement that closes later bills later, so more is owed on the day between", () => {
  assertMoves("interop", ["credit.huabei.statementDayOfMonth=28"], { "last.balance.huabei": "+" }, {
    days: 20,
  });
});

Deno.test("book: dearer instalments earn the issuer more and cost shoppers more", () => {
  assertMoves("interop", ["credit.baitiao.instalmentAprBps=3000"], {
    "resultOf.jd": "+",
    "resultOf.shoppers": "-",
  }, {
    days: 60,
  });
});

Deno.test("book: shops that take more wallets sell more on credit", () => {
  assertMoves("interop", ["merchants.alipayBps=3000"], {
    creditGmv: "-",
    "turnedAway.accept.not-accepted": "+",
  });
});
