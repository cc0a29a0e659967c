import assert from "node:assert/strict";
import fc from "fast-check";
import { load } from "#/scenarios/load.ts";
import type { Task, TaskResult } from "#/sim/experiments/pool.ts";
import { ChunkReader, ChunkSender, packResults, unpackResults } from "#/sim/experiments/pool_messages.ts";

const { name, scenario, history } = load("baseline", { shoppers: 100, days: 5 });
const bases = Array.from({ length: 90 }, () => ({ name, scenario, history }));
const paths = Array.from({ length: 70 }, (_, i) => ["demand", String(i)]);

Deno.test("tasks come out of their messages as they went in, however much a worker had to forget between", () => {
  const change = fc.tuple(
    fc.constantFrom(...paths),
    fc.oneof(fc.double({ noNaN: true }), fc.boolean(), fc.string()),
  );
  const task = fc.record({
    id: fc.string(),
    supposition: fc.constantFrom(...bases),
    changes: fc.array(change, { maxLength: 4 }),
    replication: fc.nat(),
    replay: fc.string(),
  });
  const messages = fc.array(fc.tuple(fc.string(), fc.array(task, { minLength: 1, maxLength: 40 })), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(messages, (messages) => {
      const sender = new ChunkSender(), reader = new ChunkReader();
      let first = 0;
      for (const [openingKey, parts] of messages) {
        const tasks = parts.map((part): Task => ({ ...part, openingKey }));
        const chunk = sender.chunk(tasks);
        assert.equal(chunk.first, first);
        first += tasks.length;
        const read = [...reader.tasks(structuredClone(chunk))];
        assert.deepEqual(
          read.map(({ supposition: _, ...rest }) => rest),
          tasks.map(({ supposition: _, ...rest }) => rest),
        );
        const numbers = new Map(read.map(({ supposition }, i) => [tasks[i].supposition, supposition]));
        for (const [i, { supposition }] of tasks.entries()) {
          assert.equal(read[i].supposition, numbers.get(supposition));
        }
        assert.equal(new Set(numbers.values()).size, numbers.size);
      }
    }),
    { seed: 8, numRuns: 60 },
  );
});

Deno.test("a supposition goes to a worker once", () => {
  const sender = new ChunkSender();
  const task = { id: "a", supposition: bases[0], replication: 0, replay: "", openingKey: "k" };
  assert.equal(sender.chunk([task, task]).freshBases.length, 1);
  assert.equal(sender.chunk([task]).freshBases.length, 0);
});

Deno.test("results come out of their message as they went in", () => {
  const layouts = ["[]", '[["gmv","CNY"]]', '[["gmv","CNY"],["netLoss","CNY"]]'];
  const packed = fc.nat({ max: 2 }).chain((n) =>
    fc.float64Array({ minLength: n, maxLength: n }).map((values) => ({ layout: layouts[n], values }))
  );
  const result: fc.Arbitrary<TaskResult> = fc.oneof(
    fc.record({
      status: fc.constant("done" as const),
      outcomes: fc.oneof(packed, fc.string()),
      runHash: fc.string(),
    }, { noNullPrototype: true }),
    fc.record({
      status: fc.constant("failed" as const),
      errorKind: fc.constantFrom("error" as const, "timeout" as const),
      errorMessage: fc.string(),
    }, { noNullPrototype: true }),
  );
  fc.assert(
    fc.property(fc.array(result, { maxLength: 30 }), (results) => {
      assert.deepEqual(unpackResults(structuredClone(packResults(results))), results);
    }),
    { seed: 8, numRuns: 200 },
  );
});
