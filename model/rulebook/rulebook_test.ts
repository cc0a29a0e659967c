import assert from "node:assert/strict";
import fc from "fast-check";
import { followBreach, noBreach } from "./breach.ts";
import { isPast, ratioOf, roomFen } from "./leverage.ts";
import { bookRules, isInForce, ruleBook } from "./registry.ts";

const fen = fc.integer({ min: -1_000_000, max: 1_000_000_000_000 });
const owed = fc.nat(1_000_000_000_000), most = fc.nat(100_000);

Deno.test("who draws what roomFen leaves is never past the bound; one fen more is", () => {
  fc.assert(
    fc.property(owed, fen, most, (owedFen, baseFen, mostBps) => {
      const room = roomFen({ owedFen, baseFen, mostBps });
      assert.ok(room >= 0 && Number.isSafeInteger(room));
      if (!isPast({ owedFen, baseFen, mostBps })) {
        assert.equal(isPast({ owedFen: owedFen + room, baseFen, mostBps }), false);
        assert.equal(isPast({ owedFen: owedFen + room + 1, baseFen, mostBps }), true);
      } else assert.equal(room, 0);
    }),
    { seed: 61, numRuns: 500 },
  );
});

Deno.test("ratioOf is finite whatever the base", () => {
  assert.equal(ratioOf({ owedFen: 5, baseFen: 0 }), 99);
  assert.equal(ratioOf({ owedFen: 0, baseFen: -1 }), 0);
  assert.equal(ratioOf({ owedFen: 300, baseFen: 200 }), 1.5);
});

Deno.test("each breach ends cured or runs: counts agree whatever the days bring", () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { maxLength: 80 }),
      fc.nat(10),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 5 }),
      (days, graceDays, cureDays, keptDays) => {
        const breach = noBreach();
        for (const [day, past] of days.entries()) {
          followBreach(breach, { day, isPast: past }, { graceDays, cureDays, keptDays });
          assert.ok(!breach.isStopped || breach.since >= 0, "stopped without a breach");
          assert.equal(breach.breaches, breach.cured + (breach.since >= 0 ? 1 : 0));
          assert.ok(breach.overrun <= breach.breaches);
          if (past && breach.since >= 0 && day - breach.since >= graceDays) assert.ok(breach.isStopped);
        }
      },
    ),
    { seed: 62, numRuns: 300 },
  );
});

Deno.test("a breach interrupted for fewer days than asked goes on from its first day", () => {
  const breach = noBreach(), terms = { graceDays: 3, cureDays: 30, keptDays: 3 };
  for (const [day, past] of [true, false, false, true, true].entries()) {
    followBreach(breach, { day, isPast: past }, terms);
  }
  assert.deepEqual([breach.since, breach.isStopped, breach.breaches], [0, true, 1]);
});

Deno.test("every rule has a title, a number, a source, a day and somebody whom it binds", () => {
  for (const name of bookRules) {
    const { title, number, source, from, binds } = ruleBook[name];
    assert.ok(title.length > 10 && number.length > 5 && source.length > 10, name);
    assert.match(from, /^20\d\d-\d\d-\d\d$/);
    assert.ok(binds.length > 0);
    const on = (date: string) => isInForce(name, { date, licence: binds[0], dates: { active: true, from } });
    assert.deepEqual([on("2010-01-01"), on(from), on("2030-01-01")], [false, true, true]);
    assert.throws(
      () => isInForce(name, { date: from, licence: binds[0], dates: { active: true } }),
      (error: Error) =>
        error instanceof RangeError && error.message.includes(name) && error.message.includes(number),
    );
  }
});
