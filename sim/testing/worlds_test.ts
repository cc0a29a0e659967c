import assert from "node:assert/strict";
import {
  bridgedAt,
  feesAt,
  limitAt,
  lineState,
  planAt,
  principalFen,
  reservedAt,
} from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";
import { assertSound, openSmall, small } from "./worlds.ts";

Deno.test("assertSound() lets a sound world pass, and names the line of one that is not and what is wrong there", () => {
  const broken: [(fen: World["lines"]["fen"], line: number, world: World) => void, RegExp][] = [
    [(fen, line) => fen[reservedAt(line)] = fen[limitAt(line)] + 1, /is used beyond its limit/],
    [
      (fen, line, { lines }) => fen[bridgedAt(line)] = principalFen(lines, line) + 1,
      /owes more across platforms/,
    ],
    [(_, line, { lines }) => lines.state[line] = lineState.active + 1, /is not active and yet has \d+ fen/],
    [(fen, line) => fen[planAt(line)] += 7, /owes \d+ fen on plans/],
    [
      (fen, line, { lines }) =>
        lines.fen = Object.assign(Float64Array.from(fen), { [feesAt(line)]: 0.5 }) as never,
      /has \w+ 0\.5/,
    ],
  ];
  for (const [harm, said] of broken) {
    const world = openSmall(small("interop", { shoppers: 200 })), { lines } = world;
    assertSound(world, "authorise");
    const line = lines.state.findIndex((state, at) =>
      state === lineState.active && lines.fen[limitAt(at)] > 0
    );
    harm(lines.fen, line, world);
    assert.throws(() => assertSound(world, "authorise"), (error: Error) => {
      assert.match(error.message, new RegExp(`^day -?\\d+, after authorise: line ${line} `));
      assert.match(error.message, said);
      return true;
    });
  }
});
