// The documents of a run on a real shared ledger: what the columns take for final the replicas have, and nothing personal.

import assert from "node:assert/strict";
import { sha256 } from "#/model/identity/bytes.ts";
import { receiptHash } from "#/model/identity/consent_receipt.ts";
import { didDocument } from "#/model/identity/did_key.ts";
import type { LedgerEntry } from "#/model/identity/shared_ledger/entry.ts";
import { SharedLedger } from "#/model/identity/shared_ledger/network.ts";
import { verifyEntry } from "#/model/identity/shared_ledger/proof.ts";
import { scanBlocks, serialiseBlocks } from "#/model/identity/shared_ledger/scan.ts";
import { canonicalJson } from "#/model/units/canonical.ts";
import { openSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import type { IdentityEvent } from "#/sim/world.ts";
import { enrolProtocol, listOf, papersOf, receiptOf } from "./protocol_documents.ts";
import { allConsents } from "./protocol_shopper.ts";

const hashOf = (document: object) => sha256(canonicalJson(document)).toHex();

Deno.test("documents of a run go on a ledger of replicas: each is proved to be there, and no byte is personal", () => {
  const world = openSmall(small("interop", { shoppers: 300 })), protocol = enrolProtocol(world);
  const ledger = new SharedLedger(world.terms.scenario.identity.sharedLedger);
  const { authority } = protocol.institutions;
  const list = listOf(protocol, protocol.from);
  const entries: LedgerEntry[] = [
    { kind: "status-root", issuer: authority.did, hash: hashOf(list), minute: 0 },
  ];
  for (let i = 0; i < 40; i++) {
    const { did } = papersOf(protocol, i);
    entries.push({ kind: "did", did, hash: hashOf(didDocument(did)), minute: i });
    for (const consent of allConsents) {
      const receipt = receiptOf(protocol, i, consent);
      if (receipt) entries.push({ kind: "receipt", hash: receiptHash(receipt), minute: i });
    }
  }
  const ids = entries.map((entry) => ledger.submit(entry));
  ledger.runUntil(120);
  for (const id of ids) assert.ok(verifyEntry(ledger.prove(id), { head: ledger.head }).accepted);
  const text = serialiseBlocks(ledger.chain);
  assert.deepEqual(scanBlocks(text), []);
  for (const word of ["jd-", "ant-", "realName", "person", "consent"]) assert.ok(!text.includes(word), word);
});

Deno.test("what binds in a run is what the replicas would call final, minute by minute", () => {
  const set = [
    "identity.consents.givePerMonthBps=3000",
    "identity.credentials.lostPerYearPpm=1000000",
    "identity.sharedLedger.outagesPerYear=0",
    "shocks=[{ event: replica-outage, fromDay: 3, untilDay: 4, replicas: 4 }]",
  ];
  const world = openSmall(small("interop", { shoppers: 400, set, days: 8 }));
  const events: IdentityEvent[] = [];
  world.onIdentity = (event) => events.push(event);
  for (let day = 0; day < 8; day++) walkDay(world, day);
  const bound = events.filter(({ kind }) => kind === "given" || kind === "revoked");
  assert.ok(bound.length > 30, `${bound.length} bound`);
  // With blocks each five minutes and messages of two seconds, an entry is final a minute after a block.
  for (const { minute } of bound) assert.equal(minute % 5, 1, `minute ${minute}`);
  const during = bound.filter(({ minute }) => minute > 3 * 1_440 + 1 && minute < 4 * 1_440);
  assert.deepEqual(during, [], "nothing binds without a quorum");
  // So few shoppers stand for so many people that a block takes one entry: what waited binds block by block.
  const hours = bound.filter(({ minute }) => minute >= 4 * 1_440 && minute < 4 * 1_440 + 120);
  assert.ok(hours.length >= 2, "what waited binds when a quorum is back");
});
