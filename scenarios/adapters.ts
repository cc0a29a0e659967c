// Which adapters a scenario uses, and whether each passes its contract cases: told before a run.

import { checkAdapter, type Conformance, homeOf } from "#/model/clearing/adapters/conformance.ts";
import { type Network, networks, type Product, products } from "#/model/names.ts";
import type { Scenario } from "./schema.ts";

/** One adapter against one version of its network, and when that version is asked for. */
export interface AdapterCheck extends Conformance {
  product: Product;
  network: Network;
  adapterVersion: number;
  networkVersion: number;
  /** Days of the run, from inclusive and until exclusive; the whole run where `untilDay` is null. */
  fromDay: number;
  untilDay: number | null;
}

/**
 * The checks of all bridged cells, in table order: against the network's first version, and against each that an upgrade in
 * the scenario's shocks brings.
 *
 * Errors: none for a scenario that fits the schema.
 *
 * @example
 * ```ts
 * import { checkAdapters } from "#/scenarios/adapters.ts";
 * import { load } from "#/scenarios/load.ts";
 * import assert from "node:assert/strict";
 * const checks = checkAdapters(load("interop").scenario);
 * assert.deepEqual(checks.map(({ product, network }) => `${product} at ${network}`), [
 *   "baitiao at alipay",
 *   "huabei at jd-mall",
 * ]);
 * assert.deepEqual(checkAdapters(load("baseline").scenario), []);
 * ```
 */
export function checkAdapters(
  { acceptance, shocks }: Pick<Scenario, "acceptance" | "shocks">,
): AdapterCheck[] {
  return products.flatMap((product) =>
    networks.filter((network) => acceptance[product][network].mode === "bridged").flatMap((network) => {
      const { adapterVersion, opensDay } = acceptance[product][network];
      const upgrades = shocks.flatMap((shock) =>
        shock.event === "adapter-upgrade" && shock.network === network
          ? [{ networkVersion: shock.version, fromDay: shock.fromDay, untilDay: shock.untilDay }]
          : []
      );
      return [{ networkVersion: 1, fromDay: opensDay, untilDay: null }, ...upgrades].map((asked) => ({
        ...{ product, network, adapterVersion, ...asked },
        ...checkAdapter({ home: homeOf(product), away: network, adapterVersion, ...asked }),
      }));
    })
  );
}

/** The checks in words, a line each: what passes, what fails and what stands against each other there. */
export function adaptersInWords(scenario: Pick<Scenario, "acceptance" | "shocks">): string[] {
  return checkAdapters(scenario).map((it) => {
    const when = it.untilDay === null ? "" : `, days ${it.fromDay} to ${it.untilDay - 1}`;
    const passed = it.cases.filter(({ holds }) => holds).length;
    const what = `${it.product} at ${it.network}: adapter ${it.adapterVersion} against version ` +
      `${it.networkVersion}${when}: ${passed} of ${it.cases.length} contract cases pass`;
    if (!it.speaks) return `${what}; every call is refused, ${it.cases[0].found}`;
    const failed = it.cases.filter(({ holds }) => !holds).map(({ name, found }) => `${name} (${found})`);
    return failed.length === 0 ? what : `${what}; not: ${failed.join(", ")}`;
  });
}
