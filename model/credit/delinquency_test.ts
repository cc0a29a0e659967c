import assert from "node:assert/strict";
import { bucketOf, buckets } from "./delinquency.ts";

Deno.test("bucketOf() puts each day past due into the bucket that is named for it", () => {
  const named = (dpd: number) => dpd < 1 ? "M0" : dpd < 31 ? "M1" : dpd < 61 ? "M2" : dpd < 91 ? "M3" : "M4+";
  for (let dpd = 0; dpd <= 200; dpd++) {
    assert.equal(buckets[bucketOf(dpd)], named(dpd), `${dpd} days past due`);
  }
});

Deno.test("bucketOf() counts a bill that is not due yet as current", () => {
  assert.equal(bucketOf(-5), 0);
});
