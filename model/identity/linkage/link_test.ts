import assert from "node:assert/strict";
import fc from "fast-check";
import { wilsonInterval } from "#/model/statistics/interval.ts";
import { philox, unit } from "#/model/statistics/philox.ts";
import { careless, luckOf, type Supposed, twoFiles } from "./fixture.ts";
import { fields } from "./identifiers.ts";
import { link } from "./link.ts";
import { clerk, measure } from "./measure.ts";
import { faultless, type RecordFile } from "./records.ts";

const targets = { falseLinkTargetBps: 50, missedLinkTargetBps: 200 };

/** A clerk whose luck belongs to the two people, in whatever order the files are. */
function clerkOf(a: RecordFile, b: RecordFile, accuracyBps = 9_500) {
  const block = new Uint32Array(4);
  const luck = (i: number, j: number) => {
    philox(a.person[i], b.person[j], 4, 0, 1, 0, block);
    return unit(block[0]);
  };
  return clerk(a, b, { accuracyBps, luck });
}

function linked(
  count: number,
  supposed: Supposed = {},
  terms: Partial<typeof targets> = {},
  accuracyBps?: number,
) {
  const { a, b } = twoFiles(count, supposed),
    reviewer = accuracyBps === undefined ? undefined : clerkOf(a, b, accuracyBps);
  const linkage = link(a, b, { ...targets, ...terms, reviewer });
  return { a, b, linkage, quality: measure(linkage.linkOf, a, b) };
}

Deno.test("link() links perfect files perfectly", () => {
  const { quality } = linked(5_000, { faults: faultless, shares: [1, 1] });
  assert.deepEqual([quality.falseLinks, quality.missedLinks, quality.links], [0, 0, 5_000]);
  const part = linked(5_000, { faults: faultless }).quality;
  assert.deepEqual([part.falseLinks, part.missedLinks], [0, 0]);
  assert.ok(part.links > 1_900);
});

Deno.test("link() links next to nothing between files without a person in common, families and namesakes or not", () => {
  for (const seed of [1, 2, 3, 4]) {
    const { quality, linkage, a } = linked(20_000, { seed, disjoint: true });
    assert.ok(quality.links < 0.0005 * a.count, `${quality.links} links`);
    // A person who is right in 95 of 100 cases says yes to one stranger in 20 of those shown.
    const { quality: looked, linkage: shown } = linked(20_000, { seed, disjoint: true }, {}, 9_500);
    assert.ok(looked.links <= quality.links + 0.1 * shown.reviewed && shown.reviewed < 0.1 * a.count);
    assert.ok(linkage.expectedMatches < 0.002 * a.count, `${linkage.expectedMatches} matches expected`);
  }
});

const bps = fc.nat(1_500), faults = fc.record({ missingBps: bps, wrongBps: bps });
const changing = fc.record({ missingBps: bps, wrongBps: bps, staleBps: bps });
const share = fc.double({ min: 0.05, max: 1, noNaN: true });
const worlds = fc.record({
  seed: fc.nat(1e6),
  shares: fc.tuple(share, share),
  faults: fc.record({
    surname: faults,
    givenName: faults,
    birthDay: faults,
    sex: faults,
    phone: changing,
    district: changing,
  }),
  terms: fc.record({
    namesakesPerPerson: fc.double({ min: 0.01, max: 1, noNaN: true }),
    familyPhoneBps: fc.nat(3_000),
  }),
});

Deno.test("link() links one to one, none below its threshold, for any faults, shares, families and namesakes", () => {
  fc.assert(
    fc.property(worlds, fc.integer({ min: 100, max: 1_500 }), fc.boolean(), (world, count, looks) => {
      const { a, b, linkage } = linked(count, world, {}, looks ? 9_000 : undefined);
      const taken = new Set<number>(), { lower, upper } = linkage.weights;
      let links = 0;
      for (let i = 0; i < a.count; i++) {
        const j = linkage.linkOf[i];
        if (j < 0) {
          assert.ok(Number.isNaN(linkage.weightOf[i]));
          continue;
        }
        links++;
        assert.ok(j < b.count && !taken.has(j));
        taken.add(j);
        assert.ok(linkage.weightOf[i] >= (looks ? lower : upper));
      }
      assert.equal(linkage.links, links);
      assert.ok(linkage.expectedFalseShare >= 0 && linkage.expectedFalseShare <= 1);
      assert.ok(Number.isFinite(linkage.expectedMatches) && linkage.fit.matchShare >= 0);
      if (!looks) assert.equal(linkage.reviewed, 0);
    }),
    { seed: 451, numRuns: 60 },
  );
});

Deno.test("link() links the same people in whatever order the files are", () => {
  const shuffled = (file: RecordFile, seed: number): RecordFile => {
    const luck = luckOf(seed, 9), at = [...file.person.keys()].sort((i, j) => luck(i, 0) - luck(j, 0));
    const columns = Object.fromEntries(
      fields.map((field) => [field, Int32Array.from(at, (i) => file.columns[field][i])]),
    ) as typeof file.columns;
    return { count: file.count, person: Int32Array.from(at, (i) => file.person[i]), columns };
  };
  const who = (a: RecordFile, b: RecordFile) => {
    const { linkOf, reviewed } = link(a, b, {
      falseLinkTargetBps: 5,
      missedLinkTargetBps: 50,
      reviewer: clerkOf(a, b),
    });
    const people = [...a.person.keys()].filter((i) => linkOf[i] >= 0).map((
      i,
    ) => [a.person[i], b.person[linkOf[i]]]);
    return { reviewed, people: people.sort(([x], [y]) => x - y) };
  };
  for (const seed of [1, 2]) {
    // Many namesakes, so that there are ties.
    const { a, b } = twoFiles(3_000, { seed, terms: { namesakesPerPerson: 1 } });
    const one = who(a, b), other = who(shuffled(a, seed), shuffled(b, seed + 7));
    assert.ok(one.reviewed > 20);
    assert.deepEqual(one, other);
  }
});

Deno.test("link() expects as many false links as there are, and as many people in both files, without being told", () => {
  for (const seed of [1, 2, 3]) {
    for (const falseLinkTargetBps of [50, 100]) {
      const { linkage, quality } = linked(30_000, { seed }, { falseLinkTargetBps });
      const { low, high } = wilsonInterval(quality.falseLinks, quality.links, { confidence: 0.99 });
      const { expectedFalseShare, expectedMatches } = linkage;
      assert.ok(
        low <= expectedFalseShare && expectedFalseShare <= high,
        `${low} ${expectedFalseShare} ${high}`,
      );
      assert.ok(
        Math.abs(expectedMatches / quality.inBoth - 1) < 0.01,
        `${expectedMatches} of ${quality.inBoth}`,
      );
    }
  }
});

Deno.test("link() keeps its false links near the target, and misses fewer the more it may err", () => {
  let before = Infinity;
  for (const falseLinkTargetBps of [10, 40, 80]) {
    const { quality } = linked(40_000, {}, { falseLinkTargetBps });
    const share = 10_000 * quality.falseLinks / quality.links;
    assert.ok(share < 1.2 * falseLinkTargetBps + 3 && share > 0.5 * falseLinkTargetBps - 3, `${share} bps`);
    assert.ok(quality.missedLinks < before);
    before = quality.missedLinks;
  }
});

Deno.test("link() makes the same share of errors when the population is doubled with the same namesakes", () => {
  const pooled = (count: number, seeds: number) => {
    let links = 0, falseLinks = 0, inBoth = 0, missedLinks = 0, candidates = 0, records = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const { a, linkage, quality } = linked(count, { seed: seed * 100 });
      links += quality.links;
      falseLinks += quality.falseLinks;
      inBoth += quality.inBoth;
      missedLinks += quality.missedLinks;
      candidates += linkage.candidates;
      records += a.count;
    }
    return {
      false: falseLinks / links,
      missed: missedLinks / inBoth,
      links,
      inBoth,
      perRecord: candidates / records,
    };
  };
  const small = pooled(12_000, 8), large = pooled(24_000, 4);
  const apart = (p: number, q: number, n: number) => Math.abs(p - q) / Math.sqrt((p + q) / 2 * 2 / n);
  assert.ok(apart(small.false, large.false, small.links) < 3, `${small.false} ${large.false}`);
  assert.ok(apart(small.missed, large.missed, small.inBoth) < 3, `${small.missed} ${large.missed}`);
  assert.ok(Math.abs(small.perRecord / large.perRecord - 1) < 0.05, `${small.perRecord} ${large.perRecord}`);
});

Deno.test("link() misses more when phones go stale, and when namesakes abound", () => {
  const usual = linked(20_000).quality;
  const stale =
    linked(20_000, { faults: { ...careless, phone: { ...careless.phone, staleBps: 4_000 } } }).quality;
  const alike = linked(20_000, { terms: { namesakesPerPerson: 1 } }).quality;
  assert.ok(stale.recall < usual.recall - 0.01, `${stale.recall}`);
  assert.ok(alike.recall < usual.recall - 0.002, `${alike.recall}`);
});

Deno.test("link(): a person who looks finds what the columns cannot show, the better the fewer errors", () => {
  const strict = { falseLinkTargetBps: 5, missedLinkTargetBps: 20 };
  const errors = (accuracyBps?: number) => {
    const { quality, linkage } = linked(20_000, {}, strict, accuracyBps);
    return { ...quality, reviewed: linkage.reviewed };
  };
  const nobody = errors(), poor = errors(8_000), good = errors(9_900);
  assert.equal(nobody.reviewed, 0);
  assert.ok(good.reviewed > 100);
  assert.ok(good.missedLinks < poor.missedLinks && poor.missedLinks < nobody.missedLinks);
  assert.ok(good.falseLinks < poor.falseLinks);
});

Deno.test("link() refuses an empty file and a placeholder that all share", () => {
  const { a, b } = twoFiles(200), none = { count: 0, columns: a.columns };
  assert.throws(() => link(none, b, targets), {
    name: "RangeError",
    message: `Cannot link 0 records with ${b.count}: each file needs at least one`,
  });
  a.columns.phone.fill(7);
  b.columns.phone.fill(7);
  assert.throws(() => link(a, b, { ...targets, pairsMax: 10_000 }), /pairs that share phone: at most 10000/);
});
