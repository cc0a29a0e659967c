import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkConsent,
  type DataUse,
  giveConsent,
  receiptHash,
  type SignedReceipt,
} from "./consent_receipt.ts";
import { didOf, issueCredential, verifyCredential } from "./credential.ts";
import { keyFromSeed } from "./ed25519.ts";
import { presentCredentials, verifyPresentation } from "./presentation.ts";
import { publish, ReaderMemory } from "./reader_memory.ts";
import { checkStatus, publishStatusList } from "./status_credential.ts";
import { leastEntries, StatusList } from "./status_list.ts";

const authority = keyFromSeed(new Uint8Array(32).fill(1)), key = keyFromSeed(new Uint8Array(32).fill(2));
const issuer = didOf(authority), subject = didOf(key), listId = "urn:list", maxAgeSeconds = 100;

const events = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 120 }) }),
    fc.record({
      what: fc.constantFrom(
        ...(["revoke", "withdraw", "agree", "agree", "publish", "publish"] as const),
      ),
    }),
    fc.record({
      what: fc.constant("present" as const),
      nonce: fc.constantFrom("right", "right", "right", "wrong"),
      audience: fc.constantFrom("reader", "reader", "reader", "another"),
      lateSeconds: fc.oneof(fc.integer({ min: 0, max: 62 }), fc.constant(200)),
    }),
  ),
  { maxLength: 14 },
);

Deno.test("for any order of events: accepted exactly when signed, dated, not revoked, fresh, bound and agreed to", () => {
  let accepted = 0, refused = 0;
  fc.assert(
    fc.property(events, (all) => {
      const until = 900, bits = new StatusList(leastEntries), memory = new ReaderMemory();
      const credential = publish(issueCredential({
        type: "RealName",
        subject: { id: subject },
        key: authority,
        from: 0,
        until,
        status: {
          type: "BitstringStatusListEntry",
          statusPurpose: "revocation",
          statusListIndex: "77",
          statusListCredential: listId,
        },
      }));
      let now = 0,
        revoked = false,
        publishedAt = 0,
        publishedRevoked = false,
        agreedAt = -1,
        withdrawn = false;
      const newList = () =>
        publish(publishStatusList(bits, {
          purpose: "revocation",
          id: listId,
          key: authority,
          from: now,
          until: now + 9_000,
        }));
      let list = newList(), receipt: SignedReceipt | undefined;
      for (const event of all) {
        if (event.what === "wait") now += event.seconds;
        else if (event.what === "revoke") bits.set(77, revoked = true);
        else if (event.what === "withdraw") withdrawn = receipt !== undefined;
        else if (event.what === "agree") {
          const agreement = { controllers: ["jd"], purpose: "credit", categories: ["identity" as const] };
          receipt = publish(giveConsent(key, { id: `c-${now}`, ...agreement, from: now, until: now + 400 }));
          agreedAt = now;
          withdrawn = false;
        } else if (event.what === "publish") {
          list = newList();
          publishedAt = now;
          publishedRevoked = revoked;
        } else if (event.what === "present") {
          const { nonce, audience, lateSeconds } = event;
          const shown = presentCredentials([credential], { key, nonce, audience, second: now });
          const second = now + lateSeconds;
          const bound = verifyPresentation(shown, {
            nonce: "right",
            audience: "reader",
            second,
            maxAgeSeconds: 60,
          });
          const asked = { type: "RealName", issuer, second, subject };
          const held = verifyCredential(credential, asked);
          const status = checkStatus(credential, { list, issuer, second, maxAgeSeconds });
          const registered: DataUse["registered"] = receipt && { hash: receiptHash(receipt), withdrawn };
          const use = {
            subject,
            controller: "jd",
            purpose: "credit",
            categories: ["identity" as const],
            second,
          };
          const consent = checkConsent(receipt, { ...use, registered });
          // A reader who remembers what was signed says the same, word for word.
          assert.deepEqual(verifyCredential(credential, { ...asked, memory }), held);
          assert.deepEqual(checkStatus(credential, { list, issuer, second, maxAgeSeconds, memory }), status);
          assert.deepEqual(checkConsent(receipt, { ...use, registered, memory }), consent);
          assert.equal(bound.accepted, nonce === "right" && audience === "reader" && lateSeconds <= 60);
          assert.equal(held.accepted, second < until);
          assert.equal(status.accepted, !publishedRevoked && second - publishedAt <= maxAgeSeconds);
          assert.equal(consent.accepted, agreedAt >= 0 && !withdrawn && second < agreedAt + 400);
          if (bound.accepted && held.accepted && status.accepted && consent.accepted) accepted++;
          else refused++;
        }
      }
    }),
    { seed: 321, numRuns: 200 },
  );
  // The events reach both ends; otherwise the claim would hold for nothing.
  assert.ok(accepted >= 5 && refused >= 50, `${accepted} accepted, ${refused} refused`);
});
