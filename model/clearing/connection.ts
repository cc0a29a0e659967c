// Who stands between two platforms that pay each other, and since when the law allows it.

import type { Lawfulness } from "#/model/scoring/fusion/registry.ts";

/** One way to connect. */
export interface Connection {
  /** In words, for reports. */
  title: string;
  /** Whether an operator stands between the platforms and earns the bridge's fee. */
  hasOperator: boolean;
  /** By date, the first from before anything here happens. */
  readonly law: readonly Lawfulness[];
}

const banned = "银支付〔2017〕209号: network payments by way of a clearing institution from 30 June 2018";

/** All connections, by the name a scenario says. */
export const connections = {
  operator: {
    title: "an operator between the platforms",
    hasOperator: true,
    law: [
      { from: "0000-01-01", status: "ungoverned", source: "no rule of network clearing yet" },
      { from: "2018-06-30", status: "lawful", source: banned },
    ],
  },
  platform: {
    title: "platforms connected directly",
    hasOperator: false,
    law: [
      { from: "0000-01-01", status: "ungoverned", source: "no rule of network clearing yet" },
      { from: "2018-06-30", status: "unlawful", source: banned },
    ],
  },
} as const satisfies Record<string, Connection>;

/**
 * What a report says of a connection on a day: nothing of a lawful one. Shapes: an ISO date.
 *
 * @example
 * ```ts
 * import { connectionMark } from "#/model/clearing/connection.ts";
 * import assert from "node:assert/strict";
 * assert.equal(connectionMark("operator", "2019-07-01"), "");
 * assert.match(connectionMark("platform", "2019-07-01"), /unlawful on 2019-07-01/);
 * assert.match(connectionMark("platform", "2018-06-29"), /ungoverned/);
 * ```
 */
export function connectionMark(name: keyof typeof connections, date: string): string {
  const { title, law }: Connection = connections[name];
  const { status, source } = law.findLast(({ from }) => from <= date) ?? law[0];
  return status === "lawful" ? "" : `${title}: ${status} on ${date} (${source})`;
}
