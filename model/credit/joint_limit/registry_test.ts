import assert from "node:assert/strict";
import fc from "fast-check";
import { type LimitRule, limitRules, type LineRoom } from "./registry.ts";

const room = fc.record({ limitFen: fc.nat(5_000_000), heldFen: fc.nat(6_000_000) });
const ask = fc.record({
  asks: fc.constantFrom<0 | 1>(0, 1),
  amountFen: fc.integer({ min: 1, max: 4_000_000 }),
});

for (const [name, rule] of Object.entries<LimitRule>(limitRules)) {
  const holds = (claim: (lines: [LineRoom, LineRoom], ask: { asks: 0 | 1; amountFen: number }) => void) =>
    fc.assert(fc.property(fc.tuple(room, room), ask, claim), { seed: 42 });

  Deno.test(`${name}: limits keep their sum, to the fen, and none is below nothing`, () => {
    holds((lines, ask) => {
      const [a, b] = rule.split(lines, ask);
      assert.equal(a + b, lines[0].limitFen + lines[1].limitFen);
      assert.ok(Number.isSafeInteger(a) && a >= 0 && Number.isSafeInteger(b) && b >= 0);
    });
  });

  Deno.test(`${name}: no limit falls below what is held on its line, unless it was below before and stays`, () => {
    holds((lines, ask) => {
      for (const [k, limitFen] of rule.split(lines, ask).entries()) {
        assert.ok(limitFen >= Math.min(lines[k].limitFen, lines[k].heldFen));
      }
    });
  });

  Deno.test(`${name}: the asking line gets all that it lacks or nothing, and never more`, () => {
    holds((lines, { asks, amountFen }) => {
      const own = lines[asks], gotFen = rule.split(lines, { asks, amountFen })[asks] - own.limitFen;
      assert.ok(gotFen === 0 || gotFen === own.heldFen + amountFen - own.limitFen);
    });
  });

  Deno.test(`${name}: the same lines and the same wish, the same split`, () => {
    holds((lines, ask) => assert.deepEqual(rule.split(lines, ask), rule.split(lines, ask)));
  });

  Deno.test(`${name}: the names of the lines do not matter`, () => {
    holds(([a, b], { asks, amountFen }) => {
      const turned = rule.split([b, a], { asks: asks === 0 ? 1 : 0, amountFen });
      assert.deepEqual(rule.split([a, b], { asks, amountFen }), turned.toReversed());
    });
  });
}

Deno.test("only a joint limit lets one line's room serve the other", () => {
  const lines: [LineRoom, LineRoom] = [{ limitFen: 100, heldFen: 100 }, { limitFen: 100, heldFen: 0 }];
  const ask = { asks: 0 as const, amountFen: 40 };
  assert.deepEqual(limitRules.separate.split(lines, ask), [100, 100]);
  assert.deepEqual(limitRules.joint.split(lines, ask), [140, 60]);
  assert.deepEqual([limitRules.separate.joins, limitRules.joint.joins], [false, true]);
});
