import assert from "node:assert/strict";
import fc from "fast-check";
import type { SignedCredential } from "#/model/identity/credential.ts";
import { openSmall, small } from "#/sim/testing/worlds.ts";
import {
  agreeAnew,
  agreements,
  enrolProtocol,
  entryOf,
  holds,
  listOf,
  type Protocol,
  revokeCredential,
  withdrawConsent,
} from "./protocol_documents.ts";
import { issuedBit } from "./protocol_parties.ts";
import { check } from "./protocol_reader.ts";
import { allConsents, answer, type Question, type Sent } from "./protocol_shopper.ts";

const daySeconds = 86_400, maxAgeMinutes = 2_880;
const world = openSmall(
  small("interop", { shoppers: 100, set: [`identity.credentials.statusMaxAgeMinutes=${maxAgeMinutes}`] }),
);
const issued = enrolProtocol(world).enrolled.given.map((bits) => bits >> issuedBit & 1);
/** A shopper who holds a credential, and another one. */
const person = issued.indexOf(1), other = issued.indexOf(1, person + 1);

/** What can happen, in any order. Consents by their number; times in seconds or days. */
const events = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 2 * daySeconds }) }),
    fc.constantFrom({ what: "years pass" as const }, { what: "publish" as const }, {
      what: "publish" as const,
    }),
    fc.record({
      what: fc.constantFrom(...(["agree", "withdraw"] as const)),
      consent: fc.constantFrom(...agreements.keys()),
      laterSeconds: fc.constantFrom(0, 0, 0, 3_600),
    }),
    fc.record({
      what: fc.constantFrom(
        ...(["revoke", "revoke on the ledger", "issue again", "publish", "publish", "publish"] as const),
      ),
    }),
    fc.record({
      what: fc.constant("present" as const),
      /** What is sent: for the question, for another one, what was sent before, or another person's. */
      how: fc.constantFrom(
        ...([
          "well",
          "well",
          "well",
          "well",
          "other nonce",
          "other reader",
          "again",
          "other person",
        ] as const),
      ),
      lateSeconds: fc.constantFrom(0, 0, 0, 1, holds.presentationSeconds, holds.presentationSeconds + 1, 900),
      /** The list of today, or the one that was read before. */
      list: fc.constantFrom(...(["new", "new", "old"] as const)),
      needed: fc.constantFrom(1, 1, 2),
    }),
  ),
  { minLength: 4, maxLength: 24 },
);

/** What must be true, kept beside the protocol in plain variables. */
interface Truth {
  now: number;
  credentialFrom: number;
  /** The midnight of the newest list, and the entries that were on when a list was made. */
  listFrom: number;
  revokedEntries: Set<number>;
  finalFrom: number;
  consents: { from: number; withdrawnFrom: number }[];
}

interface Published {
  list: SignedCredential;
  from: number;
  revoked: Set<number>;
}

Deno.test("for any order of events: accepted exactly when bound, dated, fresh, not revoked, and agreed to", () => {
  const reached = { accepted: 0, refused: new Map<string, number>() };
  fc.assert(
    fc.property(events, (all) => {
      const own = enrolProtocol(world), { from, enrolled: { given } } = own;
      let questions = 0;
      const truth: Truth = {
        now: from + 3_600,
        credentialFrom: from,
        listFrom: from,
        revokedEntries: new Set(),
        finalFrom: Infinity,
        consents: agreements.map((_, consent) => ({
          from: given[person] & 1 << consent ? from : Infinity,
          withdrawnFrom: Infinity,
        })),
      };
      const protocol: Protocol = Object.assign(own, { listAt: () => truth.listFrom });
      const readerOf = (party: "jd" | "ant") => protocol.institutions[party].did;
      let before: Sent | undefined, read: Published | undefined;
      for (const event of all) {
        const { now } = truth;
        if (event.what === "wait") truth.now += event.seconds;
        else if (event.what === "years pass") truth.now += holds.credentialSeconds;
        else if (event.what === "agree") {
          agreeAnew(protocol, person, now, event.consent);
          truth.consents[event.consent] = { from: now, withdrawnFrom: Infinity };
        } else if (event.what === "withdraw") {
          const second = now + event.laterSeconds;
          withdrawConsent(protocol, person, { consent: event.consent, second });
          truth.consents[event.consent].withdrawnFrom = second;
        } else if (event.what === "revoke") {
          revokeCredential(protocol, person);
          truth.revokedEntries.add(entryOf(protocol, person));
        } else if (event.what === "revoke on the ledger") {
          revokeCredential(protocol, person, now);
          truth.finalFrom = now;
        } else if (event.what === "issue again") {
          truth.revokedEntries.add(entryOf(protocol, person));
          const minute = Math.floor((now - from) / 60);
          world.onIdentity!({ kind: "reissued", shopper: person, consent: 0, minute });
          truth.credentialFrom = from + minute * 60;
          truth.finalFrom = Infinity;
        } else if (event.what === "publish") truth.listFrom = now - now % daySeconds;
        else if (event.what === "present") before = present(event, before);
      }

      function present(
        { how, lateSeconds, list, needed }: Extract<(typeof all)[number], { what: "present" }>,
        earlier: Sent | undefined,
      ): Sent {
        const { now, consents } = truth, second = now + lateSeconds;
        const asked: Question = {
          person,
          needed,
          nonce: `n-${questions++}`,
          audience: readerOf("jd"),
          second: now,
          asked: allConsents,
        };
        const asks = how === "other nonce"
          ? { ...asked, nonce: "n" }
          : how === "other reader"
          ? { ...asked, audience: readerOf("ant") }
          : how === "other person"
          ? { ...asked, person: other }
          : asked;
        const own = answer(protocol, asks), sent = how === "again" ? earlier ?? own : own;
        const fresh: Published = {
          list: listOf(protocol, now),
          from: truth.listFrom,
          revoked: shownRevoked(),
        };
        const shown = list === "old" ? read ?? fresh : fresh;
        read = shown;
        const verdict = check(protocol, { ...sent, statusList: shown.list }, { ...asked, second });
        const linked = verdict.recognised && !verdict.revoked && verdict.consented;

        const isOwn = sent === own && (how === "well" || how === "again");
        const until = truth.credentialFrom + holds.credentialSeconds;
        const isDated = now >= truth.credentialFrom && second < until;
        const bound = isOwn && lateSeconds <= holds.presentationSeconds;
        const isFresh = second - shown.from <= maxAgeMinutes * 60;
        const current = isFresh && !shown.revoked.has(entryOf(protocol, person)) && truth.finalFrom > second;
        const live = consents.map(({ from, withdrawnFrom }) =>
          bound && from <= second && second < from + holds.credentialSeconds && second < withdrawnFrom
        );
        assert.equal(verdict.recognised, bound && isDated, "recognised");
        if (isOwn) assert.equal(verdict.revoked, !(bound && isDated && current), "revoked");
        assert.deepEqual([verdict.consented, verdict.mayReadAccount, verdict.mayUseLocation], live);
        assert.equal(linked, bound && isDated && current && live[0], "linked");
        // How well the person is known stands in the leaf, under a root that expires too.
        const level = protocol.enrolled.assurance[person];
        const hasLeaf = sent.membership.person === person && second < protocol.from + holds.credentialSeconds;
        assert.equal(verdict.assurance, hasLeaf ? level : 0, "assurance");
        assert.equal(verdict.proved, bound && hasLeaf ? Math.min(level, needed) : 0, "proved");
        if (linked) reached.accepted++;
        for (const { verdict: reason, detail } of verdict.steps) {
          if (detail !== undefined) reached.refused.set(reason, (reached.refused.get(reason) ?? 0) + 1);
        }
        return own;
      }

      /** The entries that a list made now shows as revoked: all that were turned on, and what is final by its midnight. */
      function shownRevoked(): Set<number> {
        if (truth.finalFrom <= truth.listFrom) truth.revokedEntries.add(entryOf(protocol, person));
        return new Set(truth.revokedEntries);
      }
    }),
    { seed: 33, numRuns: 200 },
  );
  // The events reach every end; otherwise the claim would hold for nothing.
  assert.ok(reached.accepted >= 40, `${reached.accepted} accepted`);
  for (
    const reason of [
      "wrongNonce",
      "wrongAudience",
      "wrongHolder",
      "stale",
      "expired",
      "revoked",
      "noConsent",
      "consentWithdrawn",
    ]
  ) {
    assert.ok(
      (reached.refused.get(reason) ?? 0) >= 5,
      `${reason}: ${reached.refused.get(reason) ?? 0} times`,
    );
  }
});
