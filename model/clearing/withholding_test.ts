import assert from "node:assert/strict";
import { withholdingPolicies, type WithholdingPolicy } from "./withholding.ts";

for (const [name, policy] of Object.entries(withholdingPolicies) as [string, WithholdingPolicy][]) {
  Deno.test(`withholding ${name}: everything is paid from its minute on, and what came in never keeps a payment back`, () => {
    assert.ok(policy.title.length > 5);
    for (const minute of [0, 600, 1_199, 1_200, 1_439]) {
      for (const [sentFen, receivedFen] of [[0, 0], [500, 100], [100, 500]]) {
        const facts = { minute, untilMinute: 1_200, sentFen, receivedFen, allowanceFen: 50 };
        const kept = policy.keepsBack(100, facts);
        if (minute >= 1_200) assert.equal(kept, false);
        if (!kept) assert.equal(policy.keepsBack(100, { ...facts, receivedFen: receivedFen + 1_000 }), false);
      }
    }
  });
}
