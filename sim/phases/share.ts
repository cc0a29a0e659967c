// Share: what a loan across platforms has lost is borne as the sharing rule says, and paid through clearing.

import { record } from "#/sim/recorder.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";
import { issuerAt, owe, refreshRoom } from "./clear.ts";

const sharers = ["jd", "ant"] as const;

/** Shares the day's losses; losses shared equal losses incurred. */
export function share(world: World): void {
  const { memory, terms, today, recorder } = world;
  const { rule, terms: ruleTerms } = terms.sharing;
  // Collection has been paid in cash since the last window: what is gone carries no obligation.
  refreshRoom(world);
  let incurredFen = 0;
  const borneFen = [0, 0];
  for (let p = 0; p < lineCount; p++) {
    const lost = memory.lost[p], issuer = issuerAt[p], other = 1 - issuer;
    const claimFen = lost.nativeFen + lost.bridgedFen + lost.feesFen;
    // What the sale of claims brought belongs to native and cross-platform claims in proportion.
    const bridgedSaleFen = claimFen > 0 ? Math.floor(lost.saleFen * (lost.bridgedFen / claimFen)) : 0;
    const jointFen = lost.bridgedFen - bridgedSaleFen + lost.stolenBridgedFen;
    const ownFen = lost.nativeFen + lost.feesFen - (lost.saleFen - bridgedSaleFen) + lost.stolenFen;
    const [originatorFen, partnerFen] = rule.share(
      jointFen,
      { marketWeights: [memory.tradeFen[issuer], memory.tradeFen[other]] },
      ruleTerms,
    );
    // What is paid on claims of before goes back to those who bore their loss.
    const [backFen, partnerBackFen] = rule.share(
      lost.recoveredBridgedFen,
      { marketWeights: [memory.tradeFen[issuer], memory.tradeFen[other]] },
      ruleTerms,
    );
    borneFen[issuer] += ownFen + originatorFen - (lost.recoveredFen - lost.recoveredBridgedFen) - backFen;
    borneFen[other] += partnerFen - partnerBackFen;
    owe(world, "lossShares", { payer: other, payee: issuer, amountFen: partnerFen });
    owe(world, "lossShares", { payer: issuer, payee: other, amountFen: partnerBackFen });
    incurredFen += ownFen + jointFen - lost.recoveredFen;
    record(recorder, today.day, "netLoss", "money", ownFen + jointFen - lost.recoveredFen);
  }
  for (const [k, party] of sharers.entries()) {
    memory.lossByFen[k] += borneFen[k];
    record(recorder, today.day, `lossBy.${party}`, "money", borneFen[k]);
  }
  memory.lossIncurredFen += incurredFen;
  for (const lost of memory.lost) {
    lost.stolenFen =
      lost.stolenBridgedFen =
      lost.chargedBackFen =
      lost.chargedBackBridgedFen =
        0;
  }
}
