import assert from "node:assert/strict";
import { adaptersInWords, checkAdapters } from "./adapters.ts";
import { load } from "./load.ts";

Deno.test("an upgrade that an adapter does not speak is told before the run, with its days", () => {
  const shock = "shocks=[{ event: adapter-upgrade, fromDay: 20, untilDay: 24, network: alipay, version: 2 }]";
  const { scenario } = load("interop", { set: [shock] });
  const [before, during, other] = adaptersInWords(scenario);
  assert.match(
    before,
    /^baitiao at alipay: adapter 1 against version 1: 3 of 6 contract cases pass; not: the largest /,
  );
  assert.match(
    during,
    /^baitiao at alipay: adapter 1 against version 2, days 20 to 23: .*; every call is refused, /,
  );
  assert.match(
    other,
    /^huabei at jd-mall: adapter 1 against version 1: .*; not: order numbers come back whole \(28 digits/,
  );
  assert.equal(checkAdapters(scenario)[1].speaks, false);
});

Deno.test("an adapter that can do everything passes every case", () => {
  const set = ["acceptance.baitiao.alipay.adapterVersion=3", "acceptance.huabei.jd-mall.adapterVersion=3"];
  for (const line of adaptersInWords(load("interop", { set }).scenario)) {
    assert.match(line, /6 of 6 contract cases pass$/);
  }
});
