// Writing a message: elements in the order of the standard's schemas, so that a validating reader takes them.

import type * as pacs from "./message.ts";
import { bodies, namespacePrefix, versions } from "./message.ts";
import { type Money, moneyText } from "./money.ts";
import { writeXml, type Written } from "./xml.ts";

/**
 * The text of a message.
 *
 * Errors: `RangeError` for an amount that cannot be written, a text that is longer than its element holds, or characters
 * that XML has not.
 * Source: ISO 20022, pacs.008.001.08, pacs.002.001.10, pacs.004.001.10 and pacs.028.001.03, one transfer a message.
 *
 * @example
 * ```ts
 * import { agentOf } from "#/model/messages/names.ts";
 * import { readMessage } from "#/model/messages/read.ts";
 * import { writeMessage } from "#/model/messages/write.ts";
 * import assert from "node:assert/strict";
 * const asked = {
 *   kind: "pacs.028" as const, messageId: "m-2", createdAt: "2019-07-11T12:00:30Z",
 *   instructing: agentOf("jd"), instructed: agentOf("operator"),
 *   original: { messageId: "m-1", messageName: "pacs.008.001.08", endToEndId: "D10-S179-W0" },
 * };
 * assert.deepEqual(readMessage(writeMessage(asked)), asked);
 * ```
 */
export function writeMessage(message: pacs.Message): string {
  const { kind } = message, name = versions[kind];
  const body: Written = [bodies[kind], contentOf(message)];
  return writeXml(["Document", [body], { xmlns: namespacePrefix + name }]);
}

function contentOf(message: pacs.Message): Written[] {
  switch (message.kind) {
    case "pacs.008":
      return [header(message, message.settlement), ["CdtTrfTxInf", transfer(message)]];
    case "pacs.002":
      return [header(message), ["TxInfAndSts", status(message)]];
    case "pacs.004":
      return [header(message, message.settlement), ["TxInf", paymentReturn(message)]];
    case "pacs.028":
      return [header(message), ["TxInf", request(message)]];
  }
}

function header({ messageId, createdAt }: pacs.Message, settlement?: pacs.Settlement): Written {
  return ["GrpHdr", [
    ["MsgId", short("MsgId", messageId, 35)],
    ["CreDtTm", createdAt],
    ["NbOfTxs", settlement && "1"],
    [
      "SttlmInf",
      settlement &&
      [["SttlmMtd", "CLRG"], ["ClrSys", [[settlement.isCode ? "Cd" : "Prtry", settlement.system]]]],
    ],
  ]];
}

function transfer(it: pacs.CreditTransfer): Written[] {
  return [
    ["PmtId", [
      ["InstrId", short("InstrId", it.instructionId, 35)],
      ["EndToEndId", short("EndToEndId", it.endToEndId, 35)],
      ["UETR", it.uetr],
    ]],
    amount("IntrBkSttlmAmt", it.amount),
    ["IntrBkSttlmDt", it.settlement.date],
    amount("InstdAmt", it.customerAmount),
    ["XchgRate", it.exchangeRate],
    ["ChrgBr", it.chargeBearer],
    ...it.charges.map((charge): Written => ["ChrgsInf", [amount("Amt", charge), agent("Agt", charge.agent)]]),
    ...ends(it),
    ...chain(it, { wrapped: false }),
    ["RmtInf", [["Ustrd", short("Ustrd", it.remittance, 140)]]],
  ];
}

function status(it: pacs.StatusReport): Written[] {
  return [
    ...originalOf(it.original),
    ["TxSts", it.status],
    ["StsRsnInf", reason(it.reason)],
    ["AccptncDtTm", it.acceptedAt],
    ["FctvIntrBkSttlmDt", [["Dt", it.settlementDate]]],
    ...ends(it),
    [
      "OrgnlTxRef",
      it.transfer && [
        amount("IntrBkSttlmAmt", it.transfer.amount),
        ...chain(it.transfer, { wrapped: true }),
      ],
    ],
  ];
}

function paymentReturn(it: pacs.PaymentReturn): Written[] {
  return [
    ["RtrId", short("RtrId", it.returnId, 35)],
    ...originalOf(it.original),
    amount("OrgnlIntrBkSttlmAmt", it.originalAmount),
    amount("RtrdIntrBkSttlmAmt", it.amount),
    ["IntrBkSttlmDt", it.settlement.date],
    amount("RtrdInstdAmt", it.customerAmount),
    ["ChrgBr", it.chargeBearer],
    ...ends(it),
    ["RtrChain", chain(it, { wrapped: true })],
    ["RtrRsnInf", reason(it.reason)],
  ];
}

const request = (it: pacs.StatusRequest): Written[] => [...originalOf(it.original), ...ends(it)];

function originalOf(
  { messageId, messageName, createdAt, instructionId, endToEndId, uetr }: pacs.Original,
): Written[] {
  return [
    ["OrgnlGrpInf", [
      ["OrgnlMsgId", short("OrgnlMsgId", messageId, 35)],
      ["OrgnlMsgNmId", short("OrgnlMsgNmId", messageName, 35)],
      ["OrgnlCreDtTm", createdAt],
    ]],
    ["OrgnlInstrId", short("OrgnlInstrId", instructionId, 35)],
    ["OrgnlEndToEndId", short("OrgnlEndToEndId", endToEndId, 35)],
    ["OrgnlUETR", uetr],
  ];
}

const ends = ({ instructing, instructed }: pacs.Message): Written[] => [
  agent("InstgAgt", instructing),
  agent("InstdAgt", instructed),
];

/** Payer to payee. In a return or a report each customer stands in an element of its own. */
function chain(it: Partial<pacs.Chain>, { wrapped }: { wrapped: boolean }): Written[] {
  const customer = (name: string, party?: pacs.Party): Written[] => {
    const named: Written = ["Nm", short("Nm", party?.name, 140)];
    return [[name, wrapped ? [["Pty", [named]]] : [named]]];
  };
  return [
    ...customer("Dbtr", it.debtor),
    account("DbtrAcct", it.debtor),
    agent("DbtrAgt", it.debtorAgent),
    agent("CdtrAgt", it.creditorAgent),
    ...customer("Cdtr", it.creditor),
    account("CdtrAcct", it.creditor),
  ];
}

function account(name: string, party?: pacs.Party): Written {
  const number = short(name, party?.account, 34);
  return [name, [["Id", party?.isIban ? [["IBAN", number]] : [["Othr", [["Id", number]]]]]]];
}

function agent(name: string, it?: pacs.Agent): Written {
  return [
    name,
    it && [["FinInstnId", [
      ["BICFI", it.bic],
      ["ClrSysMmbId", [
        ["ClrSysId", [["Cd", it.clearingSystem]]],
        ["MmbId", short("MmbId", it.memberId, 35)],
      ]],
      ["Nm", short("Nm", it.name, 140)],
    ]]],
  ];
}

const amount = (name: string, money?: Money): Written => [
  name,
  money && moneyText(money),
  money && { Ccy: money.currency },
];

function reason(it: pacs.StatusReport["reason"]): Written[] | undefined {
  return it && [
    ["Rsn", [[it.isCode ? "Cd" : "Prtry", short("Rsn", it.value, it.isCode ? 4 : 35)]]],
    ...it.words.map((words): Written => ["AddtlInf", short("AddtlInf", words, 105)]),
  ];
}

/** A text as it may be written: of one character or more, no longer than its element holds, and of printable characters. */
function short(element: string, text: string | undefined, longest: number): string | undefined {
  if (text === undefined) return undefined;
  if (text.length === 0 || text.length > longest) {
    throw new RangeError(
      `Cannot write <${element}> with ${text.length} characters: 1 to ${longest} are allowed`,
    );
  }
  // deno-lint-ignore no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/.test(text) || !text.isWellFormed()) {
    throw new RangeError(
      `Cannot write <${element}> with "${JSON.stringify(text)}": a character in it is not printable`,
    );
  }
  return text;
}
