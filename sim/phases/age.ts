// Age: late fees on what is overdue, reports and cases for collection, what collection costs, and default.

import { stage } from "#/model/credit/collections.ts";
import { lawfulLateFeePpm } from "#/model/credit/cost_cap.ts";
import { ppmOf } from "#/model/units/units.ts";
import { externalFlows } from "#/model/names.ts";
import { code } from "#/sim/ledger/chart.ts";
import { ruleAt } from "#/sim/rulebook.ts";
import { feesAt, lineCount, overdueAt, planAt } from "#/sim/tables/lines.ts";
import { removeLoan } from "#/sim/tables/loans.ts";
import { pay, type World } from "#/sim/world.ts";
import { freeFen, issuerAt } from "./clear.ts";
import { collect } from "./collect.ts";
import { reportToBureau } from "./report.ts";

const allInCostAt = ruleAt("allInCost");

/** Ages every line in arrears by one day. */
export function age(world: World): void {
  const { lines, terms, today, memory, chart, arrears, ledger, participants } = world;
  const costFen = memory.collectionDueFen;
  memory.chargedFen.fill(0);
  const ppm = terms.products.map((product, p) =>
    lawfulLateFeePpm(product.lateFeePpmPerDay, product.instalmentAprBps, today.day, today.cost[p])
  );
  for (let k = 0; k < arrears.length; k++) {
    const line = arrears.lines[k];
    const p = line % lineCount, dpd = today.day - lines.oldestDue[line];
    if (dpd > 0) {
      const feeFen = ppmOf(lines.fen[overdueAt(line)], ppm[p]);
      lines.fen[feesAt(line)] += feeFen;
      memory.chargedFen[p] += feeFen;
      const fullPpm = terms.products[p].lateFeePpmPerDay;
      if (fullPpm > ppm[p]) {
        world.rules.trimmedFen[allInCostAt] += ppmOf(lines.fen[overdueAt(line)], fullPpm) - feeFen;
      }
    }
    if (dpd === 0) lines.stage[line] = stage.none;
    else reportToBureau(world, line, dpd);
    if (dpd === terms.products[p].defaultDpd) accelerate(world, line);
  }
  collect(world);
  const external = chart.external[externalFlows.indexOf("collection-cost")];
  for (let p = 0; p < lineCount; p++) {
    pay(world, chart.products[p].fees, chart.products[p].feesOwed, memory.chargedFen[p], code.charge);
    // What cash does not cover today is paid when it does.
    const paidFen = Math.min(costFen[p], freeFen(world, issuerAt[p]));
    pay(world, external, chart.settle[issuerAt[p]], paidFen, code.collectionCost);
    costFen[p] -= paidFen;
    // What is spent after the last window is no room for what this evening still obliges.
    const spare = ledger.availableFen(chart.settle[issuerAt[p]]), { roomFen } = participants;
    roomFen[issuerAt[p]] = Math.min(roomFen[issuerAt[p]], spare);
  }
}

/** Default: the rest of all plans of a line becomes due at once. */
function accelerate(world: World, line: number): void {
  const { lines, loans } = world;
  lines.fen[overdueAt(line)] += lines.fen[planAt(line)];
  lines.fen[planAt(line)] = 0;
  while (lines.firstLoan[line] >= 0) removeLoan(loans, lines, lines.firstLoan[line]);
}
