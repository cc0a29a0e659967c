import assert from "node:assert/strict";
import type { Message } from "#/model/messages/message.ts";
import { readMessage } from "#/model/messages/read.ts";
import { load } from "#/scenarios/load.ts";
import { traceDays } from "#/sim/experiments/trace.ts";
import { example, inWords, traceCommand, traceVerb } from "./trace.ts";
import { writeMessages } from "./messages.ts";
import type { TracedDay } from "#/sim/experiments/trace.ts";

const amounts = { limit: 0, reserved: 0, open: 0, plan: 0, billed: 0, overdue: 0, fees: 0, bridged: 0 };
const quiet: TracedDay = {
  shopper: 7,
  day: 3,
  date: "2019-07-04",
  person: { "monthly income": "CNY 5,000.00" },
  purchases: [],
  notices: [],
  lines: [],
  positions: [],
  bridge: [],
  refunds: [],
};

Deno.test("a day without a want names the next one that has one, or says how far was looked", () => {
  assert.match(
    inWords("interop", quiet, { next: 9, last: 33 }),
    /No wants on this day\. The next is on day 9\.$/,
  );
  assert.match(inWords("interop", quiet, { next: null, last: 33 }), /There is none up to day 33 either\.$/);
  const command = traceCommand("interop", {
    ...{ shopper: 7, day: 9, replication: 2, shoppers: 20_000, set: ["seed=a b"] },
  });
  assert.equal(
    command,
    "deno task hutong trace interop --set 'seed=a b' --replication 2 --shoppers 20000 --shopper 7 --day 9",
  );
  assert.ok(inWords("interop", quiet, { next: 9, last: 33, command }).endsWith(`on day 9:\n  ${command}`));
});

Deno.test("a followed day tells what was settled abroad, and who owes what there", () => {
  const abroad = {
    ...{ currency: "HKD", fixing: 0.8801, fixedBefore: 0.88, correspondent: "bank-1" },
    ...{ settled: 1_234.5, settledFen: 108_648, late: 0 },
    positions: [{ party: "jd", owed: 0, worthFen: 0 }, { party: "banks", owed: 10, worthFen: -880 }],
  };
  const purchases = [{
    ...{ want: 0, minute: 600, amountFen: 8_845, shop: 3, category: "apparel", takes: ["shops abroad"] },
    ...{ isReturned: false, plot: "", isBridged: false, protocol: [], fate: "on credit" as const },
    steps: [{ want: 0, layer: "quote", saw: { price: 100, currency: "HKD" }, verdict: "passed" }],
    ...{ end: "bought abroad on huabei; the shop is paid on day 4", told: "", postings: [] },
  }];
  const text = inWords("x1", { ...quiet, purchases, abroad }, { next: null, last: 3 });
  assert.match(text, /quote +passed +price 100, currency HKD\n {2}=> bought abroad on huabei/);
  assert.ok(text.endsWith(
    "fixing 0.8801, before 0.8800; settled 1,234.50 for CNY 1,086.48\n" +
      "  banks     owes 10.00 abroad, worth CNY -8.80",
  ));
});

Deno.test("a day or a shopper that the scenario has not is refused before anything is run", async () => {
  const typed = (...words: string[]) =>
    traceVerb().exitOverride().configureOutput({ writeErr: () => {} })
      .parseAsync(["baseline", ...words], { from: "user" });
  await assert.rejects(
    typed("--shopper", "1", "--day", "400"),
    /--day: found 400; allowed are 0 to 364, or more with --days 401$/,
  );
  await assert.rejects(
    typed("--shopper", "1", "--day", "9", "--days", "9"),
    /--day: found 9; allowed are 0 to 8, /,
  );
  await assert.rejects(
    typed("--shopper", "200", "--day", "1", "--shoppers", "200"),
    /--shopper: found 200; allowed are 0 to 199$/,
  );
  await assert.rejects(typed("--day", "1"), /--shopper: found nothing; allowed is --shopper <i>: required/);
});

Deno.test("the example in the help shows a purchase over the bridge", () => {
  const { scenario, shopper, day, shoppers, replication } = example;
  const openings = Deno.makeTempDirSync();
  try {
    const supposed = load(scenario, { shoppers, days: day + 1 });
    const [{ purchases: [want] }] = traceDays(supposed, replication, {
      shopper,
      from: day,
      to: day,
      openings,
    });
    assert.ok(want.isBridged, `${traceCommand(scenario, example)} ends: ${want.end}; choose another example`);
  } finally {
    Deno.removeSync(openings, { recursive: true });
  }
});

Deno.test("the help of trace marks what is required, and says bounds and defaults", () => {
  const help = traceVerb().helpInformation().replace(/\s+/g, " ");
  assert.match(help, /--shopper <i> required: which shopper \(0 to 49,999,999\)/);
  assert.match(help, /--day <d> required: /);
  assert.match(help, /--days <d> days to simulate \(1 to 3,650; default: the scenario's own\)/);
  assert.match(
    help,
    /--shoppers <n> simulated shoppers; [^(]*\(100 to 50,000,000; default: the scenario's own\)/,
  );
});

Deno.test("a want is told with each layer, what the shopper reads, its transfers and the lines", () => {
  const text = inWords("interop", {
    ...quiet,
    purchases: [{
      protocol: [],
      want: 0,
      minute: 545,
      amountFen: 1_999,
      shop: 12,
      category: "dining",
      takes: ["alipay", "union-card"],
      isReturned: true,
      plot: "",
      isBridged: false,
      steps: [{
        want: 0,
        layer: "score",
        saw: { points: 470, limitFen: 100_000 },
        verdict: "score-below-cutoff",
        shopperText: "Your present score is below.",
      }],
      fate: "by debit card",
      end: "paid by debit card, after score/score-below-cutoff",
      told: "Your payment went through.",
      postings: [{
        phase: "clear",
        what: "obligation",
        debit: "due.bank-1",
        credit: "due.bank-2",
        amountFen: 1_990,
        dayFen: 50_000,
        how: "with others",
        movement: null,
      }],
    }],
    lines: [
      { product: "huabei", when: "morning", amountsFen: { ...amounts, limit: 100_000 }, points: 470 },
      {
        product: "huabei",
        when: "evening",
        amountsFen: { ...amounts, limit: 100_000, open: 50 },
        points: 470,
      },
    ],
  }, { next: null, last: 33 });
  assert.equal(
    text,
    `Shopper 7 in interop, day 3 (2019-07-04)
  monthly income           CNY 5,000.00

Want 0 (put off before), 09:05: CNY 19.99 at shop 12 (dining; takes alipay, union-card)
  score     score-below-cutoff   points 470, limit CNY 1,000.00
            the shopper reads: "Your present score is below."
  => paid by debit card, after score/score-below-cutoff
     obligation  CNY     19.90  due.bank-2 > due.bank-1  (in CNY 500.00 of the day)

The lines, morning > evening:
  huabei    limit 1,000.00, open 0.00 > 0.50`,
  );
});

Deno.test("messages are written one a file, in order, and read back", () => {
  const folder = Deno.makeTempDirSync();
  try {
    const asked = (messageId: string): Message => ({
      ...{ kind: "pacs.028", messageId, createdAt: "2019-07-11T12:00:00+08:00" },
      original: { messageId: "m-1", messageName: "pacs.008.001.08" },
    });
    const messages = [asked("m-2"), asked("m-3")];
    assert.equal(writeMessages(messages, folder), 2);
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assert.deepEqual(names, ["001_pacs.028.xml", "002_pacs.028.xml"]);
    assert.deepEqual(names.map((name) => readMessage(Deno.readTextFileSync(`${folder}/${name}`))), messages);
    assert.throws(
      () => writeMessages(messages, `${folder}/001_pacs.028.xml`),
      /--iso20022: found .*, a part of whose path is a file; allowed is a file that can be written$/,
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
