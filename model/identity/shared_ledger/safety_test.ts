import assert from "node:assert/strict";
import fc from "fast-check";
import type { SharedLedger } from "./network.ts";
import { ledgerOf, schedules } from "./testing.ts";
import { verifyChain } from "./block.ts";

/** Checks that all replicas tell one story, which only ever grows, and gives the stories. */
function assertOneStory(ledger: SharedLedger, before: readonly string[][]): string[][] {
  const finals = ledger.finalBlocks.map(({ hash }) => hash);
  return ledger.replicas.map(({ chain, number }) => {
    const hashes = chain.map(({ hash }) => hash);
    assert.deepEqual(hashes, finals.slice(0, hashes.length), "a final block is the same everywhere");
    assert.deepEqual(hashes.slice(0, before[number].length), before[number], "finality is never taken back");
    return hashes;
  });
}

Deno.test("no two replicas ever hold different final blocks, whatever is lost, late, down or wrongly believed", () => {
  let blocks = 0, dropped = 0, refused = 0, twoLeaders = 0;
  const hostile = fc.record({
    schedule: schedules({ share: 0.5, maxDays: 1 }),
    // Seconds of one message after another, in parts of the terms' latency; -1 loses it.
    ways: fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 0, max: 10 }) },
        { weight: 1, arbitrary: fc.integer({ min: -1, max: 60 }) },
      ),
      { minLength: 1, maxLength: 211 },
    ),
    beliefs: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 23 }),
    rivals: fc.array(fc.record({ minute: fc.nat(1_439), replica: fc.nat(5) }), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(hostile, ({ schedule, ways, beliefs, rivals }) => {
      const { terms, fromDay } = schedule, start = fromDay * 1_440;
      const leaders = new Map<number, number>();
      const { ledger, ids } = ledgerOf(schedule, {
        secondsOf: ({ number }) => {
          const part = ways[number % ways.length];
          return part < 0 ? Infinity : Math.floor((terms.latencySeconds + 1) * part / 10);
        },
        believesUp: ({ observer, other, slot, up }) => {
          const wrong = beliefs[(slot * 7 + observer * 3 + other) % beliefs.length] === 0;
          if (wrong && up) leaders.set(slot, (leaders.get(slot) ?? 0) + 1);
          return up !== wrong;
        },
      });
      for (const { minute, replica } of rivals) {
        ledger.addRival({ minute: start + minute, replica: replica % terms.replicas });
      }
      const pendings = new Set<string>();
      let stories: string[][] = ledger.replicas.map(() => []);
      for (let minute = start; minute <= start + 1_440; minute += 37) {
        ledger.runUntil(minute);
        stories = assertOneStory(ledger, stories);
        for (const { pending } of ledger.replicas) if (pending) pendings.add(pending.block.hash);
      }
      assert.ok(verifyChain(ledger.chain).whole);
      const held = ledger.chain.flatMap(({ entries }) => entries);
      assert.equal(
        held.length,
        ids.filter((id) => ledger.finalityOf(id)).length,
        "in exactly one final block",
      );
      assert.equal(held.length + ledger.waiting, ids.length);
      blocks += ledger.finalBlocks.length;
      const finals = new Set(ledger.finalBlocks.map(({ hash }) => hash));
      dropped += [...pendings].filter((hash) => !finals.has(hash)).length;
      refused += ledger.forkRefusals.length;
      twoLeaders += leaders.size;
    }),
    { seed: 77, numRuns: 250 },
  );
  // The schedules reach what is hard: blocks acknowledged and never final, forks refused, two leaders at once.
  assert.ok(
    blocks > 1_000 && dropped > 20 && refused > 20 && twoLeaders > 100,
    `${blocks} ${dropped} ${refused} ${twoLeaders}`,
  );
});
