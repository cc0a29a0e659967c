import assert from "node:assert/strict";
import { inWords } from "./trace.ts";
import type { TracedDay } from "#/sim/experiments/trace.ts";

const amounts = { limit: 0, reserved: 0, open: 0, plan: 0, billed: 0, overdue: 0, fees: 0, bridged: 0 };
const quiet: TracedDay = {
  shopper: 7,
  day: 3,
  date: "2019-07-04",
  person: { "monthly income": "CNY 5,000.00" },
  purchases: [],
  lines: [],
  positions: [],
  bridge: [],
};

Deno.test("a day without a want names the next one that has one, or says how far was looked", () => {
  assert.match(
    inWords("interop", quiet, { next: 9, last: 33 }),
    /No wants on this day\. The next is on day 9\.$/,
  );
  assert.match(inWords("interop", quiet, { next: null, last: 33 }), /There is none up to day 33 either\.$/);
});

Deno.test("a want is told with each layer, what the shopper reads, its transfers and the lines", () => {
  const text = inWords("interop", {
    ...quiet,
    purchases: [{
      protocol: [],
      want: 0,
      minute: 545,
      amountFen: 1_999,
      shop: 12,
      category: "dining",
      takes: ["alipay", "union-card"],
      isReturned: true,
      isStolen: false,
      isBridged: false,
      steps: [{
        want: 0,
        layer: "score",
        saw: { points: 470, limitFen: 100_000 },
        verdict: "score-below-cutoff",
        shopperText: "Your present score is below.",
      }],
      fate: "by debit card",
      end: "paid by debit card, after score/score-below-cutoff",
      told: "Your payment went through.",
      postings: [{
        phase: "clear",
        what: "obligation",
        debit: "due.bank-1",
        credit: "due.bank-2",
        amountFen: 1_990,
        dayFen: 50_000,
        how: "with others",
        movement: null,
      }],
    }],
    lines: [
      { product: "huabei", when: "morning", amountsFen: { ...amounts, limit: 100_000 }, points: 470 },
      {
        product: "huabei",
        when: "evening",
        amountsFen: { ...amounts, limit: 100_000, open: 50 },
        points: 470,
      },
    ],
  }, { next: null, last: 33 });
  assert.equal(
    text,
    `Shopper 7 in interop, day 3 (2019-07-04)
  monthly income           CNY 5,000.00

Want 0 (put off before), 09:05: CNY 19.99 at shop 12 (dining; takes alipay, union-card)
  score     score-below-cutoff   points 470, limit CNY 1,000.00
            the shopper reads: "Your present score is below."
  => paid by debit card, after score/score-below-cutoff
     obligation  CNY     19.90  due.bank-2 > due.bank-1  (in CNY 500.00 of the day)

The lines, morning > evening:
  huabei    limit 1000.00, open 0.00 > 0.50`,
  );
});
