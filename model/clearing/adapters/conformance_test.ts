import assert from "node:assert/strict";
import fc from "fast-check";
import { networks } from "#/model/names.ts";
import { breakPpmOf, checkAdapter } from "./conformance.ts";
import { adapters, interfaces } from "./interfaces.ts";

const version = fc.integer({ min: 1, max: 99 });
const network = fc.constantFrom(...networks);

Deno.test("a newer adapter never fails a case that an older one passes, and speaks every version up to its own", () => {
  fc.assert(
    fc.property(network, network, version, version, version, (home, away, older, more, networkVersion) => {
      const check = (adapterVersion: number) => checkAdapter({ home, away, adapterVersion, networkVersion });
      const old = check(older), fresh = check(Math.min(99, older + more));
      for (const [k, { holds }] of old.cases.entries()) if (holds) assert.ok(fresh.cases[k].holds);
      assert.ok(fresh.failed <= old.failed && fresh.limitCny >= old.limitCny);
      assert.equal(old.speaks, older >= networkVersion);
    }),
    { seed: 61 },
  );
});

Deno.test("each contract case fails for some adapter that ships, so that none is there for show", () => {
  const failing = new Set<string>();
  for (const home of ["jd-mall", "alipay"] as const) {
    for (const away of networks) {
      for (let adapterVersion = 1; adapterVersion <= adapters.length; adapterVersion++) {
        for (let networkVersion = 1; networkVersion <= 2; networkVersion++) {
          const { cases } = checkAdapter({ home, away, adapterVersion, networkVersion });
          for (const { name, holds } of cases) if (!holds) failing.add(name);
        }
      }
    }
  }
  assert.deepEqual([...failing].sort(), [
    "a part refunded is told from the whole",
    "each status has a word on the other side",
    "order numbers come back whole",
    "the day's files end together",
    "the largest payment fits",
    "the network's version is spoken",
  ]);
});

Deno.test("a network is in order with itself, and an interface that changes can fail a case that held", () => {
  for (const home of networks) {
    const { failed, limitCny } = checkAdapter({ home, away: home, adapterVersion: 1, networkVersion: 1 });
    assert.deepEqual([failed, limitCny], [0, Infinity]);
  }
  const at = (networkVersion: number) =>
    checkAdapter({ home: "alipay", away: "jd-mall", adapterVersion: 2, networkVersion });
  assert.equal(at(1).failed, 0);
  const wechat = (networkVersion: number) =>
    checkAdapter({ home: "jd-mall", away: "wechat-pay", adapterVersion: 1, networkVersion }).failed;
  assert.ok(wechat(2) > wechat(1));
  assert.ok(Object.values(interfaces).every((versions) => versions.length === 2));
});

Deno.test("more failed cases, and amounts above the limit, break more payments, never more than all", () => {
  const rates = { breakPpm: 300, perFailedCasePpm: 400, aboveLimitPpm: 900_000 };
  const ppm = (amountFen: number, failed: number) => breakPpmOf(amountFen, { failed, limitCny: 100 }, rates);
  assert.deepEqual([ppm(10_000, 0), ppm(10_000, 2), ppm(10_001, 0)], [300, 1_100, 900_300]);
  assert.equal(ppm(10_001, 500), 1_000_000);
  assert.throws(
    () => checkAdapter({ home: "alipay", away: "jd-mall", adapterVersion: 0, networkVersion: 1 }),
    /version 0: a whole number from 1 is needed/,
  );
});
