// A day of the shared ledger with a block each minute: by arithmetic, and message by message.

import { LedgerFinality } from "./finality.ts";
import { SharedLedger } from "./network.ts";
import { exampleTerms } from "./terms.ts";
import { receiptAt } from "./testing.ts";

const terms = { ...exampleTerms, blockIntervalMinutes: 1 },
  entriesByMinute = new Uint32Array(1_440).fill(900);
const outages = [{ replica: 3, fromMinute: 1_440, untilMinute: 1_500 }];
const ledger = new LedgerFinality(terms);
let day = 0, minute = 0;

Deno.bench("a day of 1,440 blocks by arithmetic", () => {
  ledger.advance({ day: day++, outages, entriesByMinute });
});

Deno.bench("ask for the minute of 1,440 entries", () => {
  for (let m = 0; m < 1_440; m++) minute += Number(ledger.finalMinuteAt((day - 1) * 1_440 + m) < minute);
});

Deno.bench("a day of 1,440 blocks and 300 entries, message by message", { n: 3, warmup: 1 }, () => {
  const full = new SharedLedger(terms);
  for (let i = 0; i < 300; i++) full.submit(receiptAt(i * 4, i));
  full.runUntil(1_440);
});
