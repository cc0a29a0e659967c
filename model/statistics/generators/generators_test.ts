// Figures without another source were drawn with NumPy 2.4 (its streams are those of every version since 1.17).

import assert from "node:assert/strict";
import fc from "fast-check";
import { philox } from "#/model/statistics/philox.ts";
import type { Generator } from "./generator.ts";
import { Mt19937 } from "./mt19937.ts";
import { Pcg64 } from "./pcg64.ts";
import { Philox4x64, philox4x64 } from "./philox_4x64.ts";
import { SeedSequence, wordsOf } from "./seed_sequence.ts";

const take = (count: number, next: () => number | bigint) => Array.from({ length: count }, next);
const kinds = { Pcg64, Philox4x64, Mt19937 };

Deno.test("seed sequences give NumPy's words for long numbers, lists, zero, keys and larger pools", () => {
  const words = (sequence: SeedSequence, count: number) => [...sequence.generateState(count)];
  assert.deepEqual(words(new SeedSequence(0x9e3779b97f4a7c15f39cc0605cedc8341234567n), 6), [
    1_722_002_897,
    2_203_083_756,
    1_029_877_944,
    839_451_271,
    913_016_169,
    1_739_967_065,
  ]);
  assert.deepEqual([...new SeedSequence([1, 2 ** 40, 3, 4, 5, 6]).generateState64(3)], [
    2_764_690_487_579_992_365n,
    2_657_509_283_072_379_535n,
    10_334_254_184_810_681_722n,
  ]);
  assert.deepEqual(words(new SeedSequence(0), 2), [2_968_811_710, 3_677_149_159]);
  assert.deepEqual(words(new SeedSequence(7, { spawnKey: [3, 2 ** 33] }), 4), [
    3_344_624_756,
    902_860_381,
    202_949_402,
    2_690_463_963,
  ]);
  assert.deepEqual(words(new SeedSequence(7, { poolSize: 8 }), 9), [
    4_073_991_759,
    3_860_319_326,
    1_691_695_900,
    522_132_654,
    3_069_485_573,
    2_982_616_557,
    3_936_096_425,
    3_846_322_761,
    1_529_687_222,
  ]);
});

Deno.test("children of a seed sequence are counted on, and have children of their own", () => {
  const parent = new SeedSequence(99), grandchild = parent.spawn(3)[2].spawn(2)[1];
  assert.deepEqual(grandchild.spawnKey, [2, 1]);
  assert.deepEqual([...grandchild.generateState(2)], [836_709_658, 2_737_037_496]);
  assert.equal(parent.childrenSpawned, 3);
  assert.deepEqual(parent.spawn(1)[0].spawnKey, [3]);
  const resumed = new SeedSequence(99, { childrenSpawned: 4 });
  assert.deepEqual(resumed.spawn(1)[0].generateState(4), parent.spawn(1)[0].generateState(4));
});

Deno.test("states are prefixes of longer ones, 64-bit words are pairs, and no seed repeats another's", () => {
  const seed = fc.oneof(
    fc.maxSafeNat(),
    fc.bigInt(0n, 1n << 300n),
    fc.array(fc.maxSafeNat(), { maxLength: 9 }),
  );
  fc.assert(
    fc.property(
      seed,
      fc.array(fc.nat(), { maxLength: 3 }),
      fc.integer({ min: 4, max: 9 }),
      (entropy, spawnKey, poolSize) => {
        const sequence = new SeedSequence(entropy, { spawnKey, poolSize }), long = sequence.generateState(20);
        assert.deepEqual(sequence.generateState(7), long.slice(0, 7));
        assert.deepEqual(new Uint32Array(sequence.generateState64(10).buffer), long);
        const [child] = sequence.spawn(1);
        assert.notDeepEqual(child.generateState(4), sequence.generateState(4));
      },
    ),
    { seed: 11, numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.bigInt(0n, 1n << 200n), (number) => {
      const back = wordsOf(number).reduceRight((sum, word) => sum << 32n | BigInt(word), 0n);
      assert.equal(back, number);
    }),
    { seed: 12 },
  );
});

Deno.test("PCG64 draws what NumPy's default generator draws: doubles, whole numbers, raw words, children, jumps", () => {
  const drawn = new Pcg64(2024);
  assert.deepEqual(take(3, () => drawn.random()), [
    0.6758313379812818,
    0.21432320123825765,
    0.3094520308816917,
  ]);
  assert.deepEqual(take(5, () => drawn.integer(0, 10)), [9, 7, 9, 9, 0]);
  assert.equal(drawn.integer(-5, 2 ** 40), 86_559_639_769);
  assert.equal(drawn.integer(0, 2 ** 32), 610_880_995);
  assert.equal(drawn.random(), 0.18082381369685463);
  const other = new Pcg64(5);
  assert.deepEqual([other.raw(), other.raw()], [14_849_682_912_918_955_432n, 14_903_876_974_979_881_461n]);
  assert.equal(other.spawn(2)[1].random(), 0.2531538239071238);
  const far = new Pcg64(42).advance(10n ** 20n);
  assert.deepEqual([far.raw(), far.raw()], [8_585_521_137_837_520_045n, 11_098_595_697_676_651_293n]);
  assert.deepEqual([far.advance(-3n).raw(), far.raw()], [
    14_620_642_438_686_729_289n,
    8_585_521_137_837_520_045n,
  ]);
});

Deno.test("an advance by n is n draws", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 50 }), (seed, n) => {
      const walked = new Pcg64(seed), jumped = new Pcg64(seed).advance(BigInt(n));
      take(n, () => walked.raw());
      assert.equal(walked.raw(), jumped.raw());
      assert.equal(walked.advance(-1n).raw(), jumped.advance(-1n).raw());
      const blocks = new Philox4x64(seed), skipped = new Philox4x64(seed).advance(BigInt(n));
      take(4 * n, () => blocks.raw());
      assert.equal(blocks.raw(), skipped.raw());
    }),
    { seed: 13, numRuns: 100 },
  );
});

Deno.test("Philox4x64-10 gives the known answers of Random123 at its corners", () => {
  const ones = (bits: bigint) => (1n << bits) - 1n;
  assert.deepEqual(philox4x64(0n, 0n), [
    0x16554d9eca36314cn,
    0xdb20fe9d672d0fdcn,
    0xd7e772cee186176bn,
    0x7e68b68aec7ba23bn,
  ]);
  assert.deepEqual(philox4x64(ones(256n), ones(128n)), [
    0x87b092c3013fe90bn,
    0x438c3c67be8d0224n,
    0x9cc7d7c69cd777b6n,
    0xa09caebf594f0ba0n,
  ]);
});

Deno.test("the Philox generator counts before its first block, wraps around, and is seeded as NumPy's", () => {
  const seeded = new Philox4x64(42);
  assert.deepEqual(take(6, () => seeded.raw()), [
    1_587_852_024_645_073_290n,
    2_611_271_723_512_893_552n,
    4_982_337_093_617_253_890n,
    16_123_152_800_351_476_682n,
    3_138_981_475_030_020_977n,
    9_349_039_075_912_046_124n,
  ]);
  const mixed = new Philox4x64(42);
  assert.deepEqual(take(2, () => mixed.random()), [0.08607763073528474, 0.14155732377913233]);
  assert.deepEqual(take(3, () => mixed.integer(0, 100)), [40, 27, 23]);
  assert.equal(mixed.random(), 0.17016452673096505);
  const wrapped = new Philox4x64({ key: (1n << 100n) + 5n, counter: (1n << 256n) - 1n });
  assert.deepEqual(take(2, () => wrapped.raw()), [15_011_546_682_078_567_510n, 7_142_848_364_776_054_447n]);
  const words = (list: bigint[]) => list.reduceRight((sum, word) => sum << 64n | word, 0n);
  const given = new Philox4x64({ key: words([3n, 4n]), counter: words([1n, 2n, 3n, 4n]) });
  assert.equal(take(5, () => given.raw())[4], 12_400_864_824_130_120_097n);
  assert.equal(given.advance(5n).raw(), 17_674_554_845_052_814_064n);
});

Deno.test("64-bit Philox is another function than the 32-bit one of runs, of the same build", () => {
  const out = new Uint32Array(4);
  philox(0, 0, 0, 0, 0, 0, out);
  assert.notEqual(philox4x64(0n, 0n)[0] & 0xffff_ffffn, BigInt(out[0]));
});

Deno.test("the Mersenne Twister gives its authors' figures and NumPy's, by number, list and seed sequence", () => {
  const standard = Mt19937.classic(5_489);
  // The C++ standard asks for this 10,000th word of std::mt19937.
  assert.equal(take(10_000, () => standard.word32()).at(-1), 4_123_659_995);
  // The first words of the authors' mt19937ar.out.
  const authors = Mt19937.classic([0x123, 0x234, 0x345, 0x456]);
  assert.deepEqual(take(3, () => authors.word32()), [1_067_595_299, 955_945_823, 477_289_528]);
  const number = Mt19937.classic(42), list = Mt19937.classic([1, 2, 3]);
  assert.deepEqual(take(3, () => number.random()), [
    0.3745401188473625,
    0.9507143064099162,
    0.7319939418114051,
  ]);
  assert.deepEqual(take(2, () => list.random()), [0.6098612722867289, 0.8866970434146851]);
  const sequence = new Mt19937(42);
  assert.deepEqual(take(3, () => sequence.raw()), [2_327_846_034n, 3_904_886_566n, 2_661_450_408n]);
  const mixed = new Mt19937(42);
  assert.deepEqual(take(2, () => mixed.random()), [0.5419938930062744, 0.6196672126927824]);
  assert.deepEqual(take(4, () => mixed.integer(0, 10)), [0, 7, 8, 3]);
  const wide = new Mt19937(3);
  assert.deepEqual(take(3, () => wide.integer(0, 2 ** 40)), [
    983_883_447_512,
    546_544_189_077,
    725_453_243_278,
  ]);
});

for (const [name, Kind] of Object.entries(kinds)) {
  Deno.test(`${name}: numbers lie where they must, are even, and spawned generators go their own ways`, () => {
    const whole = fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), width = fc.integer({ min: 1, max: 2 ** 41 });
    fc.assert(
      fc.property(fc.maxSafeNat(), whole, width, (seed, low, span) => {
        const drawn: Generator = new Kind(seed), again: Generator = new Kind(new SeedSequence(seed));
        const numbers = drawn.randoms(20), one = drawn.integer(low, low + span);
        assert.ok(numbers.every((number) => number >= 0 && number < 1));
        assert.ok(Number.isInteger(one) && one >= low && one < low + span);
        assert.deepEqual(again.randoms(20), numbers);
        const [a, b] = drawn.spawn(2).map((child) => child.randoms(4));
        assert.notDeepEqual(a, b);
        assert.notDeepEqual(a, numbers.slice(0, 4));
      }),
      { seed: 14, numRuns: 60 },
    );
    const drawn = new Kind(1), counts = new Float64Array(16), rolls = new Float64Array(6);
    for (const number of drawn.randoms(16_000)) counts[Math.floor(16 * number)]++;
    for (let i = 0; i < 6_000; i++) rolls[drawn.integer(0, 6)]++;
    const chiSquare = (seen: Float64Array, expected: number) =>
      seen.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Beyond these in one of 10,000 samples.
    assert.ok(chiSquare(counts, 1_000) < 44.3, `${chiSquare(counts, 1_000)}`);
    assert.ok(chiSquare(rolls, 1_000) < 25.8, `${chiSquare(rolls, 1_000)}`);
  });
}

Deno.test("seeds and ranges that cannot be are refused with what is allowed", () => {
  const refused = (make: () => unknown, text: RegExp, name = "RangeError") =>
    assert.throws(make, { name, message: text });
  for (const seed of [-1, 0.5, NaN, 2 ** 53, -3n]) {
    refused(() => new SeedSequence(seed), /Cannot seed with .*: allowed are whole numbers from 0/);
  }
  refused(() => new SeedSequence([1, -1]), /Cannot seed with -1/);
  refused(() => new SeedSequence(1, { poolSize: 3 }), /3 as words in the pool/);
  refused(() => Mt19937.classic(2 ** 32), /4294967296: allowed are numbers below 2\^32/);
  refused(() => Mt19937.classic([]), /empty list/);
  refused(() => new Mt19937({ state: new Uint32Array(5) }), /624 words, not 5/);
  refused(() => new Pcg64(1).integer(3, 3), /\[3, 3\): allowed are whole numbers/);
  refused(() => new Pcg64(1).integer(0.5, 3), /allowed are whole numbers/);
  refused(() => new Pcg64(1).integer(-(2 ** 53) + 1, 2 ** 53 - 1), /at most 2\^53/);
  refused(() => Mt19937.classic(1).spawn(1), /no seed sequence/, "TypeError");
  refused(() => new Philox4x64({ key: 1n }).spawn(1), /no seed sequence/, "TypeError");
});
