import assert from "node:assert/strict";
import type { Message } from "#/model/messages/message.ts";
import { participantOf } from "#/model/messages/names.ts";
import { readMessage } from "#/model/messages/read.ts";
import { writeMessage } from "#/model/messages/write.ts";
import { load } from "#/scenarios/load.ts";
import { messagesOfDay } from "./settlement_messages.ts";
import { traceDays, type TracedDay } from "./trace.ts";

const run = { scenario: "interop", replication: 0, windowMinutes: [600, 840, 1_080, 1_320] };

let days: TracedDay[] | undefined;

/** A month of a few people who buy much and bring half of it back. */
function followed(): TracedDay[] {
  const set = [
    ...["world.history.shoppers=200", "world.history.days=40", "demand.wantsPerThousandDays=2000"],
    ...["population.baitiaoUsersBps=9000", "population.creditAppetiteBps=9000"],
    ...["apparel", "electronics", "groceries", "other"].map((it) => `refunds.shareBps.${it}=5000`),
  ];
  const supposed = load("interop", { shoppers: 200, days: 20, set });
  const openings = Deno.makeTempDirSync();
  try {
    return days ??= [3, 7, 11].flatMap((shopper) =>
      traceDays(supposed, 0, { shopper, from: 4, to: 19, openings })
    );
  } finally {
    Deno.removeSync(openings, { recursive: true });
  }
}

Deno.test("every settlement, refusal and return of followed days is written and read back to its amounts and parties", () => {
  const days = followed(), all: Message[] = [];
  for (const day of days) {
    const messages = messagesOfDay(day, run);
    const read = messages.map((it) => readMessage(writeMessage(it)));
    assert.deepEqual(read, messages);
    all.push(...read);
    // What the transfers say, leg by leg, is what the books say; and so for the returns.
    const said = read.flatMap((it) =>
      it.kind === "pacs.008" || it.kind === "pacs.004"
        ? [
          [it.kind, participantOf(it.instructing!), participantOf(it.instructed!), it.amount.minor].join(" "),
        ]
        : []
    );
    const who = (account: string) => account.split(".")[1];
    const booked = day.purchases.flatMap(({ postings }) =>
      postings.filter(({ phase }) => phase === "clear")
        .map(({ credit, debit, amountFen }) => ["pacs.008", who(credit), who(debit), amountFen].join(" "))
    );
    const back = day.refunds.flatMap(({ legs }) =>
      legs.map(({ payer, payee, amountFen }) => ["pacs.004", payer, payee, amountFen].join(" "))
    );
    assert.deepEqual(said, [...booked, ...back]);
  }
  const ids = all.map(({ messageId }) => messageId);
  assert.equal(new Set(ids).size, ids.length);
  const count = (is: (it: Message) => boolean) => all.filter(is).length;
  const settled = count((it) => it.kind === "pacs.002" && it.status === "ACSC");
  const refused = count((it) => it.kind === "pacs.002" && it.status === "RJCT");
  const bridged = count((it) => it.kind === "pacs.008" && it.settlement.system === "HUTONG-BRIDGE");
  const returned = count((it) => it.kind === "pacs.004");
  assert.ok(
    settled > 10 && refused > 0 && bridged > 3 && returned > 3,
    `${settled} settled, ${refused} refused, ${bridged} over the bridge, ${returned} returned`,
  );
});

Deno.test("a return names the transfer that it undoes, and each status the transfer that it reports", () => {
  const all = followed().flatMap((day) => messagesOfDay(day, run));
  const sent = new Map(all.flatMap((it) => it.kind === "pacs.008" ? [[it.messageId, it] as const] : []));
  let undone = 0;
  for (const it of all) {
    if (it.kind === "pacs.002" && it.status !== "RJCT") {
      const transfer = sent.get(it.original.messageId)!;
      assert.equal(it.transfer!.amount.minor, transfer.amount.minor);
      assert.equal(it.original.uetr, transfer.uetr);
    }
    if (it.kind !== "pacs.004") continue;
    const transfer = sent.get(it.original.messageId);
    if (!transfer) continue;
    undone++;
    assert.equal(it.original.uetr, transfer.uetr);
    assert.deepEqual([it.instructing, it.instructed], [transfer.instructed, transfer.instructing]);
    assert.ok(it.amount.minor <= transfer.amount.minor);
  }
  assert.ok(undone > 2, `${undone} returns undo a transfer of these days`);
});
