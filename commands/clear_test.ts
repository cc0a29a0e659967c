import assert from "node:assert/strict";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { queueMethods } from "#/model/clearing/methods/registry.ts";
import { ScenarioError } from "#/scenarios/complain.ts";
import { clearVerb, debtMethods } from "./clear.ts";

const folder = "scenarios/queues";

function typed(...words: string[]): string {
  let text = "";
  clearVerb((more) => text += more).parse(words, { from: "user" });
  return text;
}

function withFile(text: string, use: (path: string) => void): void {
  const path = Deno.makeTempFileSync({ suffix: ".yaml" });
  try {
    writeFileSync(path, text);
    use(path);
  } finally {
    rmSync(path);
  }
}

const refusal = (message: RegExp) => (error: unknown) =>
  error instanceof ScenarioError && message.test(error.message);

Deno.test("clear solves every shipped file under every method of its kind, and books balance", () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml")).sort();
  assert.ok(files.length >= 4);
  for (const name of files) {
    const path = join(folder, name), { kind } = JSON.parse(typed(path, "--json"));
    for (const method of Object.keys(kind === "queue" ? queueMethods : debtMethods)) {
      const text = typed(path, "--method", method),
        own = JSON.parse(typed(path, "--method", method, "--json"));
      assert.ok(text.startsWith(`${path}: ${own.title}\nMethod ${method}: `), text);
      if (kind !== "queue") continue;
      assert.equal(own.settled.length + own.expired.length + own.waits.length, own.payments);
      const sum = (key: string) =>
        own.participants.reduce((total: number, one: Record<string, number>) => total + one[key], 0);
      assert.equal(sum("openingFen"), sum("closingFen"));
      assert.equal(sum("netFen"), 0);
      for (const one of own.participants) {
        assert.equal(one.closingFen, one.openingFen + one.netFen);
        assert.ok(one.closingFen >= Math.min(one.floorFen, one.openingFen));
      }
    }
  }
});

Deno.test("clear says what settles, what waits and why, and what it took", () => {
  const text = typed(join(folder, "ring.yaml"));
  for (
    const line of [
      "4 of 6 payments settle, CNY 15,150.00 of 16,040.00, in 1 batch. No set under this method's rules is larger.",
      "  batch 1: p1, p2, p3, p6",
      "  p4: jd > bank CNY 800.00: jd lacks CNY 650.00",
      "  p5: jd > bank CNY 90.00: an earlier payment of its payer waits",
      "Liquidity used at the peak: CNY 150.00 over all participants. ",
    ]
  ) assert.ok(text.includes(`${line}`), `${line}\n${text}`);
  assert.match(text, /^ant +0\.00 +-200\.00 +150\.00 +-150\.00 +-150\.00$/m);
  assert.match(typed(join(folder, "ring.yaml"), "--method", "fifo"), /^0 of 6 payments settle/m);
});

Deno.test("clear's options change the result: objective, length of cycles, steps and nodes", () => {
  const path = join(folder, "union-of-cycles.yaml");
  assert.equal(JSON.parse(typed(path, "--json")).isProvenBest, true);
  // Either the one large payment or the two small ones fit.
  withFile(
    `participants: [{ id: a, balance: 10 }, { id: b }, { id: c }, { id: d }]
payments:
  - { id: large, from: a, to: b, amount: 10 }
  - { id: small, from: a, to: b, amount: 1 }
  - { id: less, from: a, to: b, amount: 2 }
  - { id: b, from: b, to: c, amount: 50 }
  - { id: c, from: c, to: d, amount: 50 }
  - { id: d, from: d, to: b, amount: 50 }
`,
    (file) => {
      const settled = (...words: string[]) => JSON.parse(typed(file, "--json", ...words)).settled.sort();
      assert.deepEqual(settled("--method", "exact"), ["b", "c", "d", "large"]);
      assert.deepEqual(settled("--method", "exact", "--objective", "count"), [
        "b",
        "c",
        "d",
        "less",
        "small",
      ]);
      assert.deepEqual(settled("--method", "cycles"), ["b", "c", "d", "large"]);
      assert.deepEqual(settled("--method", "cycles", "--cycle-length", "2"), ["large"]);
      assert.deepEqual(settled("--method", "cycles", "--cycle-steps", "1"), ["large"]);
      const spent = typed(file, "--method", "exact", "--objective", "count", "--nodes", "1");
      assert.match(spent, /The best found: the budget was spent after/);
      assert.throws(
        () => settled("--objective", "speed"),
        refusal(/^--objective: found "speed"; allowed are value/),
      );
    },
  );
});

Deno.test("clear shows the waves of default and the loss of each creditor, and unwinds instead", () => {
  const path = join(folder, "chain-of-debts.yaml"), text = typed(path);
  assert.match(
    text,
    /2 of 3 default, in 2 waves; creditors lose CNY [1-9][\d.]*, the guarantee fund pays CNY 20\.00\./,
  );
  assert.match(text, /wave 1: jd\n {2}wave 2: ant\n/);
  assert.match(text, /ant > jd \(rank 1\): of CNY 40\.00 paid 0\.00, the fund/);
  assert.match(
    typed(path, "--method", "unwind"),
    /3 of 3 payments are taken out, CNY 200\.00\.\n {2}round 1: jd cannot pay/,
  );
});

Deno.test("clear settles at each time, says what has expired and what a bilateral limit holds back", () => {
  const path = join(folder, "day-with-deadlines.yaml"), text = typed(path);
  for (
    const line of [
      "4 of 6 payments settle, CNY 1,600.00 of 2,300.00, in 4 batches. At no time would a larger set have settled",
      "  batch 1 at 10:00: margin-call\n",
      "  batch 4 at 13:00: refund\n",
      "  settlement: jd > ant CNY 600.00: jd's limit towards ant would be passed by CNY 50.00\n",
      "  evening: ant > jd CNY 100.00: it arrives at 18:00\n",
    ]
  ) assert.ok(text.includes(line), `${line}\n${text}`);
  assert.match(text, /^jd > ant +700\.00 +150\.00$/m);
  const fifo = typed(path, "--method", "fifo");
  assert.match(
    fifo,
    /What has expired:\n {2}margin-call: jd > bank CNY 500\.00: due by 11:00, still there at 13:00\n/,
  );
  const at = (time: string) => JSON.parse(typed(path, "--json", "--at", time));
  assert.deepEqual(at("12:00").expired.map(({ id, found }: { id: string; found: string }) => [id, found]), [
    ["margin-call", "12:00"],
  ]);
  assert.deepEqual(at("11:00").times, [{ time: "11:00", batches: 2 }]);
  assert.ok(at("11:00").settled.includes("margin-call"));
  assert.throws(() => at("25:00"), refusal(/^--at: found "25:00"; allowed is a time/));
  assert.throws(
    () => typed(join(folder, "chain-of-debts.yaml"), "--at", "9:00"),
    refusal(/^--at: found "9:00"; allowed is none, as debts have no times/),
  );
});

Deno.test("clear lists its methods, and refuses other ones, a missing file and a bad one in a line", () => {
  const list = typed("--list");
  for (const name of [...Object.keys(queueMethods), ...Object.keys(debtMethods)]) {
    assert.match(list, new RegExp(`^  ${name} +\\S`, "m"));
  }
  assert.deepEqual(Object.keys(JSON.parse(typed("--list", "--json")).queue), Object.keys(queueMethods));
  const path = join(folder, "ring.yaml");
  assert.throws(
    () => typed(path, "--method", "gridlok"),
    refusal(/^--method: found "gridlok".*did you mean "gridlock"/),
  );
  assert.throws(() => typed(path, "--method", "unwind"), refusal(/allowed for a queue are fifo/));
  assert.throws(() => typed(), refusal(/^clear: found no file/));
  assert.throws(() => typed("no/such.yaml"), refusal(/^no\/such\.yaml: no such file/));
  withFile("participants: [{ id: a }]\npayments:\n  - { id: x, from: a, to: z, amount: 1 }\n", (file) => {
    assert.throws(
      () => typed(file),
      refusal(/:3: payments\.0\.to: payment x: found "z"; allowed are the participants a/),
    );
  });
  withFile("participants: []\nmethod: magic\npayments: []\n", (file) => {
    assert.throws(() => typed(file), refusal(/: method: found "magic"/));
  });
});
