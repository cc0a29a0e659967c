import assert from "node:assert/strict";
import fc from "fast-check";
import type { Agent, Chain, Message, Party } from "./message.ts";
import { moneyText, readMoney } from "./money.ts";
import { agentOf, participantOf, uetrOf } from "./names.ts";
import { readMessage } from "./read.ts";
import { writeMessage } from "./write.ts";
import { longestText, readXml } from "./xml.ts";

const text = (longest: number) =>
  fc.string({ unit: "grapheme", minLength: 1, maxLength: longest })
    // deno-lint-ignore no-control-regex
    .filter((it) => it.length <= longest && !/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/.test(it));
const minor = fc.oneof(
  fc.nat(500),
  fc.maxSafeNat(),
  fc.constantFrom(0, 1, 99, 100, Number.MAX_SAFE_INTEGER),
);
const money = minor.map((it) => ({ currency: "CNY", minor: it }));
const agent: fc.Arbitrary<Agent> = fc.constantFrom(
  "jd",
  "ant",
  "wechat",
  "union-card",
  "operator",
  "bank-1",
  "bank-16",
)
  .map(agentOf);
const optional = <T>(it: fc.Arbitrary<T>) => fc.option(it, { nil: undefined });
const party: fc.Arbitrary<Party> = fc.record({ name: text(140), account: text(34) });
const chain: fc.Arbitrary<Chain> = fc.record({
  debtor: party,
  debtorAgent: agent,
  creditorAgent: agent,
  creditor: party,
});
const date = fc.constantFrom("2019-07-01", "2024-02-29");
const moment = fc.constantFrom("2019-07-11T23:59:00+08:00", "2024-02-29T00:00:00Z");
const envelope = {
  messageId: text(35),
  createdAt: moment,
  instructing: optional(agent),
  instructed: optional(agent),
};
const settlement = fc.record({ system: text(35), isCode: fc.boolean(), date });
const uetr = text(20).map(uetrOf);
const original = fc.record({
  messageId: text(35),
  messageName: fc.constant("pacs.008.001.08"),
  createdAt: optional(moment),
  instructionId: optional(text(35)),
  endToEndId: optional(text(35)),
  uetr: optional(uetr),
});
const reason = optional(fc.record({
  value: fc.constantFrom("AM04", "AB05"),
  isCode: fc.boolean(),
  words: fc.array(text(105), { maxLength: 2 }),
}));

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({
    ...{ kind: fc.constant("pacs.008" as const), ...envelope, settlement },
    ...{ instructionId: optional(text(35)), endToEndId: text(35), uetr: optional(uetr) },
    ...{ amount: money, customerAmount: optional(money), exchangeRate: fc.constant(undefined) },
    chargeBearer: fc.constantFrom("DEBT", "CRED", "SHAR", "SLEV"),
    charges: fc.array(fc.record({ currency: fc.constant("CNY"), minor, agent }), { maxLength: 3 }),
    remittance: optional(text(140)),
    chain,
  }).map(({ chain, ...it }) => ({ ...it, ...chain })),
  fc.record({
    ...{ kind: fc.constant("pacs.002" as const), ...envelope, original, reason },
    ...{ status: fc.constantFrom("ACSC", "PDNG", "RJCT"), acceptedAt: optional(moment) },
    settlementDate: optional(date),
    transfer: optional(
      fc.record({ amount: money, chain }).map(({ amount, chain }) => ({ amount, ...chain })),
    ),
  }),
  fc.record({
    ...{ kind: fc.constant("pacs.004" as const), ...envelope, settlement, original, reason },
    ...{ returnId: optional(text(35)), originalAmount: optional(money), amount: money },
    ...{ customerAmount: optional(money), chargeBearer: optional(fc.constantFrom("CRED", "SLEV")), chain },
  }).map(({ chain, ...it }) => ({ ...it, ...chain })),
  fc.record({ kind: fc.constant("pacs.028" as const), ...envelope, original }),
);

/** Without keys that hold nothing. */
const tidy = (it: unknown): unknown => JSON.parse(JSON.stringify(it));

Deno.test("any message is written and read back to the same amounts, parties and names", () => {
  fc.assert(
    fc.property(message, (it) => assert.deepEqual(readMessage(writeMessage(it)), tidy(it))),
    { seed: 71, numRuns: 400 },
  );
});

Deno.test("any amount in fen comes back to the fen", () => {
  fc.assert(
    fc.property(minor, fc.constantFrom("CNY", "USD", "JPY"), (fen, currency) => {
      assert.equal(readMoney(moneyText({ currency, minor: fen }), { currency }).minor, fen);
    }),
    { seed: 72, numRuns: 500 },
  );
});

const sample: Message = {
  ...{ kind: "pacs.008", messageId: "M1", createdAt: "2019-07-11T12:00:00+08:00" },
  ...{ instructing: agentOf("jd"), instructed: agentOf("ant") },
  settlement: { system: "HUTONG", isCode: false, date: "2019-07-11" },
  ...{ endToEndId: "E1", uetr: uetrOf("E1"), amount: { currency: "CNY", minor: 12_003 } },
  ...{ chargeBearer: "CRED", charges: [], debtor: { name: "shopper 7" }, debtorAgent: agentOf("jd") },
  ...{ creditorAgent: agentOf("ant"), creditor: { name: "shop 9" } },
};
const written = writeMessage(sample);
const refused = (text: string, why: RegExp) =>
  assert.throws(() => readMessage(text), (error) => error instanceof SyntaxError && why.test(error.message));

Deno.test("a message that is not in order is refused with the place and the reason", () => {
  const swap = (from: string | RegExp, to: string) => {
    const other = written.replace(from, to);
    assert.notEqual(other, written);
    return other;
  };
  refused(swap(">120.03<", ">120.030<"), /IntrBkSttlmAmt: "120.030" has 3 decimals; CNY has 2/);
  refused(swap('Ccy="CNY"', 'Ccy="USD"'), /IntrBkSttlmAmt: the currency is "USD"; settlement is in CNY/);
  refused(swap(' Ccy="CNY"', ""), /the currency is ""/);
  refused(swap(">120.03<", ">-120.03<"), /no amount/);
  refused(swap(">120.03<", ">1e3<"), /no amount/);
  refused(swap(">120.03<", ">90071992547409.92<"), /above 9007199254740991/);
  refused(swap("pacs.008.001.08", "pacs.008.001.09"), /namespace .*001.09": allowed are/);
  refused(swap("FIToFICstmrCdtTrf>", "PmtRtr>"), /XML|is missing/);
  refused(swap(/<EndToEndId>.*<\/EndToEndId>\n/, ""), /PmtId: <EndToEndId> is missing/);
  refused(swap(/(<EndToEndId>.*<\/EndToEndId>)/, "$1$1"), /comes 2 times/);
  refused(swap("<NbOfTxs>1<", "<NbOfTxs>2<"), /1 transfer is needed/);
  refused(swap("HTJDCNB0", "HTJDCN"), /no BIC/);
  refused(swap(uetrOf("E1"), "not-a-uetr"), /no UUID/);
  refused(swap(">2019-07-11<", ">2019-13-11<"), /no date/);
  refused(swap("CLRG", "INDA"), /settlement method/);
  refused(swap("<Dbtr>", '<Dbtr xmlns="urn:other">'), /of namespace "urn:other"/);
});

Deno.test("text that is no message is refused, whatever it is: nothing crashes and nothing grows", () => {
  refused("", /XML/);
  refused("no XML", /XML/);
  refused(written.slice(0, -30), /XML/);
  refused("<Document/>", /namespace ""/);
  const bomb = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "${"&a;".repeat(100)}">]><d>&b;</d>`;
  refused(bomb, /document type/);
  refused("<d>&b;</d>", /XML/);
  refused(`<!doctype d SYSTEM "file:///etc/hosts"><d/>`, /document type/);
  refused("<d>".repeat(60_000), /XML/);
  refused("<d>".repeat(1_000) + "</d>".repeat(1_000), /deeper than 40/);
  refused(written + " ".repeat(longestText), /at most 200000/);
  fc.assert(
    fc.property(
      fc.nat(written.length),
      fc.nat(40),
      fc.string({ unit: "binary", maxLength: 8 }),
      (at, cut, put) => {
        const broken = written.slice(0, at) + put + written.slice(at + cut);
        try {
          readMessage(broken);
        } catch (error) {
          assert.ok(error instanceof SyntaxError, String(error));
        }
      },
    ),
    { seed: 73, numRuns: 1_500 },
  );
});

Deno.test("a prefix for the namespace makes no difference, a second namespace does", () => {
  const prefixed = written.replaceAll("<", "<m:").replaceAll("<m:/", "</m:").replace("<m:?xml", "<?xml")
    .replace("xmlns=", "xmlns:m=");
  assert.deepEqual(readMessage(prefixed), readMessage(written));
  assert.throws(() => readXml('<a xmlns="x"><b xmlns="y"/></a>'), /namespace "y"/);
});

Deno.test("what cannot be written is refused: long names, control characters, half fen, unknown participants", () => {
  const but = (change: object) => () => writeMessage({ ...sample, ...change } as Message);
  assert.throws(but({ messageId: "x".repeat(36) }), /<MsgId> with 36 characters/);
  assert.throws(but({ messageId: "" }), /0 characters/);
  assert.throws(but({ debtor: { name: "a\u0000b" } }), /not printable/);
  assert.throws(but({ amount: { currency: "CNY", minor: 1.5 } }), /whole number/);
  assert.throws(but({ amount: { currency: "XAU", minor: 1 } }), /XAU: allowed are/);
  assert.throws(() => agentOf("bank-27"), /bank-1 to bank-26/);
  assert.throws(() => agentOf("somebody"), /allowed are jd/);
});

Deno.test("participants have names of their own, and each is found again by its member id", () => {
  const all = ["jd", "ant", "wechat", "union-card", "operator", "bank-1", "bank-16", "bank-26"];
  assert.equal(new Set(all.map((one) => agentOf(one).bic)).size, all.length);
  assert.deepEqual(all.map((one) => participantOf(agentOf(one))), all);
  for (const one of all) assert.match(agentOf(one).bic!, /^[A-Z]{6}[A-Z0-9]0$/);
  assert.equal(participantOf({ memberId: "021040078" }), undefined);
});
