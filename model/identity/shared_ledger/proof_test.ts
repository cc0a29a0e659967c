import assert from "node:assert/strict";
import { sha256 } from "../bytes.ts";
import { SharedLedger } from "./network.ts";
import { type EntryProof, proveEntry, verifyEntry } from "./proof.ts";
import { exampleTerms } from "./terms.ts";
import { receiptAt } from "./testing.ts";

const ledger = new SharedLedger({ ...exampleTerms, replicas: 3, entriesPerBlock: 5 });
const minutes = [1, 1, 2, 3, 3, 4, 4, 11, 17, 17, 17];
const ids = minutes.map((minute, i) => ledger.submit(receiptAt(minute, i)));
ledger.runUntil(40);
const { head } = ledger;

Deno.test("every final entry is proved to whoever knows the head, with the block and its time", () => {
  ids.forEach((id, i) => {
    const read = verifyEntry(ledger.prove(id), { head }), final = ledger.finalityOf(id)!;
    assert.ok(read.accepted);
    assert.deepEqual(read.value, {
      entry: receiptAt(minutes[i], i),
      height: final.height,
      minute: final.closeMinute,
      blocksAfter: ledger.chain.length - final.height,
    });
  });
});

Deno.test("a proof that is touched anywhere is refused, and says where", () => {
  const proof = ledger.prove(ids[2]), other = sha256("another").toHex();
  const touched: [string, unknown, RegExp][] = [
    ["entry", { ...proof, entry: receiptAt(2, 9) }, /notInTree.*another root/],
    ["index", { ...proof, index: 1 }, /notInTree/],
    ["index outside", { ...proof, index: 5 }, /outOfRange/],
    ["path", { ...proof, path: proof.path.with(1, other) }, /notInTree/],
    ["path cut", { ...proof, path: proof.path.slice(1) }, /wrongLength/],
    ["path longer", { ...proof, path: [...proof.path, other] }, /wrongLength/],
    ["path no hash", { ...proof, path: proof.path.with(0, "zz") }, /malformed/],
    [
      "first header",
      { ...proof, headers: proof.headers.with(0, { ...proof.headers[0], root: other }) },
      /notInTree.*block 2/,
    ],
    [
      "later header",
      { ...proof, headers: proof.headers.with(3, { ...proof.headers[3], minute: 24 }) },
      /notInTree/,
    ],
    ["header cut out", { ...proof, headers: proof.headers.toSpliced(2, 1) }, /notInTree.*block 3/],
    ["last header cut off", { ...proof, headers: proof.headers.slice(0, -1) }, /notInTree.*the head is/],
    ["no headers", { ...proof, headers: [] }, /malformed/],
    ["a person", { ...proof, entry: { ...proof.entry, name: "Li Si" } }, /malformed.*Li Si/],
    ["a broken header", { ...proof, headers: [{ height: "1" }] }, /malformed.*headers\[0\]/],
    ["nothing", undefined, /malformed/],
    ["text", "proof", /malformed/],
    ["a list", [], /malformed/],
  ];
  assert.ok(verifyEntry(proof, { head }).accepted);
  for (const [what, given, expected] of touched) {
    const read = verifyEntry(given, { head });
    assert.ok(!read.accepted, what);
    assert.match(`${read.reason}: ${read.detail}`, expected, what);
  }
});

Deno.test("proveEntry() refuses places that the chain does not have", () => {
  const { chain } = ledger,
    prove = (height: number, index: number): EntryProof => proveEntry(chain, { height, index });
  assert.equal(prove(2, 4).index, 4);
  const range = (message: RegExp) => ({ name: "RangeError", message });
  assert.throws(() => prove(2, 5), range(/entry 5 of block 2: the chain has \d+ blocks, this one 5 entries/));
  assert.throws(() => prove(1, 0), range(/this one 0 entries/));
  assert.throws(() => prove(2, -1), range(/entry -1/));
  assert.throws(() => prove(0, 0), range(/block 0/));
  assert.throws(() => prove(99, 0), range(/block 99: the chain has \d+ blocks$/));
});
