import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultProtection } from "./default_protection.ts";

const terms = {
  today: 100,
  dates: [0, 182, 365, 547, 730],
  notional: 10_000,
  premium: 0.012,
  recovery: 0.4,
  hazard: 0.02,
  rate: 0.03,
  dayCount: "act/365F" as const,
};

Deno.test("at its fair premium protection is worth nothing to either side", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-4, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      fc.double({ min: -0.02, max: 0.2, noNaN: true }),
      fc.integer({ min: -50, max: 700 }),
      (hazard, recovery, rate, today) => {
        const given = { ...terms, hazard, recovery, rate, today };
        const { fairPremium } = defaultProtection(given);
        const { toSeller, premiums, claims } = defaultProtection({ ...given, premium: fairPremium });
        assert.ok(Math.abs(toSeller) < 1e-8 * (1 + claims) && Math.abs(premiums - claims - toSeller) < 1e-9);
      },
    ),
    { seed: 43 },
  );
});

Deno.test("more defaults or less got back make claims dearer; periods that have ended do not count", () => {
  const plain = defaultProtection(terms);
  assert.ok(defaultProtection({ ...terms, hazard: 0.03 }).claims > plain.claims);
  assert.ok(defaultProtection({ ...terms, recovery: 0.2 }).claims > plain.claims);
  const later = { ...terms, today: 400 };
  assert.deepEqual(defaultProtection(later), defaultProtection({ ...later, dates: [365, 547, 730] }));
  assert.equal(defaultProtection({ ...terms, hazard: 0 }).claims, 0);
});

Deno.test("without interest the claims are what is expected not to be got back, and one period is worked out by hand", () => {
  const { claims } = defaultProtection({ ...terms, rate: 0, today: 0 });
  assert.ok(Math.abs(claims - 10_000 * 0.6 * (1 - Math.exp(-0.02 * 2))) < 1e-8);
  const { premiums } = defaultProtection({ ...terms, today: 0, dates: [0, 365], hazard: 0.1, rate: 0 });
  const alive = Math.exp(-0.1), part = 182 / 365;
  assert.ok(Math.abs(premiums - 120 * (alive + (1 - alive) * part)) < 1e-9);
});

Deno.test("protection that has ended, dates that do not rise and shares beyond 1 are refused", () => {
  const refused = (change: Partial<typeof terms>, text: RegExp) =>
    assert.throws(() => defaultProtection({ ...terms, ...change }), { name: "RangeError", message: text });
  refused({ today: 730 }, /has ended/);
  refused({ dates: [0] }, /over 1 dates: two or more/);
  refused({ dates: [0, 10, 10] }, /date 2 does not come after/);
  refused({ recovery: 1.2 }, /1.2 as recovery/);
});
