import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson } from "#/model/units/canonical.ts";
import { envelop } from "#/model/identity/presentation.ts";
import { refusals } from "#/model/identity/verdict.ts";
import { check, type ProtocolStep, type Received } from "./protocol_reader.ts";
import type { Sent } from "./protocol_shopper.ts";
import {
  credential,
  enveloped,
  presents,
  protocol,
  question,
  sent,
  shownClaims,
} from "./testing/protocol_sent.ts";

/** The steps that look at each part of what is sent. */
const looksAt: Record<keyof Sent, readonly ProtocolStep["step"][]> = {
  membership: ["enrolment"],
  root: ["enrolment"],
  presentation: ["presentation"],
  statusList: ["status"],
  code: ["secondFactor"],
  receipts: ["consent", "accountConsent", "locationConsent"],
};

const changes = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom("cut", "replace", "leave out", "put in"),
  other: fc.constantFrom(...'Az09-_.~"{}[],:\u0000é'),
});

/** A text with one change. */
function changed(text: string, { at, kind, other }: { at: number; kind: string; other: string }): string {
  const i = at % text.length, before = text.slice(0, i);
  if (kind === "cut") return before;
  return before + (kind === "leave out" ? "" : other) + text.slice(kind === "put in" ? i : i + 1);
}

/** The data of a changed JSON text, or the text itself where it is no JSON any more. */
function reread(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const isSame = (one: unknown, another: unknown) => {
  try {
    return canonicalJson(one) === canonicalJson(another);
  } catch {
    return false;
  }
};

/** Whatever came, each step has a verdict of the closed list, and nothing throws. */
function assertVerdicts(received: Received): ProtocolStep[] {
  const { steps } = check(protocol, received, question);
  for (const { verdict, detail } of steps) {
    if (detail === undefined) assert.ok(verdict === "passed" || verdict === "not asked", verdict);
    else assert.ok(Object.hasOwn(refusals, verdict), verdict);
  }
  return steps;
}

for (const part of Object.keys(looksAt) as (keyof Sent)[]) {
  const whole = structuredClone(sent[part]), text = JSON.stringify(whole);

  Deno.test(`${part}: changed anywhere, or anything in its place, is refused with a reason and never throws`, () => {
    const other = fc.oneof(
      changes.map((change) => reread(changed(text, change))),
      fc.jsonValue(),
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
    );
    fc.assert(
      fc.property(other, (given) => {
        const steps = assertVerdicts({ ...sent, [part]: given });
        if (isSame(given, whole)) return;
        const passed = steps.filter(({ step, verdict }) =>
          looksAt[part].includes(step) && verdict === "passed"
        );
        assert.ok(passed.length < looksAt[part].length, `${part}: ${JSON.stringify(passed)}`);
      }),
      { seed: 34, numRuns: 150 },
    );
  });
}

Deno.test("whatever a dishonest holder presents in place of credential and claims is refused with a reason", () => {
  const given = fc.tuple(
    fc.oneof(changes.map((change) => reread(changed(JSON.stringify(credential), change))), fc.jsonValue()),
    fc.oneof(changes.map((change) => envelop(changed(shownClaims, change))), fc.jsonValue()),
  );
  fc.assert(
    fc.property(given, ([first, second]) => {
      // What cannot be written as canonical JSON cannot be signed either.
      let received: Received;
      try {
        received = presents(first, second);
      } catch {
        return;
      }
      const steps = assertVerdicts(received),
        passed = (which: string) => steps.find(({ step }) => step === which)?.verdict === "passed";
      assert.ok(passed("presentation"));
      if (!isSame(first, credential)) assert.ok(!passed("credential") && !passed("status"));
      if (!isSame(second, enveloped)) assert.ok(!passed("disclosure"));
    }),
    { seed: 35, numRuns: 200 },
  );
});
