import assert from "node:assert/strict";
import { load } from "#/scenarios/load.ts";
import { openStreams } from "#/sim/streams.ts";
import {
  allocateShoppers,
  basketFactors,
  fillShoppers,
  flag,
  rateClasses,
  rateFactors,
  type Shoppers,
} from "./shoppers.ts";

const people = 6_000;
const town = (set: string[] = []): Shoppers => {
  const { scenario } = load("interop", { set });
  const shoppers = allocateShoppers(people, 0);
  fillShoppers(shoppers, openStreams(scenario.seed, 0), scenario);
  return shoppers;
};
const base = town();
const share = ({ count }: Shoppers, holds: (i: number) => boolean) => {
  let n = 0;
  for (let i = 0; i < count; i++) if (holds(i)) n++;
  return n / count;
};
/** Four standard deviations of a share among all people. */
const near = (found: number, said: number, what: string) =>
  assert.ok(
    Math.abs(found - said) < 4 * Math.sqrt(said * (1 - said) / people),
    `${what}: ${found} for ${said}`,
  );
const mean = (column: ArrayLike<number>) => Array.from(column).reduce((sum, x) => sum + x, 0) / column.length;

Deno.test("people hold the lines, cards and consents that are said", () => {
  near(share(base, (i) => (base.firstLines[i] & 2) !== 0), 0.83, "Huabei");
  near(share(base, (i) => (base.firstLines[i] & 1) !== 0), 0.07, "Baitiao");
  near(share(base, (i) => base.firstLines[i] === 3), 0.063, "both");
  near(share(base, (i) => (base.flags[i] & flag.boundCard) !== 0), 0.35, "a bound card");
  near(share(base, (i) => (base.flags[i] & flag.consent) !== 0), 0.65, "consent");
  near(share(base, (i) => base.tier[i] === 0), 0.15, "the largest cities");
  near(share(base, (i) => base.tier[i] === 1), 0.25, "large cities");
});

Deno.test("incomes have the median that is said, appetite, indiscipline and proneness their means", () => {
  near(share(base, (i) => base.incomeFen[i] < 420_000), 0.5, "below the median");
  assert.ok(Math.abs(mean(base.appetite) / 255 - 0.56) < 0.015);
  // Forgetfulness is cut at one, which takes a little from its mean of 0.3.
  assert.ok(mean(base.indiscipline) / 255 > 0.27 && mean(base.indiscipline) / 255 < 0.3);
  assert.ok(Math.abs(mean(base.proneness) / 32 - 1) < 0.06);
  assert.ok(Math.abs(mean(base.noise)) < 1);
});

Deno.test("the poor are more prone to hardship than the rich", () => {
  const of = (rich: boolean) => mean(base.proneness.filter((_, i) => (base.incomeFen[i] > 420_000) === rich));
  assert.ok(of(false) > 1.3 * of(true), `${of(false)} and ${of(true)}`);
});

Deno.test("assurance follows from bound cards: nobody with one is known by name alone", () => {
  for (let i = 0; i < people; i++) if (base.flags[i] & flag.boundCard) assert.notEqual(base.assurance[i], 2);
  near(share(base, (i) => base.assurance[i] === 1), 0.03, "device only");
});

Deno.test("a setting of the population moves its attribute and leaves the others' luck", () => {
  const richer = town(["population.incomeMedianCny=8400"]);
  assert.deepEqual(richer.flags, base.flags);
  assert.deepEqual(richer.firstLines, base.firstLines);
  assert.deepEqual(richer.appetite, base.appetite);
  assert.ok(richer.incomeFen.every((fen, i) => fen >= base.incomeFen[i]));
  const bound = town(["population.boundCardBps=9000"]);
  assert.deepEqual(bound.incomeFen, base.incomeFen);
  // One uniform a decision: who had a card keeps it when more people have one.
  assert.ok(
    bound.flags.every((flags, i) =>
      (flags & base.flags[i] & flag.boundCard) === (base.flags[i] & flag.boundCard)
    ),
  );
});

Deno.test("factors of rate and basket rise from class to class around a mean of one", () => {
  for (const factors of [rateFactors(0.6), basketFactors(0.55, 0.4)]) {
    assert.equal(factors.length, rateClasses);
    assert.ok(Math.abs(mean(factors) - 1) < 1e-12);
    assert.ok(factors.every((factor, k) => k === 0 || factor > factors[k - 1]));
  }
  assert.ok(rateFactors(0).every((factor) => Math.abs(factor - 1) < 1e-12));
});
