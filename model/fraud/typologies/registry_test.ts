import assert from "node:assert/strict";
import fc from "fast-check";
import { type AttemptFacts, dayOfAttempt, leastFen } from "./attempt.ts";
import { plotNeed } from "./needs.ts";
import { laneCount } from "./plot.ts";
import { honest, isFriendly, typologies, type Typology, typologyNames, typologyOf } from "./registry.ts";

const all = Object.entries(typologies) as [string, Typology][];
/** Evenly over the whole of 0 to 1; a generator of doubles would prefer numbers near 0. */
const u = fc.nat(999_999_999).map((k) => k / 1_000_000_000);
const facts: fc.Arbitrary<AttemptFacts> = fc.record({
  attemptsLeft: fc.integer({ min: 1, max: 12 }),
  medianFen: fc.oneof(fc.nat(300), fc.nat(5_000_000)),
  availableFen: fc.oneof(fc.integer({ min: -50_000, max: 300 }), fc.nat(5_000_000)),
  spreeMinutes: fc.nat(1_440),
  uStart: u,
  uMinute: u,
  uAmount: u,
});

Deno.test("the codes are those of every result so far", () => {
  assert.deepEqual(all.map(([name, { code }]) => [name, code]), [
    ["stolenAccount", 1],
    ["syntheticIdentity", 2],
    ["friendlyFraud", 3],
    ["cashOut", 4],
    ["bustOut", 5],
    ["deviceRing", 6],
    ["kiting", 7],
  ]);
  assert.equal(honest, 0);
});

Deno.test("codes follow the order of the registry, and each finds its typology", () => {
  for (const [place, name] of typologyNames.entries()) {
    assert.equal(typologies[name].code, place + 1);
    assert.equal(typologyOf(place + 1), typologies[name]);
  }
  assert.ok(typologyNames.length <= laneCount, "there are no more lanes than that");
});

Deno.test("typologyOf() refuses a code that no typology has", () => {
  for (const code of [honest, -1, 1.5, all.length + 1, NaN]) {
    assert.throws(() => typologyOf(code), { name: "RangeError", message: new RegExp(`code ${code}`) });
  }
});

for (const [name, typology] of all) {
  Deno.test(`${name}: an amount is whole, at least CNY 1, and within what is available; else there is none`, () => {
    let tried = 0;
    fc.assert(
      fc.property(facts, (facts) => {
        const amountFen = typology.amountFen(facts);
        if (amountFen === 0) {
          assert.ok(facts.availableFen < leastFen || typology.sizedBy === "billDue");
          return;
        }
        tried++;
        assert.ok(Number.isSafeInteger(amountFen) && amountFen >= leastFen, `${amountFen}`);
        assert.ok(amountFen <= facts.availableFen, `${amountFen} of ${facts.availableFen}`);
      }),
      { seed: 271, numRuns: 2_000 },
    );
    assert.ok(tried > 300, `${tried} attempts only`);
  });

  Deno.test(`${name}: a minute is a whole one while shops take orders`, () => {
    fc.assert(
      fc.property(facts, (facts) => {
        const minute = typology.minute(facts);
        assert.ok(Number.isInteger(minute) && minute >= 420 && minute <= 1_439, `${minute}`);
      }),
      { seed: 272, numRuns: 2_000 },
    );
  });

  Deno.test(`${name}: the same facts give the same attempt, and are left as they were`, () => {
    fc.assert(
      fc.property(facts, (facts) => {
        const before = { ...facts };
        const first = [typology.amountFen(facts), typology.minute(facts)];
        assert.deepEqual([typology.amountFen(facts), typology.minute(facts)], first);
        assert.deepEqual({ ...facts }, before);
      }),
      { seed: 273 },
    );
  });

  Deno.test(`${name}: asks for no number that it does not use, and for each that it does`, () => {
    const moves = (key: "spreeMinutes" | "medianFen", read: (facts: AttemptFacts) => number) => {
      const facts = { attemptsLeft: 2, medianFen: 5_000, availableFen: 90_000, spreeMinutes: 30 };
      const at = { ...facts, uStart: 0.5, uMinute: 0.7, uAmount: 0.3 };
      return read(at) !== read({ ...at, [key]: at[key] + 500 });
    };
    const says = (number: string) => (typology.says as readonly string[]).includes(number);
    assert.equal(says("spreeMinutes"), moves("spreeMinutes", typology.minute));
    assert.equal(says("medianFen"), typology.sizedBy === "stated");
    assert.equal(moves("medianFen", typology.amountFen), typology.sizedBy !== "available");
    if (says("days")) assert.ok(says("attempts"), "days are those over which attempts are spread");
  });
}

Deno.test("strangers are not the holder's own device, never repay, and every holder disputes what they did", () => {
  for (const [name, typology] of all) {
    if (typology.actor !== "stranger") continue;
    assert.notEqual(typology.device, "own", name);
    assert.equal(typology.repays, false, name);
    assert.equal(typology.disputes, true, name);
    assert.equal(isFriendly(typology), false, name);
  }
});

Deno.test("only friendly fraud is a friendly dispute", () => {
  assert.deepEqual(all.filter(([, one]) => isFriendly(one)).map(([name]) => name), ["friendlyFraud"]);
});

Deno.test("what draws lines beside the first needs their holder to have them", () => {
  const { bothLines, billDue, line } = plotNeed;
  for (const [name, { draws, sizedBy, needs }] of all) {
    assert.ok(needs & (line | bothLines), `${name} needs a line`);
    if (draws === "otherThanDue") assert.ok(needs & bothLines && needs & billDue, name);
    if (sizedBy === "billDue") assert.ok(needs & billDue, name);
  }
});

Deno.test("a bust-out and kiting take both lines; a line of one issuer is enough for the others", () => {
  const both = all.filter(([, { needs }]) => needs & plotNeed.bothLines).map(([name]) => name);
  assert.deepEqual(both, ["bustOut", "kiting"]);
});

Deno.test("a sleeper must be invented, and trusted by then", () => {
  const { needs } = typologies.syntheticIdentity;
  assert.ok(needs & plotNeed.invented && needs & plotNeed.seasoned);
});

for (const name of ["bustOut", "syntheticIdentity"] as const) {
  const typology = typologies[name];

  Deno.test(`${name}: its attempts add up to the limit, whatever the luck, when none is refused`, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000_000 }),
        fc.array(u, { minLength: 1, maxLength: 12 }),
        (limitFen, luck) => {
          let availableFen = limitFen, drawnFen = 0;
          for (const [k, uAmount] of luck.entries()) {
            const amountFen = typology.amountFen({
              attemptsLeft: luck.length - k,
              medianFen: 0,
              availableFen,
              spreeMinutes: 0,
              uStart: 0,
              uMinute: 0,
              uAmount,
            });
            drawnFen += amountFen;
            availableFen -= amountFen;
          }
          assert.ok(drawnFen <= limitFen);
          // What is left is too little for another attempt.
          assert.ok(limitFen - drawnFen < leastFen, `${drawnFen} of ${limitFen}`);
        },
      ),
      { seed: 274, numRuns: 1_000 },
    );
  });

  Deno.test(`${name}: a refused attempt is made up for later, and nothing above the limit is tried`, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 5_000_000 }),
        fc.array(fc.tuple(u, fc.boolean()), { minLength: 2, maxLength: 12 }),
        (limitFen, luck) => {
          let availableFen = limitFen;
          for (const [k, [uAmount, refused]] of luck.entries()) {
            const attemptsLeft = luck.length - k;
            const amountFen = typology.amountFen(
              { attemptsLeft, medianFen: 0, availableFen, spreeMinutes: 0, uStart: 0, uMinute: 0, uAmount },
            );
            assert.ok(amountFen <= availableFen);
            if (attemptsLeft === 1 && availableFen >= leastFen) assert.equal(amountFen, availableFen);
            if (!refused) availableFen -= amountFen;
          }
        },
      ),
      { seed: 275, numRuns: 1_000 },
    );
  });

  Deno.test(`${name}: no attempt but the last is much above an even part`, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 5_000_000 }),
        fc.integer({ min: 2, max: 12 }),
        u,
        (fen, n, u) => {
          const amountFen = typology.amountFen(
            {
              attemptsLeft: n,
              medianFen: 0,
              availableFen: fen,
              spreeMinutes: 0,
              uStart: 0,
              uMinute: 0,
              uAmount: u,
            },
          );
          assert.ok(amountFen >= Math.floor(0.75 * fen / n) && amountFen <= Math.ceil(1.25 * fen / n));
        },
      ),
      { seed: 276, numRuns: 1_000 },
    );
  });
}

for (const name of ["stolenAccount", "deviceRing"] as const) {
  Deno.test(`${name}: all attempts of a day lie within the spree`, () => {
    fc.assert(
      fc.property(facts, fc.array(u, { minLength: 2, maxLength: 12 }), (facts, luck) => {
        const minutes = luck.map((uMinute) => typologies[name].minute({ ...facts, uMinute }));
        const length = Math.max(...minutes) - Math.min(...minutes);
        assert.ok(length < Math.max(1, facts.spreeMinutes), `${minutes}`);
      }),
      { seed: 277, numRuns: 1_000 },
    );
  });
}

Deno.test("a bust-out is spread over the whole day, whatever the start", () => {
  const minute = (uMinute: number, uStart: number) =>
    typologies.bustOut.minute(
      { attemptsLeft: 1, medianFen: 0, availableFen: 0, spreeMinutes: 10, uStart, uMinute, uAmount: 0 },
    );
  assert.deepEqual([minute(0, 0.9), minute(0.5, 0.1), minute(0.999_999, 0)], [420, 930, 1_439]);
});

Deno.test("dayOfAttempt() gives each day as many attempts, or one more or less", () => {
  for (const [attempts, days] of [[6, 3], [7, 3], [3, 3], [2, 5]]) {
    const perDay = new Array(days).fill(0);
    for (let k = 0; k < attempts; k++) perDay[dayOfAttempt(k, { attempts, days })]++;
    assert.ok(perDay.every((n) => Math.abs(n - attempts / days) < 1), `${perDay}`);
  }
});

Deno.test("dayOfAttempt() begins on day 0, never goes back, and stays within the days", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 }), (attempts, days) => {
      let before = 0;
      assert.equal(dayOfAttempt(0, { attempts, days }), 0);
      for (let k = 0; k < attempts; k++) {
        const day = dayOfAttempt(k, { attempts, days });
        assert.ok(Number.isInteger(day) && day >= before && day < days);
        before = day;
      }
    }),
    { seed: 278 },
  );
});
