import assert from "node:assert/strict";
import { isoDate } from "#/model/units/calendar.ts";
import { runDeal } from "./run.ts";

/** The source cuts numbers that lie a hair below a whole fen: two fen apart is equal. */
function near(own: readonly number[], expected: readonly number[], what: string): void {
  assert.equal(own.length, expected.length);
  for (const [i, fen] of own.entries()) {
    assert.ok(Math.abs(fen - expected[i]) <= 2, `${what}: ${own}, expected ${expected}`);
  }
}

/** AbsBox, benchmark china/test01 (Apache-2.0): a loan of 120 in even parts, a fee of 10, a class of 100 at 7 %, the rest. */
const seniorJunior = () =>
  runDeal({
    name: "senior and junior",
    closing: "2021-06-15",
    maturity: "2060-12-01",
    payment: { first: "2021-07-26", dayOfMonth: 26 },
    pool: {
      loans: [{ balanceCny: 120, rate: 0.08, months: 20, style: "evenPrincipal", firstDue: "2022-01-01" }],
      collection: { first: "2021-06-15", dayOfMonth: "last" },
      assumptions: { cpr: 0.1, cdr: 0.01 },
    },
    collect: { interest: "cash", principal: "cash", prepayment: "cash", recovery: "cash" },
    accounts: { cash: {} },
    tranches: { A1: { balanceCny: 100, rate: 0.07, interestOnInterest: true }, B: { balanceCny: 20 } },
    fees: { trust: { total: 10 } },
    waterfall: {
      amortising: [
        { do: "payFees", fees: ["trust"], from: "cash" },
        { do: "payInterest", to: ["A1"], from: "cash" },
        { do: "payPrincipal", to: ["A1"], from: "cash" },
        { do: "payPrincipal", to: ["B"], from: "cash" },
        { do: "payResidual", to: ["B"], from: "cash" },
      ],
    },
  });

Deno.test("a published deal's pool pays, prepays and loses what its authors' engine says, month by month", () => {
  const { pool } = seniorJunior();
  // Balance, principal, interest, prepayment, default, in fen.
  const expected = {
    "2021-12-31": [12_000, 0, 0, 0, 0],
    "2022-01-31": [11_290, 594, 79, 106, 10],
    "2022-03-31": [9_917, 583, 69, 85, 8],
    "2023-02-28": [3_155, 525, 24, 33, 3],
    "2023-08-31": [0, 500, 3, 4, 0],
  };
  for (const [date, numbers] of Object.entries(expected)) {
    const row = pool.find(({ day }) => isoDate(day) === date)!;
    near(
      [row.balanceFen, row.principalFen, row.interestFen, row.prepaymentFen, row.defaultFen],
      numbers,
      date,
    );
  }
});

Deno.test("a published deal's classes and fee get what its authors' engine says, interest on unpaid interest included", () => {
  const { tranches: [senior, junior], fees: [trust] } = seniorJunior();
  const at = (flows: typeof senior.flows, date: string) => {
    const { interestFen, principalFen, residualFen, balanceFen, interestDueFen } = flows.find(({ day }) =>
      isoDate(day) === date
    )!;
    return [balanceFen, interestFen + residualFen, principalFen, interestDueFen];
  };
  near(at(senior.flows, "2022-03-26"), [10_000, 541, 0, 8], "2022-03-26");
  near(at(senior.flows, "2022-04-26"), [9_330, 67, 670, 0], "2022-04-26");
  near(at(senior.flows, "2023-01-26"), [3_667, 25, 583, 0], "2023-01-26");
  near(at(senior.flows, "2023-08-26"), [0, 2, 371, 0], "2023-08-26");
  near(at(junior.flows, "2023-08-26"), [1_856, 0, 144, 0], "2023-08-26");
  near(at(junior.flows, "2023-09-26"), [1_349, 0, 507, 0], "2023-09-26");
  assert.deepEqual(
    trust.flows.filter(({ paidFen }) => paidFen > 0).map((
      { day, paidFen, dueFen },
    ) => [isoDate(day), paidFen, dueFen]),
    [["2022-02-26", 779, 221], ["2022-03-26", 221, 0]],
  );
});
