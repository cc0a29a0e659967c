// Rules of purchases abroad, held against every price and rate: nobody gains by turning money round.

import assert from "node:assert/strict";
import fc from "fast-check";
import { reason, reasons } from "#/model/reasons.ts";
import { currencies, foreignPrice, valueFen } from "./currency.ts";
import { askPpm, bidPpm, boughtFen, holdsAt, netOfInterchange, quoteOf, soldFen } from "./quote.ts";
import { businessDayAfter, isBusinessDay, nextMidPpm, rateSteps } from "./rate.ts";
import { regionalReasons, regionalRefusal } from "./region.ts";
import { owedFor, rateResultFen, returnedFor } from "./settlement.ts";

const settled = { seed: 20190701, numRuns: 500 };
const price = fc.integer({ min: 1, max: 50_000_000 });
const rate = fc.record({
  midPpm: fc.integer({ min: 1_000, max: 20_000_000 }),
  minorPerUnit: fc.constantFrom(...Object.values(currencies).map((it) => it.minorPerUnit)),
});
const spreadBps = fc.integer({ min: 0, max: 1_000 });

Deno.test("buying foreign currency and selling it back at one rate never gains, and costs at least the spread's two sides", () => {
  fc.assert(
    fc.property(price, rate, spreadBps, (minor, at, spread) => {
      const paid = soldFen(minor, { ...at, ratePpm: askPpm(at.midPpm, spread) });
      const back = boughtFen(minor, { ...at, ratePpm: bidPpm(at.midPpm, spread) });
      assert.ok(back <= paid);
      const perSide = minor * at.midPpm * spread / 10_000 / (10_000 * at.minorPerUnit);
      assert.ok(paid - back >= 2 * perSide - 1e-6 * paid, `${paid} − ${back} against ${perSide}`);
    }),
    settled,
  );
});

Deno.test("splitting a purchase into small ones never makes it cheaper, nor a return dearer", () => {
  fc.assert(
    fc.property(price, price, rate, spreadBps, (a, b, at, spread) => {
      const ask = { ...at, ratePpm: askPpm(at.midPpm, spread) };
      const bid = { ...at, ratePpm: bidPpm(at.midPpm, spread) };
      assert.ok(soldFen(a, ask) + soldFen(b, ask) >= soldFen(a + b, ask));
      assert.ok(boughtFen(a, bid) + boughtFen(b, bid) <= boughtFen(a + b, bid));
    }),
    settled,
  );
});

Deno.test("a quote's remainder is what rounding up added: less than a fen, and to the last part", () => {
  fc.assert(
    fc.property(price, rate, spreadBps, (minor, at, spread) => {
      const quote = quoteOf(minor, at, { spreadBps: spread, validMinutes: 10, atSecond: 0 });
      const by = 10_000 * at.minorPerUnit;
      assert.ok(quote.remainder >= 0 && quote.remainder < by);
      assert.equal(
        BigInt(quote.amountFen) * BigInt(by),
        BigInt(minor) * BigInt(quote.askPpm) + BigInt(quote.remainder),
      );
    }),
    settled,
  );
});

Deno.test("a quote holds on its last second and not on the next; one of no minutes holds on its own", () => {
  const at = { midPpm: 880_000, minorPerUnit: 100 };
  const quote = quoteOf(100, at, { spreadBps: 50, validMinutes: 10, atSecond: 100 });
  assert.deepEqual([699, 700, 701].map((second) => holdsAt(quote, second)), [true, true, false]);
  const brief = quoteOf(100, at, { spreadBps: 50, validMinutes: 0, atSecond: 100 });
  assert.deepEqual([100, 101].map((second) => holdsAt(brief, second)), [true, false]);
});

Deno.test("whoever quotes never loses on the spread, on a purchase or on a return, and the issuer keeps what is left", () => {
  fc.assert(
    fc.property(
      price,
      rate,
      spreadBps,
      fc.integer({ min: 0, max: 500 }),
      (minor, at, spread, interchangeBps) => {
        const terms = { spreadBps: spread, interchangeBps, correspondentFeeBps: 10 };
        const owed = owedFor(minor, at, terms), back = returnedFor(minor, at, terms);
        const paid = quoteOf(minor, at, { spreadBps: spread, validMinutes: 1, atSecond: 0 }).amountFen;
        assert.equal(owed.netMinor, netOfInterchange(minor, interchangeBps));
        assert.equal(back.netMinor, owed.netMinor);
        assert.ok(owed.quotedFen >= owed.midFen && owed.quotedFen <= paid);
        assert.ok(back.quotedFen <= back.midFen && back.quotedFen <= back.backFen);
        assert.ok(back.backFen <= paid);
      },
    ),
    settled,
  );
});

Deno.test("what is lost on a debt when the rate rises is what is won on a claim, and two moves are their sum", () => {
  fc.assert(
    fc.property(price, rate, rate, rate, (minor, a, b, c) => {
      const move = (owedMinor: number, from: typeof a, to: typeof a) =>
        rateResultFen(owedMinor, {
          fromPpm: from.midPpm,
          toPpm: to.midPpm,
          minorPerUnit: a.minorPerUnit,
        });
      assert.equal(move(minor, a, b), -move(-minor, a, b) + 0);
      assert.equal(move(minor, a, b) + move(minor, b, c), move(minor, a, c));
      if (b.midPpm > a.midPpm) assert.ok(move(minor, a, b) <= 0);
    }),
    settled,
  );
});

Deno.test("a price abroad and its worth at home are the same to a smallest amount", () => {
  fc.assert(
    fc.property(price, rate, (fen, at) => {
      const minor = foreignPrice(fen, at);
      assert.ok(minor >= 1);
      const oneFen = valueFen(1, at) + 1;
      assert.ok(Math.abs(valueFen(minor, at) - fen) <= oneFen || minor === 1);
    }),
    settled,
  );
});

Deno.test("the day of settlement is a business day that counts no weekend", () => {
  for (let epoch = 18_000; epoch < 18_060; epoch++) {
    for (const lag of [1, 2, 3]) {
      const day = businessDayAfter(epoch, lag);
      assert.ok(isBusinessDay(day));
      let open = 0;
      for (let it = epoch + 1; it <= day; it++) if (isBusinessDay(it)) open++;
      assert.equal(open, lag);
    }
  }
});

Deno.test("a day's steps move the rate by its volatility, either way alike", () => {
  const walk = (z: number) => {
    let midPpm = 880_000;
    for (let step = 0; step < rateSteps; step++) {
      midPpm = nextMidPpm(midPpm, { z: step % 2 === 0 ? z : 0, volatilityBps: 25 });
    }
    return midPpm / 880_000 - 1;
  };
  // Half the steps move by one deviation of a step, σ / √96: 48 / √96 = 4.9 deviations of a day.
  assert.ok(Math.abs(walk(1) - 4.9 * 0.0025) < 1e-4);
  assert.ok(Math.abs(walk(1) + walk(-1)) < 2e-4);
  assert.equal(nextMidPpm(1, { z: -9, volatilityBps: 500 }), 1);
});

Deno.test("each rule of a region refuses by its own name, and none refuses what reaches a cap", () => {
  const rules = {
    perPurchaseCapFen: 1_000,
    perYearCapFen: 5_000,
    costCapBps: 2_000,
    needsDataConsent: true,
  };
  const facts = { amountFen: 1_000, spentThisYearFen: 4_000, dataConsent: true, costBps: 2_000 };
  const name = (changed: Partial<typeof facts>) =>
    reasons[regionalRefusal({ ...facts, ...changed }, rules)].name;
  assert.equal(name({}), "none");
  assert.equal(name({ amountFen: 1_001, spentThisYearFen: 0 }), "regional-purchase-cap");
  assert.equal(name({ spentThisYearFen: 4_001 }), "regional-year-cap");
  assert.equal(name({ costBps: 2_001 }), "regional-cost-cap");
  assert.equal(name({ dataConsent: false }), "no-data-consent");
  assert.equal(
    regionalRefusal({ ...facts, dataConsent: false }, { ...rules, needsDataConsent: false }),
    reason.none,
  );
  assert.equal(new Set(Object.values(regionalReasons)).size, 4);
});

Deno.test("a price that is not whole, or too large to be exact, is refused with its numbers", () => {
  const at = { ratePpm: 884_400, minorPerUnit: 100 };
  assert.throws(() => soldFen(0, at), /Cannot convert 0 at 884400 ppm: a whole number from 1 on/);
  assert.throws(() => boughtFen(1.5, at), /Cannot convert 1\.5/);
  assert.throws(() => soldFen(2 ** 40, { ...at, ratePpm: 20_000_000 }), RangeError);
});
