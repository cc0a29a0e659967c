import assert from "node:assert/strict";
import { acquirerOf, categories, externalFlows, issuerOf, networks, parties, products } from "./names.ts";

const lists = { products, networks, categories, parties, externalFlows };

for (const [title, names] of Object.entries(lists)) {
  Deno.test(`${title}: names are unique and can stand in a key or an address`, () => {
    assert.equal(new Set<string>(names).size, names.length);
    for (const name of names) assert.match(name, /^[a-z]+(-[a-z]+)*$/);
  });
}

Deno.test("every product has an issuer and every network an acquirer, in table order, among the parties", () => {
  assert.deepEqual(Object.keys(issuerOf), [...products]);
  assert.deepEqual(Object.keys(acquirerOf), [...networks]);
  for (const party of [...Object.values(issuerOf), ...Object.values(acquirerOf)]) {
    assert.ok(parties.includes(party));
  }
});

Deno.test("the two products have different issuers, each with a network of its own", () => {
  assert.deepEqual(issuerOf, { baitiao: "jd", huabei: "ant" });
  for (const issuer of Object.values(issuerOf)) {
    assert.ok(networks.some((network) => acquirerOf[network] === issuer), issuer);
  }
});

Deno.test("an external flow is never mistaken for a party", () => {
  for (const flow of externalFlows) assert.ok(!(parties as readonly string[]).includes(flow));
});

Deno.test("the order of tables is kept: earlier results are read by it", () => {
  assert.deepEqual(products.slice(0, 2), ["baitiao", "huabei"]);
  assert.deepEqual(networks.slice(0, 5), ["jd-mall", "jd-flash-pay", "alipay", "wechat-pay", "union-card"]);
});
