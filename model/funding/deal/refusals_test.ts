import assert from "node:assert/strict";
import { readDeal, runDeal } from "./run.ts";
import type { DealInput } from "./terms.ts";
import { smallDeal } from "./testing.ts";

const refused = (deal: unknown, message: RegExp) =>
  assert.throws(() => runDeal(deal as DealInput), (error: Error) => {
    assert.match(error.message, message);
    return error instanceof SyntaxError || error instanceof RangeError;
  });
const withStep = (step: unknown) => {
  const deal = smallDeal();
  deal.waterfall.amortising.push(step as never);
  return deal;
};

Deno.test("a circular formula is refused with its circle", () => {
  refused(
    smallDeal({ formulas: { a: "1 + formula.b", b: "formula.c", c: "formula.a / 2" } }),
    /circular: formula\.a reads formula\.b reads formula\.c reads formula\.a/,
  );
  refused(
    smallDeal({ accounts: { cash: { target: "account.cash.shortfall + 1" } } }),
    /circular: account\.cash\.target reads account\.cash\.target/,
  );
});

Deno.test("a tranche that never amortises is refused by name", () => {
  const deal = smallDeal();
  deal.tranches.mezzanine = { balanceCny: 5 };
  refused(deal, /^tranches\.mezzanine never amortises: no payPrincipal of the waterfall names it/);
});

Deno.test("shares that do not sum to 1 are refused with their sum", () => {
  const step = { do: "payPrincipal", to: ["senior", "junior"], by: "shares", from: "cash" };
  refused(
    withStep({ ...step, shares: { senior: 0.6, junior: 0.3 } }),
    /waterfall\.amortising\[4\] \(payPrincipal\): shares must sum to 1: senior, junior sum to 0\.9/,
  );
  refused(withStep({ ...step, shares: { senior: 0.6, other: 0.4 } }), /shares name other/);
  refused(withStep(step), /2 are paid by shares and none are given/);
  refused(withStep({ do: "payResidual", to: ["senior", "junior"], from: "cash" }), /none are given/);
});

Deno.test("a trigger that cannot be evaluated stops the deal with its name and the date", () => {
  const trigger = (text: string, test = "beforePayment") =>
    smallDeal({ triggers: { thin: { test: test as "beforePayment", if: text } } });
  refused(
    trigger("pool.factor < steps(2025-07-15, 0.5)"),
    /^triggers\.thin cannot be evaluated on 2025-04-01: steps\(…\) has no value yet/,
  );
  refused(
    trigger("pool.balance / (tranche.junior.balance - 20) > 1", "afterCollection"),
    /^triggers\.thin cannot be evaluated on 2025-03-31: division by zero/,
  );
  refused(trigger("pool.factor"), /^triggers\.thin: formula "pool\.factor" is a number: a truth is needed/);
  refused(
    trigger("pool.delinquencyRate > 0.1"),
    /^triggers\.thin: .*there is no pool\.delinquencyRate; to be read are/,
  );
  refused(trigger("tranche.other.balance > 1"), /there is no tranche other; the deal has senior, junior/);
});

Deno.test("names that are not there are refused where they stand, with those that are", () => {
  refused(
    withStep({ do: "payInterest", to: ["seniour"], from: "cash" }),
    /seniour is none of the deal's tranches: senior, junior/,
  );
  refused(
    withStep({ do: "payInterest", to: ["senior"], from: "till" }),
    /till is none of the deal's accounts: cash/,
  );
  refused(
    withStep({ do: "payFees", fees: ["tax"], from: "cash" }),
    /tax is none of the deal's fees: it has none/,
  );
  refused(withStep({ do: "payInterest", to: ["senior", "senior"], from: "cash" }), /senior is named twice/);
  refused(withStep({ do: "transfer", from: "cash", into: "cash" }), /from and into are both cash/);
  refused(
    withStep({ do: "buyReceivables", from: "cash" }),
    /pool\.purchase and pool\.loans must say what is bought/,
  );
  refused({
    ...smallDeal(),
    collect: { interest: "x", principal: "cash", prepayment: "cash", recovery: "cash" },
  }, /collect\.interest: x is none of the accounts cash/);
});

Deno.test("a deal that says too little or two things is refused at its place", () => {
  refused(smallDeal({ fees: { tax: {} } }), /^fees\.tax: one of total, perPayment, or annualRate with on/);
  refused(smallDeal({ fees: { tax: { annualRate: 0.1 } } }), /^fees\.tax: one of/);
  refused(smallDeal({ maturity: "2024-01-01" }), /^maturity: 2024-01-01 does not come after closing/);
  refused(smallDeal({ payment: { dates: ["2024-01-01"] } }), /^payment: 2024-01-01 comes before closing/);
  refused(smallDeal({ payment: { dates: ["2025-07-01", "2025-07-01"] } }), /dates must ascend/);
  refused(
    smallDeal({ revolvingUntil: "2025-06-01" }),
    /waterfall\.revolving and revolvingUntil belong together/,
  );
  refused(smallDeal({ pool: {} }), /^pool: either flows or loans must be given/);
  refused(
    smallDeal({ triggers: { t: { test: "afterPayment", if: "true", phase: "accelerated" } } }),
    /^triggers\.t: it leads to accelerated, and waterfall\.accelerated is missing/,
  );
  refused({ ...smallDeal(), colour: 1 }, /colour/);
  refused(withStep({ do: "payEverybody", from: "cash" }), /waterfall\.amortising\.4\.do/);
  const off = smallDeal();
  off.pool.flows![2].principalCny = 20;
  refused(off, /^pool\.flows: the balance of 2025-09-30 is 25, what is paid and lost leaves 29/);
  const odd = smallDeal();
  odd.tranches.senior.balanceCny = 80.001;
  refused(odd, /80\.001 CNY has more than two decimals/);
});

Deno.test("a deal without fault is read once and run as often as wanted, with equal results", () => {
  const ready = readDeal(smallDeal());
  assert.deepEqual(runDeal(ready), runDeal(ready));
});
