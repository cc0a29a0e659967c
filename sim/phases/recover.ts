// Recover: claims that were written off and found no buyer are still owed, and some people pay them when they can.

import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import { placeOf } from "#/sim/tables/pool_tally.ts";
import { mark } from "#/sim/tables/shoppers.ts";
import { pay, type World } from "#/sim/world.ts";
import { firstBank, issuerAt, oblige } from "./clear.ts";

/** Full scale of the part of a claim that was lent across platforms. */
export const bridgedScale = 255;

/** At a month's end: who is out of hardship pays the whole claim with a small chance. */
export function recover(world: World): void {
  const { lines, shoppers, streams, today, terms, memory, chart, recorder } = world;
  const chance = terms.collections.recoveredPerMonthBps / 10_000;
  let totalFen = 0;
  for (let line = 0; line < lines.count; line++) {
    const claimFen = lines.claimFen[line];
    if (claimFen === 0) continue;
    const i = Math.floor(line / lineCount), p = line % lineCount;
    if (shoppers.hardshipUntil[i] >= today.day || shoppers.marks[i] & (mark.absconded | mark.invented)) {
      continue;
    }
    draw(streams, process.collection, shoppers.entity0 * lineCount + line, today.day);
    if (uniform(streams, lane.collection.recovery) >= chance) continue;
    lines.claimFen[line] = 0;
    memory.lost[p].recoveredFen += claimFen;
    memory.lost[p].recoveredBridgedFen += Math.round(claimFen * lines.claimBridged[line] / bridgedScale);
    oblige(world, firstBank + shoppers.bank[i], issuerAt[p], claimFen);
    totalFen += claimFen;
    const { tally } = world.funding;
    if (tally) tally.recoveredFen[placeOf(line)] += claimFen;
  }
  pay(world, chart.deposits.owed, chart.deposits.shoppers, totalFen, code.recovery);
  for (let p = 0; p < lineCount; p++) {
    record(recorder, today.day, `recovered.${terms.products[p].name}`, "money", memory.lost[p].recoveredFen);
  }
}
