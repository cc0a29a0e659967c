import assert from "node:assert/strict";
import fc from "fast-check";
import { auditRegister } from "./audit.ts";
import { entryHash, type RegisterEvent } from "./entry.ts";
import { jsonLines, Register } from "./register.ts";

const enter = (receivable: string, owner = "jd"): RegisterEvent => (
  { kind: "enter", receivable, day: 0, owner, faceFen: 10_000 }
);

function sample(): Register {
  const register = new Register();
  for (
    const event of [
      enter("r1"),
      enter("r2", "ant"),
      { kind: "pledge", receivable: "r1", day: 1, owner: "jd", pledgee: "bank" },
      { kind: "sale", receivable: "r2", day: 2, owner: "ant", to: "trust", priceFen: 9_800 },
      { kind: "release", receivable: "r1", day: 5, pledgee: "bank" },
      { kind: "transfer", receivable: "r1", day: 6, owner: "jd", to: "trust" },
      { kind: "discharge", receivable: "r2", day: 9, owner: "trust" },
    ] satisfies RegisterEvent[]
  ) assert.ok(!("refused" in register.record(event)));
  return register;
}

Deno.test("double pledge, sale of what is not owned and moves of what is pledged are refused by name", () => {
  const register = new Register();
  register.record(enter("r1"));
  register.record({ kind: "pledge", receivable: "r1", day: 1, owner: "jd", pledgee: "bank" });
  const cases: [RegisterEvent, string][] = [
    [{ kind: "pledge", receivable: "r1", day: 1, owner: "jd", pledgee: "trust" }, "doublePledge"],
    [{ kind: "pledge", receivable: "r1", day: 1, owner: "ant", pledgee: "trust" }, "notOwner"],
    [{ kind: "sale", receivable: "r1", day: 1, owner: "jd", to: "trust", priceFen: 1 }, "pledged"],
    [{ kind: "transfer", receivable: "r1", day: 1, owner: "bank", to: "trust" }, "notOwner"],
    [{ kind: "discharge", receivable: "r1", day: 1, owner: "jd" }, "pledged"],
    [{ kind: "release", receivable: "r1", day: 1, pledgee: "jd" }, "notPledgee"],
    [{ kind: "transfer", receivable: "r9", day: 1, owner: "jd", to: "trust" }, "unknown"],
    [enter("r1"), "earlier"],
    [{ ...enter("r1", "ant"), day: 1 }, "enteredBefore"],
  ];
  for (const [event, refused] of cases) {
    const answer = register.record(event);
    assert.equal("refused" in answer && answer.refused, refused);
  }
  assert.equal(register.entries.length, 2);
});

Deno.test("what was sold belongs to the buyer alone, and what was discharged moves no more", () => {
  const register = sample();
  assert.equal(register.holding("r1")!.owner, "trust");
  const again = register.record({
    kind: "sale",
    receivable: "r1",
    day: 9,
    owner: "jd",
    to: "fund",
    priceFen: 1,
  });
  assert.equal(
    "refused" in again && again.text,
    "sale of r1 by jd, and trust does: the party does not own the receivable",
  );
  const late = register.record({ kind: "transfer", receivable: "r2", day: 9, owner: "trust", to: "jd" });
  assert.equal("refused" in late && late.refused, "discharged");
});

Deno.test("an audit of a whole register counts it and gives its head", () => {
  const register = sample();
  assert.deepEqual(auditRegister(jsonLines(register.entries), { head: register.head }), {
    ...{ whole: true, entries: 7, head: register.head, receivables: 2, pledged: 0, discharged: 1 },
  });
  assert.deepEqual(auditRegister(""), {
    ...{ whole: true, entries: 0, head: "0".repeat(64), receivables: 0, pledged: 0, discharged: 0 },
  });
});

Deno.test("any changed character of any line is found at that line", () => {
  const text = jsonLines(sample().entries), lines = text.trimEnd().split("\n");
  const places = fc.nat({ max: text.length - 2 }), letters = fc.constantFrom(...'0123456789abcxyz{}":,');
  fc.assert(
    fc.property(places, letters, (at, letter) => {
      if (text[at] === letter || text[at] === "\n") return;
      const line = text.slice(0, at).split("\n").length;
      const finding = auditRegister(text.slice(0, at) + letter + text.slice(at + 1));
      assert.ok(!finding.whole);
      assert.equal(finding.line, line);
    }),
    { seed: 65, numRuns: 600 },
  );
  assert.equal(lines.length, 7);
});

Deno.test("a line that is left out, put twice or moved is found where the order breaks", () => {
  const lines = jsonLines(sample().entries).trimEnd().split("\n");
  const line = (changed: string[]) => {
    const finding = auditRegister(changed.join("\n"));
    return finding.whole ? "whole" : finding.line;
  };
  assert.equal(line(lines.toSpliced(2, 1)), 3);
  assert.equal(line(lines.toSpliced(2, 0, lines[2])), 4);
  assert.equal(line([lines[1], lines[0], ...lines.slice(2)]), 1);
  assert.equal(line(lines.slice(0, 5)), "whole");
  const cut = auditRegister(lines.slice(0, 5).join("\n"), { head: sample().head });
  assert.ok(!cut.whole && cut.line === 6 && /the chain ends in/.test(cut.why));
});

Deno.test("a chain whose hashes were all made anew still cannot hold a double pledge", () => {
  const events: RegisterEvent[] = [
    enter("r1"),
    { kind: "pledge", receivable: "r1", day: 1, owner: "jd", pledgee: "bank" },
    { kind: "pledge", receivable: "r1", day: 1, owner: "jd", pledgee: "trust" },
  ];
  let previous = "0".repeat(64);
  const forged = events.map((event, i) => {
    const entry = { sequence: i + 1, previous, event };
    previous = entryHash(entry);
    return { ...entry, hash: previous };
  });
  const finding = auditRegister(jsonLines(forged));
  assert.ok(!finding.whole && finding.line === 3);
  assert.equal(finding.why, "pledge of r1 to trust, and before to bank: the receivable is pledged already");
});

Deno.test("random events keep one owner each and pass their own audit", () => {
  const parties = fc.constantFrom("jd", "ant", "bank", "trust"), ids = fc.constantFrom("r1", "r2", "r3");
  const event: fc.Arbitrary<RegisterEvent> = fc.tuple(
    fc.constantFrom("enter", "pledge", "release", "transfer", "sale", "discharge"),
    ids,
    parties,
    parties,
  ).map(([kind, receivable, a, b]): RegisterEvent => {
    const common = { receivable, day: 0 };
    if (kind === "enter") return { kind, ...common, owner: a, faceFen: 5 };
    if (kind === "pledge") return { kind, ...common, owner: a, pledgee: b };
    if (kind === "release") return { kind, ...common, pledgee: a };
    if (kind === "sale") return { kind, ...common, owner: a, to: b, priceFen: 4 };
    if (kind === "transfer") return { kind, ...common, owner: a, to: b };
    return { kind: "discharge", ...common, owner: a };
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const register = new Register();
      for (const one of events) {
        const before = register.holding(one.receivable), answer = register.record(one);
        if ("refused" in answer) assert.deepEqual(register.holding(one.receivable), before);
      }
      const finding = auditRegister(jsonLines(register.entries), { head: register.head });
      assert.ok(finding.whole && finding.entries === register.entries.length);
    }),
    { seed: 66, numRuns: 200 },
  );
});

Deno.test("a line that says a key twice is refused, though its hash would hold", () => {
  const text = jsonLines(sample().entries).replace('"faceFen":10000', '"faceFen":90000,"faceFen":10000');
  const finding = auditRegister(text);
  assert.ok(!finding.whole && finding.line === 1 && /a key twice/.test(finding.why));
});
