// How long a deal of ten tranches and 120 payment dates takes: at most 2 ms is asked for.

import { trancheMeasures } from "./measures.ts";
import { readDeal, runDeal } from "./run.ts";
import type { DealInput } from "./terms.ts";

const names = Array.from({ length: 10 }, (_, i) => `class${i}`);
const deal: DealInput = {
  name: "ten tranches",
  closing: "2025-01-01",
  maturity: "2035-01-15",
  payment: { first: "2025-02-10", dayOfMonth: 10 },
  pool: {
    loans: [{ balanceCny: 1e9, rate: 0.12, months: 120, firstDue: "2025-01-15" }],
    collection: { first: "2025-01-31", dayOfMonth: "last" },
    assumptions: { cdr: 0.02, cpr: 0.05, recovery: 0.2, recoveryLagMonths: 6 },
  },
  collect: { interest: "cash", principal: "cash", prepayment: "cash", recovery: "cash" },
  accounts: { cash: {}, reserve: { target: "0.01 * tranches.balance" } },
  tranches: Object.fromEntries(names.map((name, i) => [name, { balanceCny: 1e8, rate: 0.02 + i / 500 }])),
  fees: { servicing: { annualRate: 0.005, on: "pool.balance" } },
  triggers: {
    losses: { test: "beforePayment", if: "pool.cumulativeLossRate > 0.3", phase: "accelerated" },
  },
  waterfall: {
    amortising: [
      { do: "transfer", from: "reserve", into: "cash" },
      { do: "payFees", fees: ["servicing"], from: "cash" },
      { do: "payInterest", to: names, from: "cash" },
      { do: "transfer", from: "cash", into: "reserve", amount: "account.reserve.shortfall" },
      { do: "payPrincipal", to: names, by: "proRata", from: "cash" },
      { do: "payResidual", to: ["class9"], from: "cash", if: "tranches.balance = 0" },
    ],
    accelerated: [{ do: "payPrincipal", to: names, from: "cash" }],
  },
};
const ready = readDeal(deal);

Deno.bench("run a deal of 10 tranches pro rata over 120 dates", () => {
  runDeal(ready);
});
Deno.bench("read it, run it, and work out its tranches' rates", () => {
  trancheMeasures(runDeal(deal));
});
