// What is read from clearing: each rail by hour of the day, the bridge's queue and money by hour, and what the law says of it.

import { connectionMark, connections } from "#/model/clearing/connection.ts";
import { rails } from "#/model/clearing/rails/registry.ts";
import type { ClearingTables } from "./result.ts";
import { closeNets } from "./phases/gauge.ts";
import { hours, railNames } from "./tables/rail_tally.ts";
import type { World } from "./world.ts";

const bridgeRail = railNames.indexOf("rtgs");

/** The tables of clearing: money in CNY and payments for everybody, sums over the run; peaks are of the worst day. */
export function clearingTables(world: World): ClearingTables {
  const { rails: tally, terms: { factor, scenario, days } } = world;
  const cny = (fen: number) => fen * factor / 100;
  closeNets(tally, world.participants.count);
  const { connection } = scenario.clearing;
  return {
    method: world.terms.clearing.method.title,
    connection: connections[connection].title,
    mark: connectionMark(connection, scenario.world.startDate),
    rails: railNames.map((rail, r) => ({
      rail,
      title: rails[rail].title,
      hours: Array.from({ length: hours }, (_, hour) => {
        const at = r * hours + hour, valueFen = tally.valueFen[at];
        return {
          payments: tally.payments[at] * factor,
          valueCny: cny(valueFen),
          delayMinutes: valueFen === 0 ? 0 : tally.delayFenMinutes[at] / valueFen,
          failed: tally.failed[at] * factor,
          queuePeakCny: cny(tally.queuePeakFen[at]),
          liquidityPeakCny: cny(tally.liquidityPeakFen[at]),
          liquidityCostCny: cny(tally.liquidityCostFen[at]),
          nettingRatio: tally.grossFen[at] === 0 ? 0 : 1 - tally.netFen[at] / tally.grossFen[at],
          gridlockMinutes: tally.gridlockMinutes[at] / days,
        };
      }),
    })),
    bridge: Array.from({ length: hours }, (_, hour) => ({
      queuePeakCny: cny(tally.queuePeakFen[bridgeRail * hours + hour]),
      liquidityPeakCny: cny(tally.liquidityPeakFen[bridgeRail * hours + hour]),
      gridlockMinutes: tally.gridlockMinutes[bridgeRail * hours + hour] / days,
    })),
  };
}
