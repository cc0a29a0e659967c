import assert from "node:assert/strict";
import { sha256 } from "../bytes.ts";
import { type Block, makeBlock, verifyChain } from "./block.ts";
import { noParent } from "./shapes.ts";
import { receiptAt } from "./testing.ts";

/** A chain of blocks with 0, 1, 2, … entries. */
function chainOf(length: number): Block[] {
  const blocks: Block[] = [];
  for (let i = 0; i < length; i++) {
    const entries = Array.from({ length: i }, (_, k) => receiptAt(i * 5 + k % 5, i * 100 + k));
    const parent = blocks[i - 1]?.hash ?? noParent;
    blocks.push(makeBlock(entries, { height: i + 1, parent, minute: i * 5 + 5, proposer: i % 3 }));
  }
  return blocks;
}

Deno.test("the root of no entries is SHA-256 of nothing", () => {
  const [{ header }] = chainOf(1);
  assert.equal(header.root, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

Deno.test("a whole chain is whole, from the first block up to any", () => {
  const chain = chainOf(6);
  assert.deepEqual(verifyChain([]), { whole: true, height: 0, head: noParent });
  chain.forEach(({ hash }, i) => {
    assert.deepEqual(verifyChain(chain.slice(0, i + 1)), { whole: true, height: i + 1, head: hash });
  });
});

Deno.test("verifyChain() says at which height a chain is broken, and how", () => {
  const chain = chainOf(6), [, , , fourth] = chain;
  const otherHash = sha256("another").toHex();
  const withFourth = (block: unknown) => chain.with(3, block as Block);
  // A block that is sound in itself, with the hashes that follow from its content.
  const remade = (change: Partial<Block["header"]>, entries = fourth.entries) =>
    withFourth(makeBlock(entries, { ...fourth.header, ...change }));
  const cases: [string, readonly unknown[], number, RegExp][] = [
    [
      "an entry is exchanged",
      withFourth({ ...fourth, entries: fourth.entries.with(1, receiptAt(15, 7)) }),
      4,
      /root/,
    ],
    ["entries change places", withFourth({ ...fourth, entries: fourth.entries.toReversed() }), 4, /root/],
    [
      "an entry is cut off",
      withFourth({ ...fourth, entries: fourth.entries.slice(1) }),
      4,
      /counts 3 .* has 2/,
    ],
    [
      "the header is touched",
      withFourth({ ...fourth, header: { ...fourth.header, minute: 21 } }),
      4,
      /header has/,
    ],
    ["the hash is another", withFourth({ ...fourth, hash: otherHash }), 4, new RegExp(`not ${otherHash}`)],
    ["a block is remade", remade({ minute: 19 }), 5, /its parent is .*, the block before is/],
    ["the parent is another", remade({ parent: otherHash }), 4, new RegExp(`its parent is ${otherHash}`)],
    ["the height is another", remade({ height: 5 }), 4, /height 5 stands at 4/],
    ["it is closed too early", remade({ minute: 15 }, []), 4, /minute 15, the block before in 15/],
    ["an entry is too late", remade({ minute: 17 }), 4, /minute 17 .* entry of minute 17/],
    ["an entry stands twice", remade({}, [chain[2].entries[0]]), 4, /entry [0-9a-f]{64} stands in block 3/],
    ["a block is missing", chain.toSpliced(3, 1), 4, /height 5 stands at 4/],
    ["the beginning is missing", chain.slice(1), 1, /height 2 stands at 1/],
    ["something else stands there", withFourth("block"), 4, /block is "block": a block is allowed/],
    ["nothing stands there", withFourth(undefined), 4, /block is of type undefined/],
    ["there is a person in it", withFourth({ ...fourth, name: "Li Si" }), 4, /block\["name"\] is "Li Si"/],
  ];
  for (const [what, blocks, height, detail] of cases) {
    const verdict = verifyChain(blocks);
    assert.ok(!verdict.whole, what);
    assert.equal(verdict.height, height, what);
    assert.match(verdict.detail, detail, what);
  }
});
