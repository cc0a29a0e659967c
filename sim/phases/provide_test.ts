import assert from "node:assert/strict";
import { bucketOf, buckets } from "#/model/credit/delinquency.ts";
import { lossStages, rollForwardGapFen } from "#/model/credit/expected_loss.ts";
import { issuerOf, products } from "#/model/names.ts";
import { rollStates } from "#/sim/servicing.ts";
import { lineCount, lineState } from "#/sim/tables/lines.ts";
import { never } from "#/sim/tables/shoppers.ts";
import { assertMoves, openSmall, read, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";

const always = (...settings: string[]) => settings.flatMap((one) => [one, `world.history.set.${one}`]);
const troubled = always(
  "behaviour.hardshipPerYearBps=4000",
  "population.baitiaoUsersBps=5000",
  "credit.huabei.chargeOffDpd=120",
  "credit.baitiao.chargeOffDpd=120",
);
/** July and August 2019, and two days more. */
const days = 64;
const supposed = small("interop", { days, set: troubled });
const { result, world } = runSmall(supposed);
const tables = result.servicing!;

Deno.test("provide: each stage of each month rolls forward to the fen, from the last close to this one", () => {
  assert.equal(tables.allowances.length, 2 * products.length);
  for (const product of products) {
    const months = tables.allowances.filter(({ issuer }) => issuer === issuerOf[product]);
    assert.deepEqual(months.map(({ date }) => date), ["2019-07-31", "2019-08-31"]);
    for (const [k, { stages }] of months.entries()) {
      let transfersFen = 0;
      for (const name of lossStages) {
        assert.equal(rollForwardGapFen(stages[name]), 0);
        transfersFen += stages[name].transfersFen;
        if (k > 0) assert.equal(stages[name].openingFen, months[k - 1].stages[name].closingFen);
      }
      assert.equal(transfersFen, 0);
      for (const name of lossStages) assert.ok(stages[name].closingFen > 0, `${product} ${name}`);
    }
  }
});

Deno.test("provide: the close is the sum over lines, and write-offs are what left the books less what sales brought", () => {
  const { lines, terms } = world;
  for (const [p, product] of products.entries()) {
    let sumFen = 0;
    for (let line = p; line < lines.count; line += lineCount) sumFen += lines.allowanceFen[line];
    assert.equal(read(result, `allowance.${issuerOf[product]}`), sumFen * terms.factor / 100);
    const ofIssuer = tables.allowances.filter(({ issuer }) => issuer === issuerOf[product]);
    const writtenOff = ofIssuer.reduce((sum, { stages }) => sum + stages.stage3.writeOffsFen, 0) / 100;
    const { columns } = result.daily;
    // Principal in the daily record; fees come on top, so between the two lies little.
    const lost = columns[`chargeOff.${product}`].slice(0, 62).reduce(
      (sum, x, d) => sum + x - columns[`recovery.${product}`][d],
      0,
    );
    assert.ok(lost > 0 && writtenOff >= lost && writtenOff < lost * 1.1, `${writtenOff} ${lost}`);
  }
});

Deno.test("provide: moves are those of a recount by hand from one month's end to the next", () => {
  const again = openSmall(supposed), { lines } = again;
  const stateOf = (line: number, day: number) =>
    lines.state[line] === lineState.writtenOff
      ? 5
      : lines.state[line] !== lineState.active
      ? 6
      : lines.oldestDue[line] === never
      ? 0
      : bucketOf(day - lines.oldestDue[line]);
  const own = products.map(() => buckets.map(() => rollStates.map(() => 0)));
  let then: number[] = [];
  for (let day = 0; day < days; day++) {
    walkDay(again, day);
    if (day !== 30 && day !== 61) continue;
    const now = Array.from({ length: lines.count }, (_, line) => stateOf(line, day));
    for (const [line, from] of then.entries()) {
      if (from < 5) own[line % lineCount][from][now[line]]++;
    }
    then = now;
  }
  // The first month's moves start from the opening book: what it saw on 30 June.
  const start = openSmall(supposed), first = products.map(() => buckets.map(() => rollStates.map(() => 0)));
  const june = Array.from(start.lines.monthState, (state) => state === 255 ? 6 : state % 8);
  for (let day = 0; day < 31; day++) walkDay(start, day);
  for (const [line, from] of june.entries()) {
    if (from >= 5) continue;
    const { state, oldestDue } = start.lines;
    const to = state[line] === lineState.writtenOff
      ? 5
      : state[line] !== lineState.active
      ? 6
      : oldestDue[line] === never
      ? 0
      : bucketOf(30 - oldestDue[line]);
    first[line % lineCount][from][to]++;
  }
  for (const [p, { counts }] of tables.rolls.entries()) {
    const both = own[p].map((row, r) => row.map((n, c) => (n + first[p][r][c]) * world.terms.factor));
    assert.deepEqual(counts, both);
    assert.ok(counts[0][1] > 0 && counts[1][2] > 0, `${p} ${counts}`);
  }
});

Deno.test("provide: a wider conversion, an earlier stage and a longer lifetime allow more; stated rates stand apart", () => {
  const at = { days: 40, under: troubled };
  assertMoves(
    "interop",
    ["provisions.conversionBps=2000"],
    { "allowance.ant": "+", "impairment.ant": "+" },
    at,
  );
  assertMoves("interop", ["provisions.stage2FromDpd=15"], { "allowance.ant": "+" }, at);
  assertMoves("interop", ["provisions.lifetimeMonths=6"], { "allowance.ant": "-" }, at);
  assertMoves("interop", ["provisions.credibilityCases=1000000"], { netLoss: "0", "resultOf.ant": "0" }, at);
  const stated = { days: 40, under: [...troubled, "provisions.rates=stated"] };
  assertMoves("interop", ["provisions.rolls.fromCurrentBps=900"], { "allowance.ant": "+" }, stated);
  assertMoves("interop", ["provisions.lossGivenDefaultBps=2000"], { "allowance.ant": "-" }, stated);
  // Where rates are measured, the stated share lost plays no part.
  assertMoves("interop", ["provisions.lossGivenDefaultBps=2000"], { "allowance.ant": "0" }, at);
});

Deno.test("provide: the allowance stands on the ledger as a memorandum, and changes nobody's result", () => {
  const { chart, ledger, servicing } = world;
  for (const [p] of products.entries()) {
    const accounts = chart.products[p];
    const sumFen = servicing.allowanceFen.subarray(p * 3, p * 3 + 3).reduce((sum, fen) => sum + fen, 0);
    assert.equal(-ledger.balanceFen(accounts.allowance), sumFen);
    assert.equal(ledger.balanceFen(accounts.allowanceContra), sumFen);
    assert.equal(ledger.owners[accounts.allowance], "memo");
  }
});

Deno.test("provide: every loan of the run stands in its vintage, and curves only rise", () => {
  for (const issuer of ["jd", "ant"]) {
    const own = tables.vintages.filter((vintage) => vintage.issuer === issuer);
    assert.deepEqual(own.map(({ month }) => month), ["2019-07", "2019-08", "2019-09"]);
    for (const [k, { dpd30Share, dpd90Share, lentFen, loans }] of own.entries()) {
      assert.equal(dpd30Share.length, 2 - k);
      assert.ok(lentFen > 0 && loans > 0);
      for (const [m, share] of dpd30Share.entries()) {
        assert.ok(dpd90Share[m] <= share && share <= 1 && share >= (dpd30Share[m - 1] ?? 0));
      }
    }
  }
  const loans = tables.vintages.reduce((sum, { loans }) => sum + loans, 0);
  // What victims of fraud never owed is no loan; what was bought without dispute is one.
  assert.ok(loans >= read(result, "days.settledOnCredit"));
});
