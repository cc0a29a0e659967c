import assert from "node:assert/strict";
import type { Message } from "#/model/messages/message.ts";
import { participantOf } from "#/model/messages/names.ts";
import { readMessage } from "#/model/messages/read.ts";
import { writeMessage } from "#/model/messages/write.ts";
import { runSmall, small } from "#/sim/testing/worlds.ts";
import { sampledMessages } from "./sample_messages.ts";

const set = [
  "demand.wantsPerThousandDays=1500",
  "refunds.shareBps.other=5000",
  "refunds.shareBps.apparel=5000",
];
const supposed = small("c-faults", { shoppers: 400, days: 26, set });

function sampled(perMillion: number) {
  const days: Message[][] = [];
  const options = sampledMessages(supposed, 0, { perMillion, take: (found) => void days.push(found) });
  const { result, world } = runSmall(supposed, options);
  return { days, all: days.flat(), hash: result.hash, world };
}

Deno.test("a sample of a run is written and read back to its amounts and parties, with its refusals and returns", () => {
  const { days, all, hash } = sampled(300_000);
  assert.equal(days.length, 26);
  assert.deepEqual(all.map((it) => readMessage(writeMessage(it))), all);
  const count = (is: (it: Message) => boolean) => all.filter(is).length;
  const counted = [
    count((it) => it.kind === "pacs.008" && it.settlement.system === "HUTONG-BRIDGE"),
    count((it) => it.kind === "pacs.002" && it.status === "ACSC"),
    count((it) => it.kind === "pacs.002" && it.status === "RJCT"),
    count((it) => it.kind === "pacs.004"),
  ];
  assert.ok(
    counted.every((n) => n > 0),
    `over the bridge, settled, refused, returned: ${counted.join(", ")}`,
  );
  const ids = all.map(({ messageId }) => messageId);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(hash, runSmall(supposed).result.hash, "a sample moves nothing");
});

Deno.test("what goes back of the sample was sent in it, and a larger sample holds a smaller one", () => {
  const few = sampled(200_000).all, many = sampled(600_000).all;
  const sent = new Set(few.flatMap((it) => it.kind === "pacs.008" ? [it.messageId] : []));
  const returned = few.flatMap((it) => it.kind === "pacs.004" ? [it.original] : []);
  assert.ok(returned.length > 3);
  for (const { messageId } of returned) assert.ok(sent.has(messageId!), messageId);
  const all = new Set(many.map(({ messageId }) => messageId));
  assert.ok(few.every(({ messageId }) => all.has(messageId)));
  assert.ok(
    few.length > 0.2 * many.length && few.length < 0.5 * many.length,
    `${few.length} of ${many.length}`,
  );
});

Deno.test("all of a run's payments over the bridge, as messages, are what the ledger moved over it", () => {
  const { days, world } = sampled(1_000_000);
  const last = days.at(-1)!.filter((it) => it.kind === "pacs.008");
  const overBridge = last.filter((it) => it.settlement.system === "HUTONG-BRIDGE");
  const sums = new Map<string, number>();
  for (const it of overBridge) {
    if (participantOf(it.instructed!) === "operator") continue;
    const payer = participantOf(it.instructing!)!;
    sums.set(payer, (sums.get(payer) ?? 0) + it.amount.minor);
  }
  assert.ok(sums.size > 0);
  for (const [payer, fen] of sums) {
    assert.equal(
      fen,
      world.bridge.sentFen[world.chart.participants.findIndex(({ name }) => name === payer)],
      payer,
    );
  }
});

Deno.test("a share that is none is refused", () => {
  for (const perMillion of [0, 1.5, 1_000_001]) {
    assert.throws(() => sampledMessages(supposed, 0, { perMillion, take: () => {} }), {
      ...{ name: "RangeError", message: /Cannot sample .* of a million/ },
    });
  }
});
