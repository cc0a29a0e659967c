import assert from "node:assert/strict";
import { canonicalJson } from "#/model/units/canonical.ts";
import { sha256 } from "../bytes.ts";
import { didKey } from "../did_key.ts";
import { didOf } from "../credential.ts";
import { keyFromSeed } from "../ed25519.ts";
import { makeBlock } from "./block.ts";
import type { LedgerEntry } from "./entry.ts";
import { SharedLedger } from "./network.ts";
import { scanBlocks, serialiseBlocks } from "./scan.ts";
import { checkEntry, noParent } from "./shapes.ts";
import { exampleTerms } from "./terms.ts";

const did = didOf(keyFromSeed(new Uint8Array(32).fill(4))), hash = sha256("a document").toHex();
const entries: LedgerEntry[] = [
  { kind: "did", did, hash, minute: 1 },
  { kind: "status-root", issuer: did, hash, minute: 2 },
  { kind: "receipt", hash, minute: 3 },
  { kind: "receipt-withdrawn", hash, minute: 4 },
  { kind: "revocation", issuer: did, hash, minute: 4 },
];

/** Text in hexadecimal, filled up with zeros to the length of a hash. */
const hidden = (text: string) => new TextEncoder().encode(text).toHex().padEnd(64, "0");

/** What somebody may try to put into an entry: where it is found, the value that is told, and the entry. */
const smuggled: [place: string, value: string, entry: object][] = [
  [".hash", '"Zhang San"', { ...entries[2], hash: "Zhang San" }],
  [".hash", '"13800138000"', { ...entries[2], hash: "13800138000" }],
  [".hash", "13800138000", { ...entries[2], hash: 13800138000 }],
  [".hash", `"${hash.toUpperCase()}"`, { ...entries[2], hash: hash.toUpperCase() }],
  [".hash", `"${hidden("张三 13800138000")}"`, { ...entries[2], hash: hidden("张三 13800138000") }],
  [".hash", `"${hidden("zhangsan@example.com 13800138000")}"`, {
    ...entries[2],
    hash: hidden("zhangsan@example.com 13800138000"),
  }],
  [".hash", `"${hidden("Zhang San, 13800138000, Beijing")}"`, {
    ...entries[2],
    hash: hidden("Zhang San, 13800138000, Beijing"),
  }],
  [".hash", `"${"13800138000".padEnd(64, "7")}"`, { ...entries[2], hash: "13800138000".padEnd(64, "7") }],
  [".hash", `"${"13800138000f".padStart(64, "0")}"`, {
    ...entries[2],
    hash: "13800138000f".padStart(64, "0"),
  }],
  [".hash", `"${noParent}"`, { ...entries[2], hash: noParent }],
  [".minute", "13800138000", { ...entries[2], minute: 13_800_138_000 }],
  [".minute", "19900101", { ...entries[2], minute: 19_900_101 }],
  [".minute", "3.14", { ...entries[2], minute: 3.14 }],
  [".minute", '"3"', { ...entries[2], minute: "3" }],
  [".kind", '"Zhang San"', { ...entries[2], kind: "Zhang San" }],
  [".kind", '"toString"', { ...entries[2], kind: "toString" }],
  [".did", '"zhangsan@example.com"', { ...entries[0], did: "zhangsan@example.com" }],
  [".did", '"did:web:zhangsan.example.com"', { ...entries[0], did: "did:web:zhangsan.example.com" }],
  [".did", `"${did}#zhangsan"`, { ...entries[0], did: `${did}#zhangsan` }],
  [".issuer", '["Zhang San"]', { ...entries[1], issuer: ["Zhang San"] }],
  ['["name"]', '"Zhang San"', { ...entries[2], name: "Zhang San" }],
  ['["Zhang San"]', "1", { ...entries[2], "Zhang San": 1 }],
  [
    '["__proto__"]',
    '"Zhang San"',
    JSON.parse(`{"__proto__":"Zhang San",${JSON.stringify(entries[2]).slice(1)}`),
  ],
  ['["did"]', `"${did}"`, { ...entries[2], did }],
  [".issuer", "of type undefined", { ...entries[1], issuer: undefined }],
  ["", '"Zhang San"', "Zhang San" as unknown as object],
  ["", "null", null as unknown as object],
];

Deno.test("a ledger with entries of every kind is clean", () => {
  const ledger = new SharedLedger({ ...exampleTerms, replicas: 3 });
  for (const entry of entries) ledger.submit(entry);
  ledger.runUntil(60);
  const text = serialiseBlocks(ledger.chain);
  assert.deepEqual(scanBlocks(text), []);
  assert.equal(ledger.waiting, 0);
  for (const { kind } of entries) assert.ok(text.includes(`"${kind}"`));
});

Deno.test("a name, a phone number or an e-mail in a block is found, with place, value and what is allowed", () => {
  const block = makeBlock(entries, { height: 1, parent: noParent, minute: 5, proposer: 0 });
  for (const [place, value, entry] of smuggled) {
    // What JSON cannot say is gone in the text; then the member is missing.
    const stored = JSON.parse(JSON.stringify([block, { ...block, entries: [...entries, entry] }]));
    const found = scanBlocks(JSON.stringify(stored));
    assert.equal(found.length, 1, `${place} ${value}`);
    assert.equal(found[0].place, `$[1].entries[5]${place}`);
    assert.equal(found[0].value, value);
    assert.notEqual(found[0].allowed, "");
  }
});

Deno.test("the ledger does not take such an entry in the first place", () => {
  const ledger = new SharedLedger(exampleTerms);
  for (const [place, value, entry] of smuggled) {
    assert.throws(() => ledger.submit(entry as LedgerEntry), (error) => {
      assert.ok(error instanceof TypeError);
      assert.ok(error.message.includes(`as entry${place} is ${value}: `), error.message);
      return /: .+ is allowed$/.test(error.message);
    });
  }
  for (const entry of entries) checkEntry(entry);
  assert.equal(ledger.waiting, 0);
});

Deno.test("a key that spells text is no did:key for the ledger", () => {
  const spelled = new Uint8Array(32).fill(0x20);
  spelled.set(new TextEncoder().encode("Zhang San 13800138000"));
  for (const bytes of [spelled, new Uint8Array(32).fill(0).with(0, 7)]) {
    assert.throws(() => checkEntry({ ...entries[0], did: didKey(bytes) }), /entry\.did is "did:key:z/);
  }
});

Deno.test("a person in the rest of a block is found, too, and so is what stands between or behind", () => {
  const block = makeBlock(entries, { height: 1, parent: noParent, minute: 5, proposer: 0 });
  const text = serialiseBlocks([block]);
  const stored = (change: object) => canonicalJson([{ ...block, ...change }]);
  const header = (change: object) => stored({ header: { ...block.header, ...change } });
  const cases: [string, string, string][] = [
    [stored({ memo: "Zhang San" }), '$[0]["memo"]', '"Zhang San"'],
    [stored({ hash: "Zhang San" }), "$[0].hash", '"Zhang San"'],
    [stored({ header: "Zhang San" }), "$[0].header", '"Zhang San"'],
    [stored({ entries: "Zhang San" }), "$[0].entries", '"Zhang San"'],
    [header({ proposer: "Zhang San" }), "$[0].header.proposer", '"Zhang San"'],
    [header({ proposer: 138 }), "$[0].header.proposer", "138"],
    [header({ height: 13_800_138_000 }), "$[0].header.height", "13800138000"],
    [header({ count: 13_800_138_000 }), "$[0].header.count", "13800138000"],
    [header({ root: noParent }), "$[0].header.root", `"${noParent}"`],
    [header({ phone: 1 }), '$[0].header["phone"]', "1"],
    [canonicalJson([[block]]), "$[0]", JSON.stringify([block]).slice(0, 3)],
    [canonicalJson({ block }), "$", "{"],
    [`${text} Zhang San`, "$", '"['],
    [`${text} `, "$", '"['],
    [text.replace('"height":1', '"height":13800138000,"height":1'), "$", '"['],
    [text.replace('"height":1', '"height":1.0'), "$", '"['],
    [text.replace("receipt", "receip\\u0074"), "$", '"['],
  ];
  assert.deepEqual(scanBlocks(text), []);
  for (const [given, place, value] of cases) {
    assert.notEqual(given, text);
    const [found] = scanBlocks(given);
    assert.equal(found?.place, place, given);
    assert.ok(found.value.startsWith(value), found.value);
  }
});

Deno.test("true digests pass", () => {
  for (let i = 0; i < 20_000; i++) checkEntry({ ...entries[2], hash: sha256(`document ${i}`).toHex() });
});
