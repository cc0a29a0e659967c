// Reading a message: what it says, or one clear refusal that names the element.

import type * as pacs from "./message.ts";
import { bodies, namespacePrefix, versions } from "./message.ts";
import { type Money, readMoney } from "./money.ts";
import { type Element, readXml } from "./xml.ts";

const kinds = Object.keys(versions) as pacs.Message["kind"][];

/**
 * Reads a message of one transfer.
 *
 * Shapes: `currency` is that of settlement; the customer's own amount may be in another one where a rate is given. Elements
 * that a record does not have (addresses, taxes) are passed over.
 * Errors: `SyntaxError` naming the message and the element for text that is no well-formed XML, another namespace or
 * version, an element that lacks or comes twice, an amount with too many decimals or in another currency, a BIC, UETR,
 * date or code that is none.
 * Source: ISO 20022, the four versions of `versions`.
 *
 * @example
 * ```ts
 * import { readMessage } from "#/model/messages/read.ts";
 * import assert from "node:assert/strict";
 * assert.throws(() => readMessage('<Document xmlns="urn:x"/>'), /namespace "urn:x"/);
 * ```
 */
export function readMessage(text: string, { currency = "CNY" }: { currency?: string } = {}): pacs.Message {
  const { root, namespace } = readXml(text);
  const kind = kinds.find((one) => namespace === namespacePrefix + versions[one]);
  if (kind === undefined || root.name !== "Document") {
    throw new SyntaxError(
      `Cannot read a message of <${root.name}> and namespace "${namespace}": allowed are <Document> and ` +
        kinds.map((one) => namespacePrefix + versions[one]).join(", "),
    );
  }
  const body = new Place(root, versions[kind], { currency }).one(bodies[kind]);
  switch (kind) {
    case "pacs.008":
      return transferOf(body);
    case "pacs.002":
      return statusOf(body);
    case "pacs.004":
      return returnOf(body);
    case "pacs.028": {
      const it = body.one("TxInf");
      return { kind, ...envelopeOf(body, it), original: originalOf(it) };
    }
  }
}

/** An element and the way to it, for messages that name their place. */
class Place {
  constructor(
    readonly element: Element,
    readonly path: string,
    readonly settings: { currency: string },
  ) {}

  fail(why: string): never {
    throw new SyntaxError(`Cannot read ${this.path}: ${why}`);
  }

  all(name: string): Place[] {
    return this.element.children.filter((child) => child.name === name)
      .map((child) => new Place(child, `${this.path}/${name}`, this.settings));
  }

  maybe(name: string, ...further: string[]): Place | undefined {
    const found = this.all(name);
    if (found.length > 1) this.fail(`<${name}> comes ${found.length} times; once is allowed`);
    const [next, ...after] = further;
    return next === undefined ? found[0] : found[0]?.maybe(next, ...after);
  }

  one(name: string, ...further: string[]): Place {
    const found = this.maybe(name) ?? this.fail(`<${name}> is missing`);
    const [next, ...after] = further;
    return next === undefined ? found : found.one(next, ...after);
  }

  text(longest = 140): string {
    const { text, children } = this.element;
    if (children.length > 0 || text.length === 0 || text.length > longest) {
      this.fail(`a text of 1 to ${longest} characters is needed`);
    }
    return text;
  }

  matched(pattern: RegExp, what: string): string {
    const text = this.text();
    return pattern.test(text) ? text : this.fail(`"${text.slice(0, 60)}" is no ${what}`);
  }

  money(): Money {
    const { Ccy: currency = "" } = this.element.attributes;
    try {
      return readMoney(this.text(), { currency });
    } catch (error) {
      return this.fail((error as Error).message.replace(/^Cannot read [^:]*: /, ""));
    }
  }

  /** An amount in the currency of settlement. */
  settled(): Money {
    const { Ccy: found = "" } = this.element.attributes, { currency } = this.settings;
    if (found !== currency) this.fail(`the currency is "${found}"; settlement is in ${currency}`);
    return this.money();
  }
}

const shapes = {
  bic: /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/,
  uetr: /^[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}$/,
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  moment: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/,
  code: /^[A-Z0-9]{1,5}$/,
  bearer: /^(DEBT|CRED|SHAR|SLEV)$/,
  rate: /^\d{1,11}(\.\d{1,10})?$/,
} as const;

/** What is there, without what is not: records have no keys that hold nothing. */
const present = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;

function envelopeOf(body: Place, it: Place) {
  const head = body.one("GrpHdr");
  const number = head.maybe("NbOfTxs");
  if (number && number.text() !== "1") number.fail(`"${number.text()}": a message of 1 transfer is needed`);
  return present({
    messageId: head.one("MsgId").text(35),
    createdAt: head.one("CreDtTm").matched(shapes.moment, "date and time"),
    instructing: agentOf(it.maybe("InstgAgt")),
    instructed: agentOf(it.maybe("InstdAgt")),
  });
}

function settlementOf(body: Place, it: Place): pacs.Settlement {
  const information = body.one("GrpHdr", "SttlmInf");
  information.one("SttlmMtd").matched(/^CLRG$/, "settlement method that is known here (CLRG)");
  const system = information.one("ClrSys"), code = system.maybe("Cd");
  return {
    system: (code ?? system.one("Prtry")).text(35),
    isCode: code !== undefined,
    date: it.one("IntrBkSttlmDt").matched(shapes.date, "date"),
  };
}

function transferOf(body: Place): pacs.CreditTransfer {
  const it = body.one("CdtTrfTxInf"), id = it.one("PmtId");
  const amount = it.one("IntrBkSttlmAmt").settled(), asked = it.maybe("InstdAmt");
  const exchangeRate = it.maybe("XchgRate")?.matched(shapes.rate, "exchange rate");
  const customerAmount = asked?.money();
  if (asked && customerAmount!.currency !== amount.currency && exchangeRate === undefined) {
    asked.fail(
      `the currency is "${customerAmount!.currency}", of settlement ${amount.currency}, and no <XchgRate>`,
    );
  }
  const { debtor, debtorAgent, creditorAgent, creditor } = chainOf(it, { wrapped: false });
  return present({
    kind: "pacs.008",
    ...envelopeOf(body, it),
    settlement: settlementOf(body, it),
    instructionId: id.maybe("InstrId")?.text(35),
    endToEndId: id.one("EndToEndId").text(35),
    uetr: id.maybe("UETR")?.matched(shapes.uetr, "UUID of version 4"),
    amount,
    customerAmount,
    exchangeRate,
    chargeBearer: it.one("ChrgBr").matched(shapes.bearer, "bearer of charges (DEBT, CRED, SHAR, SLEV)"),
    charges: it.all("ChrgsInf").map((charge) => ({
      ...charge.one("Amt").money(),
      agent: agentOf(charge.one("Agt"))!,
    })),
    debtor: debtor ?? it.fail("<Dbtr> is missing"),
    debtorAgent: debtorAgent ?? it.fail("<DbtrAgt> is missing"),
    creditorAgent: creditorAgent ?? it.fail("<CdtrAgt> is missing"),
    creditor: creditor ?? it.fail("<Cdtr> is missing"),
    remittance: it.maybe("RmtInf", "Ustrd")?.text(),
  });
}

function statusOf(body: Place): pacs.StatusReport {
  const it = body.one("TxInfAndSts"), said = it.maybe("OrgnlTxRef"), amount = said?.maybe("IntrBkSttlmAmt");
  return present({
    kind: "pacs.002",
    ...envelopeOf(body, it),
    original: originalOf(it),
    status: it.one("TxSts").matched(/^[A-Z]{4}$/, "status of four letters"),
    reason: reasonOf(it.maybe("StsRsnInf")),
    acceptedAt: it.maybe("AccptncDtTm")?.matched(shapes.moment, "date and time"),
    settlementDate: it.maybe("FctvIntrBkSttlmDt", "Dt")?.matched(shapes.date, "date"),
    transfer: said && amount
      ? { amount: amount.settled(), ...chainOf(said, { wrapped: true }) as pacs.Chain }
      : undefined,
  });
}

function returnOf(body: Place): pacs.PaymentReturn {
  const it = body.one("TxInf"), chain = it.maybe("RtrChain");
  return present({
    kind: "pacs.004",
    ...envelopeOf(body, it),
    settlement: settlementOf(body, it),
    returnId: it.maybe("RtrId")?.text(35),
    original: originalOf(it),
    originalAmount: it.maybe("OrgnlIntrBkSttlmAmt")?.settled(),
    amount: it.one("RtrdIntrBkSttlmAmt").settled(),
    customerAmount: it.maybe("RtrdInstdAmt")?.money(),
    chargeBearer: it.maybe("ChrgBr")?.matched(shapes.bearer, "bearer of charges (DEBT, CRED, SHAR, SLEV)"),
    ...chain ? chainOf(chain, { wrapped: true }) : {},
    reason: reasonOf(it.maybe("RtrRsnInf")),
  });
}

function originalOf(it: Place): pacs.Original {
  const group = it.one("OrgnlGrpInf");
  return present({
    messageId: group.one("OrgnlMsgId").text(35),
    messageName: group.one("OrgnlMsgNmId").text(35),
    createdAt: group.maybe("OrgnlCreDtTm")?.matched(shapes.moment, "date and time"),
    instructionId: it.maybe("OrgnlInstrId")?.text(35),
    endToEndId: it.maybe("OrgnlEndToEndId")?.text(35),
    uetr: it.maybe("OrgnlUETR")?.matched(shapes.uetr, "UUID of version 4"),
  });
}

function reasonOf(it?: Place): pacs.StatusReport["reason"] {
  const said = it?.maybe("Rsn");
  if (!it || !said) return undefined;
  const code = said.maybe("Cd");
  return {
    value: (code ?? said.one("Prtry")).text(35),
    isCode: code !== undefined,
    words: it.all("AddtlInf").map((words) => words.text(105)),
  };
}

function chainOf(it: Place, { wrapped }: { wrapped: boolean }): Partial<pacs.Chain> {
  const customer = (name: string): pacs.Party | undefined => {
    const place = it.maybe(name), account = it.maybe(`${name}Acct`, "Id");
    if (!place && !account) return undefined;
    const iban = account?.maybe("IBAN"), party = wrapped ? place?.maybe("Pty") : place;
    return present({
      name: party?.maybe("Nm")?.text(),
      account: (iban ?? account?.one("Othr", "Id"))?.text(34),
      isIban: iban ? true : undefined,
    });
  };
  return present({
    debtor: customer("Dbtr"),
    debtorAgent: agentOf(it.maybe("DbtrAgt")),
    creditorAgent: agentOf(it.maybe("CdtrAgt")),
    creditor: customer("Cdtr"),
  });
}

function agentOf(place?: Place): pacs.Agent | undefined {
  if (!place) return undefined;
  const it = place.one("FinInstnId"), member = it.maybe("ClrSysMmbId");
  const agent = present({
    bic: it.maybe("BICFI")?.matched(shapes.bic, "BIC"),
    clearingSystem: member?.maybe("ClrSysId", "Cd")?.matched(shapes.code, "code of a clearing system"),
    memberId: member?.one("MmbId").text(35),
    name: it.maybe("Nm")?.text(),
  });
  if (Object.keys(agent).length === 0) place.fail("an institution needs a BIC, a member id or a name");
  return agent;
}
