import assert from "node:assert/strict";
import { type Connection, connectionMark, connections } from "./connection.ts";

Deno.test("connections: each says since when what holds, from before anything happens, in order of date", () => {
  for (
    const [name, { title, law }] of Object.entries(connections) as [keyof typeof connections, Connection][]
  ) {
    assert.ok(title.length > 10);
    assert.equal(law[0].from, "0000-01-01");
    const dates = law.map(({ from }) => from);
    assert.deepEqual(dates, [...dates].sort());
    assert.ok(law.every(({ source }) => source.length > 10));
    assert.equal(connectionMark(name, "2019-07-01") === "", law.at(-1)!.status === "lawful");
  }
});
