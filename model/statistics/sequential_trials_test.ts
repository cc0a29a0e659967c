import assert from "node:assert/strict";
import { sequentialTest } from "./sequential_trials.ts";

const terms = { lowShare: 0.3, highShare: 0.7, alpha: 0.05, beta: 0.05 };

Deno.test("a sequential test says nothing while the trials balance, and looks no further than its answer", () => {
  assert.equal(sequentialTest([true, false, true, false, true], terms).verdict, "open");
  assert.deepEqual(sequentialTest([false, false, false, false, true, true], terms), {
    verdict: "low",
    trials: 4,
    events: 0,
  });
});

Deno.test("a sequential test errs no more often than stated", () => {
  // Every sequence of 14 trials, weighed by its probability at each share.
  const length = 14;
  for (const [share, wrong] of [[0.3, "high"], [0.7, "low"]] as const) {
    let errors = 0, open = 0;
    for (let bits = 0; bits < 1 << length; bits++) {
      const trials = Array.from({ length }, (_, i) => (bits >> i & 1) === 1);
      const weight = trials.reduce((product, event) => product * (event ? share : 1 - share), 1);
      const { verdict } = sequentialTest(trials, terms);
      if (verdict === wrong) errors += weight;
      if (verdict === "open") open += weight;
    }
    assert.ok(errors < 0.05 && errors > 0.005, `errs ${errors}`);
    assert.ok(open < 0.2);
  }
});

Deno.test("shares and errors that tell nothing apart are refused", () => {
  assert.throws(() => sequentialTest([], { ...terms, lowShare: 0.7 }), /0.7 from 0.7/);
  assert.throws(() => sequentialTest([], { ...terms, alpha: 0 }), /errors 0 and 0.05/);
});
