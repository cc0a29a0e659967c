// pay/iso20022/: published interbank messages, of Fedwire's flavour: each is read, written and read again to the same, its
// amounts and ids are those that stand in its text, and a message about another payment names one of the folder.

import assert from "node:assert/strict";
import type { Message } from "#/model/messages/message.ts";
import { moneyText } from "#/model/messages/money.ts";
import { readMessage } from "#/model/messages/read.ts";
import { writeMessage } from "#/model/messages/write.ts";
import { type CaseResult, examine } from "../case.ts";

const currency = "USD";

/** Reads the folder of messages: a case a file. */
export function messageCases(files: ReadonlyMap<string, string>): CaseResult[] {
  const uetrs = new Set<string>();
  for (const text of files.values()) {
    const sent = /<PmtId>[^]*?<UETR>([^<]+)</.exec(text);
    if (sent) uetrs.add(sent[1]);
  }
  return [...files].map(([name, text]) => examine(name, () => check(text, uetrs)));
}

function check(text: string, uetrs: ReadonlySet<string>): void {
  const message = readMessage(text, { currency });
  assert.deepEqual(readMessage(writeMessage(message), { currency }), message);
  assert.equal(message.messageId, first(text, "MsgId"));
  for (const [element, money] of amountsOf(message)) {
    assert.equal(money && moneyText(money), first(text, element), element);
  }
  if (message.kind === "pacs.008") {
    assert.equal(message.debtor.name, after(text, "<Dbtr>"));
    assert.equal(message.creditor.name, after(text, "<Cdtr>"));
    assert.equal(message.uetr, first(text, "UETR"));
  } else {
    const { uetr, messageName } = message.original;
    assert.equal(uetr, first(text, "OrgnlUETR"));
    // Requests of a drawdown, which is no transfer yet, are not in the folder.
    if (messageName.startsWith("pacs.008") && uetr && !uetrs.has(uetr)) {
      throw new RangeError(`no transfer of the folder has the UETR ${uetr}`);
    }
  }
}

function amountsOf(message: Message) {
  switch (message.kind) {
    case "pacs.008":
      return [["IntrBkSttlmAmt", message.amount], ["InstdAmt", message.customerAmount]] as const;
    case "pacs.004":
      return [
        ["RtrdIntrBkSttlmAmt", message.amount],
        ["RtrdInstdAmt", message.customerAmount],
      ] as const;
    default:
      return [];
  }
}

/** The text of the first element of a name, found without a reader of XML. */
const first = (text: string, name: string) => new RegExp(`<${name}(?: [^>]*)?>([^<]*)<`).exec(text)?.[1];

/** The first name after a place. */
const after = (text: string, place: string) =>
  text.includes(place) ? first(text.slice(text.indexOf(place)), "Nm") : undefined;
