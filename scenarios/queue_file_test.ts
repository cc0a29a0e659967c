import assert from "node:assert/strict";
import { ScenarioError } from "#/scenarios/complain.ts";
import { readQueueFile } from "#/scenarios/queue_file.ts";

const queue = `participants:
  - { id: ant, balance: 10.5, creditLimit: 3 }
  - { id: jd, netDebitCap: 20 }
  - { id: bank, balanceFen: 900, netDebitCapFen: 100 }
payments:
  - { id: p1, from: ant, to: jd, amount: 0.07, priority: 2, deadline: "9:05" }
  - { id: 7, from: jd, to: bank, amountFen: 12 }
order: deadline
limits:
  - { from: ant, to: jd, amount: 2.5 }
windows: ["9:00", "10:30"]
`;
const debts = `participants: [{ id: ant, assets: 1 }, { id: jd }]
guaranteeFundFen: 5
claimRecoveryPpm: 900000
debts:
  - { from: ant, to: jd, amount: 3, seniority: 1 }
`;

/** The places and paths of all complaints about a text. */
function refused(text: string): string[] {
  try {
    readQueueFile(text, "my.yaml");
  } catch (error) {
    assert.ok(error instanceof ScenarioError);
    return error.complaints.map(({ place, path, text }) => `${place} ${path} ${text}`);
  }
  return [];
}

Deno.test("a queue is read with its amounts to the fen, its floors, its times and its order", () => {
  const file = readQueueFile(queue, "my.yaml");
  assert.ok(file.kind === "queue");
  assert.deepEqual([...file.accounts], [
    ["ant", { balanceFen: 1_050, floorFen: -300 }],
    ["jd", { balanceFen: 0, floorFen: -2_000 }],
    ["bank", { balanceFen: 900, floorFen: 800 }],
  ]);
  assert.deepEqual(file.payments, [
    { id: "p1", payer: "ant", payee: "jd", amountFen: 7, priority: 2, deadlineMinute: 545 },
    { id: "7", payer: "jd", payee: "bank", amountFen: 12 },
  ]);
  assert.equal(file.order, "deadline");
  assert.deepEqual(file.limits, [{ payer: "ant", payee: "jd", limitFen: 250 }]);
  assert.deepEqual(file.minutes, [540, 630]);
});

Deno.test("without windows a queue is settled whenever a payment arrives, where any says when, else without a clock", () => {
  const minutesOf = (text: string) => {
    const file = readQueueFile(text, "my.yaml");
    return file.kind === "queue" ? file.minutes : undefined;
  };
  const plain = queue.replace(/windows.*\n/, "");
  assert.equal(minutesOf(plain), undefined);
  assert.deepEqual(minutesOf(plain.replace("amountFen: 12", 'amountFen: 12, at: "14:00"')), [0, 840]);
});

Deno.test("JSON is read as YAML is", () => {
  const json = { participants: [{ id: "a", balance: 5 }, { id: "b" }], payments: [] as unknown[] };
  json.payments.push({ id: "1", from: "a", to: "b", amount: 4.5 });
  for (const indent of [undefined, 2, "\t"]) {
    const file = readQueueFile(JSON.stringify(json, null, indent), "my.json");
    assert.deepEqual(file.kind === "queue" && file.payments[0].amountFen, 450);
  }
});

Deno.test("a network of debts is read with ranks, recoveries and the fund", () => {
  const file = readQueueFile(debts, "my.yaml");
  assert.ok(file.kind === "debts");
  assert.deepEqual([...file.assetsFen], [["ant", 100], ["jd", 0]]);
  assert.deepEqual(file.debts, [{ payer: "ant", payee: "jd", amountFen: 300, seniority: 1 }]);
  assert.deepEqual(file.terms, { fundFen: 5, claimRecoveryPpm: 900_000 });
});

Deno.test("each fault is told once with its line, its entry, what was found and what is allowed", () => {
  const cases: [string, string, RegExp][] = [
    [
      "balance: 10.5",
      "balance: -1",
      /^my.yaml:2 participants.0.balance found -1; allowed are CNY .*0 or more$/,
    ],
    ["balance: 10.5", "balance: 1.234", /^my.yaml:2 participants.0.balance found 1.234; .*two decimals/],
    ["balance: 10.5", "blance: 1", /^my.yaml:2 participants.0.blance unknown key; .*did you mean "balance"/],
    [
      "balance: 10.5",
      "balance: 1, balanceFen: 2",
      /^my.yaml:2 participants.0.balance found besides balanceFen/,
    ],
    ["balance: 10.5", 'balance: "ten"', /^my.yaml:2 participants.0.balance found "ten"/],
    ["id: jd", "id: ant", /^my.yaml:3 participants.1.id found the participant "ant" again, first in line 2/],
    [
      "to: jd",
      "to: jdd",
      /^my.yaml:6 payments.0.to payment p1: found "jdd"; .*ant, jd, bank.*did you mean "jd"/,
    ],
    ["to: jd", "to: ant", /^my.yaml:6 payments.0.to payment p1: found "ant", which is its payer/],
    ["amount: 0.07", "amount: 0", /^my.yaml:6 payments.0.amount payment p1: found 0; .*above 0/],
    ["amount: 0.07, ", "", /^my.yaml:6 payments.0.amount payment p1: found nothing/],
    ["amount: 0.07", "amount: 91000000000000", /^my.yaml:6 payments.0.amount payment p1: .*passes 2\^53 fen/],
    ["id: 7", "id: p1", /^my.yaml:7 payments.1.id found the payment "p1" again, first in line 6/],
    ["id: p1, ", "", /^my.yaml:6 payments.0.id found nothing; allowed is a name/],
    ["priority: 2", "priority: 1.5", /^my.yaml:6 payments.0.priority found 1.5; allowed is a whole number/],
    ['"9:05"', '"25:00"', /^my.yaml:6 payments.0.deadline found "25:00"; .*"10:30"/],
    ["order: deadline", "order: random", /^my.yaml:8 order found "random"; allowed are entry, priority/],
    ["order: deadline", "debts: []", /^my.yaml:8 debts found besides payments/],
    ["amount: 2.5", "amount: -1", /^my.yaml:10 limits.0.amount the limit: found -1; .*0 or more/],
    [", amount: 2.5", "", /^my.yaml:10 limits.0.amount the limit: found nothing/],
    [
      "to: jd, amount: 2.5",
      "to: je, amount: 1",
      /^my.yaml:10 limits.0.to the limit: found "je"; .*did you mean/,
    ],
    [
      "to: jd, amount: 2.5",
      "to: ant, amount: 1",
      /^my.yaml:10 limits.0.to the limit: found "ant", which is its/,
    ],
    [
      "2.5 }",
      "1 }\n  - { from: ant, to: jd, amount: 2 }",
      /^my.yaml:11 limits.1 found a limit of "ant" towards "jd" again, first in line 10/,
    ],
    ['"9:00", "10:30"', '"9:00", "9:00"', /^my.yaml:11 windows.1 found 9:00 after 9:00; .*rise/],
    ['"9:00", "10:30"', '"9:00", noon', /^my.yaml:11 windows.1 found "noon"; .*time/],
    ['["9:00", "10:30"]', "[]", /^my.yaml:11 windows found an empty list; allowed is a list of times/],
    ['["9:00", "10:30"]', '"9:00"', /^my.yaml:11 windows found "9:00"; allowed is a list of times/],
    [
      'deadline: "9:05"',
      'at: "9:06", deadline: "9:05"',
      /^my.yaml:6 payments.0.deadline payment p1: found 9:05, before it arrives at 9:06/,
    ],
  ];
  for (const [from, to, message] of cases) {
    assert.ok(queue.includes(from));
    const all = refused(queue.replace(from, to));
    assert.match(all[0] ?? "nothing was refused", message);
    if (to !== "id: ant" && to !== "debts: []") assert.equal(all.length, 1, `${to}: ${all.join("\n")}`);
  }
  assert.match(refused("title: nothing\n")[0], /neither payments nor debts/);
  assert.match(
    refused("participants: 5\npayments: []\n")[0],
    /^my.yaml:1 participants found 5; allowed is a list/,
  );
  assert.match(
    refused("payments: [5]\nparticipants: []\n")[0],
    /^my.yaml:1 payments.0 found 5; allowed is a group/,
  );
  assert.match(refused("payments: []\n")[0], /participants found nothing/);
  assert.match(refused(debts.replace("900000", "1000001"))[0], /^my.yaml:3 claimRecoveryPpm found 1000001/);
  assert.match(
    refused(debts.replace("seniority: 1", "seniority: -1"))[0],
    /^my.yaml:5 debts.0.seniority found -1/,
  );
  assert.match(refused("participants: [")[0], /not YAML/);
});

Deno.test("sums are refused beyond 2^53 even where each amount is within", () => {
  const large = queue.replace("amount: 0.07", "amount: 80000000000000").replace(
    "amountFen: 12",
    "amount: 20000000000000",
  );
  assert.deepEqual(refused(large).map((line) => line.split(" ").slice(0, 2).join(" ")), [
    "my.yaml:7 payments.1.amount",
  ]);
});
