import assert from "node:assert/strict";
import { compareProjects, fanLevels } from "./compare.ts";
import { planDesk } from "./evaluate.ts";
import { evidenceOf } from "./evidence.ts";
import { meanFlows } from "./mean_flows.ts";
import { regretTable, varianceOf } from "./regret.ts";
import { worthSteps } from "./steps.ts";
import { planWithFlows } from "./arbitrary.ts";
import fc from "fast-check";
import { noisyReplications, plainPlan, someUncertainties } from "./testing.ts";
import type { Plan } from "./terms.ts";
import { twoWay } from "./two_way.ts";
import { isAssumed, type Uncertainty } from "./uncertainty.ts";
import { valueOfWaiting } from "./waiting.ts";

const seed = [3, 4] as const, million = 100_000_000;
const [plain, flows] = plainPlan();
const lent: Plan = {
  ...plain,
  name: "lent",
  sources: [{ ...plain.sources[0], amountFen: 5 * million } as Plan["sources"][number], {
    ...{
      kind: "projectBonds",
      name: "bonds",
      amountFen: 9 * million,
      at: { month: 1 },
      rateBps: 600,
      feeBps: 100,
    },
    ...{ tenorMonths: 50, graceMonths: 9, isInterestCapitalisedInGrace: false, isRingFenced: false },
    ...{ repayment: { shape: "amortising" }, issuer: "project", placement: "private" },
  }],
  covenants: [{ measure: "dscr", bound: "atLeast", value: 11_000, fromMonth: 12 }],
};
const cheaper: Plan = {
  ...plain,
  name: "cheaper",
  uses: { ...plain.uses, runningCosts: { perMonthFen: million / 20, fromMonth: 1 } },
};
const asked = { uncertainties: someUncertainties, draws: 120, seed };
const cases = (deviation: number, replications = 12) => [
  { name: "calm", title: "as given", replications: noisyReplications(flows, { replications, deviation }) },
];

Deno.test("half the variance of replications halves the variance of simulation error and leaves the uncertainty's", () => {
  const many = { replications: 60 };
  const of = (deviation: number) =>
    compareProjects([plain], cases(deviation, many.replications), { ...asked, draws: 60 }).fields[0][0].npv;
  const few = of(0.08), twice = of(0.08 / Math.SQRT2);
  const ratio = (twice.simulationError! / few.simulationError!) ** 2;
  assert.ok(Math.abs(ratio - 0.5) < 0.03, `${ratio}`);
  assert.ok(
    Math.abs(twice.uncertainty / few.uncertainty - 1) < 0.03,
    `${twice.uncertainty / few.uncertainty}`,
  );
  // The error of the mean falls with the replications; what one replication leaves open does not.
  const fewer = compareProjects([plain], cases(0.08, 15), { ...asked, draws: 60 }).fields[0][0].npv;
  assert.ok(
    fewer.simulationError! > few.simulationError! * 1.4,
    "a quarter of the replications, twice the error",
  );
});

Deno.test("the parts of a table's spread are those that it was made of", () => {
  const replications = 40, draws = 50, table = new Float64Array(replications * draws);
  for (let r = 0; r < replications; r++) {
    for (let k = 0; k < draws; k++) {
      table[r * draws + k] = 100 + 3 * Math.sin(r * 7.1) + 10 * Math.cos(k * 3.7);
    }
  }
  const { mean, uncertainty, simulation } = twoWay(table, { replications, draws });
  const byDraw = Array.from({ length: draws }, (_, k) => 10 * Math.cos(k * 3.7));
  const byRow = Array.from({ length: replications }, (_, r) => 3 * Math.sin(r * 7.1));
  assert.ok(Math.abs(uncertainty - Math.sqrt(varianceOf(byDraw))) < 1e-9);
  assert.ok(Math.abs(simulation! - Math.sqrt(varianceOf(byRow))) < 1e-9);
  assert.ok(Math.abs(mean - 100) < 1.5);
  const one = twoWay(table.subarray(0, draws), { replications: 1, draws });
  assert.equal(one.simulation, null);
  assert.throws(
    () => twoWay([1, 2, 3], { replications: 2, draws: 2 }),
    /3 results of 2 replications and 2 draws/,
  );
});

Deno.test("each column of the regret table has a zero, the differences are paired, and pairs beat what is not paired", () => {
  const two = [...cases(0.05), { ...cases(0.2)[0], name: "rough" }];
  const found = compareProjects([plain, lent, cheaper], two, asked);
  for (const measure of ["owners", "npv"] as const) {
    const table = regretTable(found, { measure });
    for (const [c] of two.entries()) {
      const column = table.cells.map((row) => row[c]);
      assert.equal(column.filter(({ regretFen }) => regretFen === 0).length >= 1, true);
      assert.ok(column.every(({ regretFen }) => regretFen >= 0));
      assert.ok(Math.abs(column.reduce((sum, { bestShare }) => sum + bestShare, 0) - 1) < 1e-9);
      for (const cell of column) {
        if (cell.gain !== null) assert.ok(cell.gain > 2, `${cell.plan}: ${cell.gain}`);
      }
    }
    assert.equal(table.worstFen[found.plans.indexOf(table.chosen)], Math.min(...table.worstFen));
    if (measure === "npv") assert.deepEqual(table.best, ["cheaper", "cheaper"]);
  }
  // The same plan under two names differs by nothing.
  const twins = compareProjects([plain, { ...plain, name: "twin" }], cases(0.05), asked);
  assert.deepEqual(twins.fields[0][0].tables, twins.fields[1][0].tables);
  assert.equal(regretTable(twins).cells[1][0].regretFen, 0);
});

Deno.test("fans are ordered, and without uncertainty they close to a line, that of the plan as given", () => {
  const { cash, dscr } = compareProjects([lent], cases(0.05), asked).fields[0][0].fans;
  for (const { levels } of [cash, dscr]) {
    assert.equal(levels.length, fanLevels.length);
    for (let m = 0; m < levels[0].length; m++) {
      for (let i = 1; i < levels.length; i++) {
        assert.ok(Number.isNaN(levels[i][m]) || levels[i][m] >= levels[i - 1][m], `month ${m}, level ${i}`);
      }
    }
  }
  assert.ok(cash.levels[4][40] > cash.levels[0][40] + million);
  assert.ok(dscr.levels[2].some((cover) => cover > 0));
  const sure = compareProjects([lent], [{ name: "one", title: "one", replications: [flows] }], {
    ...asked,
    uncertainties: [],
  }).fields[0][0];
  const { columns } = planDesk(lent, flows).evaluate();
  for (const level of sure.fans.cash.levels) {
    assert.equal(level[30], columns.freeCash[30] + columns.reserveCash[30]);
  }
  assert.ok(sure.npv.uncertainty < 1, "less than a fen");
  assert.equal(sure.npv.simulationError, null);
  assert.equal(sure.fans.cash.medianError, null);
});

Deno.test("covenants break and money runs out more often where more may happen, and months lie in the plan", () => {
  const calm = compareProjects([lent], cases(0), { ...asked, uncertainties: [] }).fields[0][0];
  const rough = compareProjects([lent], cases(0), asked).fields[0][0];
  assert.ok(rough.breach.share > calm.breach.share && rough.cashOut.share > calm.cashOut.share);
  assert.ok(rough.breach.low <= rough.breach.share && rough.breach.share <= rough.breach.high);
  assert.equal((rough.unfunded.share + rough.defaulted.share).toFixed(9), rough.cashOut.share.toFixed(9));
  const [early, middle, late] = rough.cashOut.months!;
  assert.ok(early >= 1 && early <= middle && middle <= late && late <= 60);
  assert.ok(rough.breach.simulationError! < 1e-12, "equal replications leave nothing open");
});

Deno.test("the steps from uses to equity add up for random plans, to a hundredth of a fen", () => {
  fc.assert(
    fc.property(planWithFlows, ({ plan, flows }) => {
      const desk = planDesk(plan, flows), steps = worthSteps(desk, desk.evaluate());
      const sum = steps.reduce((all, { fen, isSum }) => isSum ? all : all + fen, 0);
      assert.equal(steps.at(-1)!.name, "owners");
      assert.ok(
        Math.abs(sum - steps.at(-1)!.fen) < 0.01 + 1e-12 * Math.abs(sum),
        `${sum} ${steps.at(-1)!.fen}`,
      );
    }),
    { seed: 5, numRuns: 60 },
  );
});

Deno.test("the grade counts what is assumed: all, nothing, and a part", () => {
  const graded = (uncertainties: readonly Uncertainty[]) =>
    evidenceOf(plain, flows, { uncertainties, seed, baseRows: 128 });
  const told = someUncertainties.filter((one) => !isAssumed(one));
  assert.equal(graded(told).grade, "evidenced");
  assert.deepEqual([graded(told).assumed.low, graded(told).grade], [0, "evidenced"]);
  const guessed = graded(someUncertainties.filter(isAssumed));
  assert.ok(guessed.assumed.low > 0.8 && guessed.grade === "assumed");
  const both = graded(someUncertainties);
  assert.ok(both.assumed.low > 0.2 && both.assumed.low <= both.assumed.high && both.assumed.high < 1);
  assert.ok(both.shares.every(({ first, total }) => first.value < 1.05 && total.value > -0.05));
});

Deno.test("a pilot is worth most where it can turn the decision, and nothing where the answer is known", () => {
  const about = { uncertainties: someUncertainties, seed, pilotMonths: 12 };
  const of = (costFen: number, pilotCostFen = 0) =>
    valueOfWaiting(
      { ...plain, uses: { ...plain.uses, runningCosts: { perMonthFen: costFen, fromMonth: 1 } } },
      flows,
      { ...about, pilotCostFen },
    );
  const sure = of(million / 50), doubtful = of(Math.round(million * 0.3)), hopeless = of(million * 5);
  assert.equal(sure.buildShare, 1);
  assert.ok(Math.abs(sure.knowingFen) < 1 && sure.valueFen < 0, "waiting only costs where the answer is yes");
  assert.ok(doubtful.buildShare > 0 && doubtful.buildShare < 1 && doubtful.knowingFen > 0);
  assert.equal(hopeless.buildShare, 0);
  assert.equal(hopeless.valueFen + 0, 0);
  assert.equal(of(million * 5, 7 * million).valueFen, -7 * million);
  const untold = someUncertainties.filter((one) => one.name !== "use");
  assert.throws(
    () => valueOfWaiting(plain, flows, { ...about, uncertainties: untold, pilotCostFen: 0 }),
    /tells nothing/,
  );
});

Deno.test("the mean of replications is theirs month by month, and replications of other worlds are refused", () => {
  const many = noisyReplications(flows, { replications: 5, deviation: 0.1 });
  const mean = meanFlows(many).streams[0].monthlyFen[3];
  assert.equal(mean, Math.round(many.reduce((sum, one) => sum + one.streams[0].monthlyFen[3], 0) / 5));
  assert.throws(() => meanFlows([]), /no flows/);
  assert.throws(() => meanFlows([flows, { ...flows, streams: [] }]), /in replication 1/);
  assert.throws(() => compareProjects([plain], cases(0), { ...asked, draws: 1 }), /over 1 draws/);
});
