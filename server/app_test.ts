import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { app } from "#/server/app.ts";
import { fixtureComparison } from "#/server/testing/fixture.ts";
import { fillStore } from "#/server/testing/fixture_store.ts";
import { fixtureSampled } from "#/server/testing/fixture_sampled.ts";
import { fixtureSweep } from "#/server/testing/fixture_sweep.ts";
import { listSweeps } from "#/sim/experiments/read.ts";

const report = fixtureComparison({ days: 5 });
const table = fixtureSweep();

/** An application over a folder with one good report, one broken one and one sweep. */
async function withApp(
  work: (get: (path: string, headers?: HeadersInit) => Promise<Response>, folder: string) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  try {
    const reportsFolder = join(folder, "reports"), storePath = join(folder, "sweeps.sqlite");
    await Deno.mkdir(reportsFolder);
    await Deno.writeTextFile(join(reportsFolder, `${report.id}.json`), JSON.stringify(report));
    await Deno.writeTextFile(join(reportsFolder, "broken.json"), '{"kind":"comparison","id":3}');
    await Deno.writeTextFile(join(folder, "secret.json"), JSON.stringify(report));
    fillStore(storePath);
    const hono = app({ reportsFolder, storePath });
    await work(async (path, headers) => await hono.request(path, { headers }), folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the first page lists reports and sweeps, the broken ones too", () =>
  withApp(async (get) => {
    const response = await get("/");
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type")!, /^text\/html; charset=utf-8$/i);
    const html = await response.text();
    for (
      const part of [`/reports/${report.id}`, "/reports/broken", `/sweeps/${table.id}`, table.title, "id: "]
    ) {
      assert.ok(html.includes(part), part);
    }
  }));

Deno.test("a report is served as a page, as one file to keep, and as the bytes of its data", () =>
  withApp(async (get, folder) => {
    const page = await get(`/reports/${report.id}`);
    assert.equal(page.status, 200);
    assert.ok((await page.text()).startsWith("<!doctype html>"));
    const file = await get(`/reports/${report.id}.html`);
    assert.equal(file.headers.get("content-disposition"), `attachment; filename="${report.id}.html"`);
    assert.ok(!(await file.text()).includes('href="/'));
    const data = await get(`/reports/${report.id}.json`);
    assert.equal(data.headers.get("content-type"), "application/json; charset=utf-8");
    assert.equal(await data.text(), await Deno.readTextFile(join(folder, "reports", `${report.id}.json`)));
  }));

Deno.test("a changed report file gives a changed page", () =>
  withApp(async (get, folder) => {
    await (await get(`/reports/${report.id}`)).text();
    const file = join(folder, "reports", `${report.id}.json`);
    await Deno.writeTextFile(file, JSON.stringify({ ...report, title: "Another title" }));
    assert.match(await (await get(`/reports/${report.id}`)).text(), /<h1>Another title<\/h1>/);
  }));

Deno.test("a malformed report is answered with the file and what is wrong in it", () =>
  withApp(async (get) => {
    for (const path of ["/reports/broken", "/reports/broken.json", "/reports/broken.html"]) {
      const response = await get(path);
      assert.equal(response.status, 422, path);
      const html = await response.text();
      assert.match(html, /broken\.json/);
      assert.match(html, /id: .*expected string/i);
    }
  }));

Deno.test("what is not there, and what lies outside, is answered with 404 and a way back", () =>
  withApp(async (get) => {
    const outside = [
      "..%2Fsecret",
      "..%2Fsecret.json",
      "%2e%2e%2fsecret",
      "..%5Csecret",
      "%00",
      "a%00b",
      ".hidden",
    ];
    const paths = [
      "/nowhere",
      "/reports/none",
      "/reports/",
      ...outside.map((id) => `/reports/${id}`),
      "/sweeps/zz",
      "/sweeps/00ff00ff",
    ];
    for (const path of paths) {
      const response = await get(path);
      assert.equal(response.status, 404, path);
      assert.match(await response.text(), /<a href="\/">/);
    }
  }));

Deno.test("a sweep is found by its id and by its first letters", () =>
  withApp(async (get) => {
    for (const id of [table.id, table.id.slice(0, 12)]) {
      const response = await get(`/sweeps/${id}?outcome=dpd30Share`);
      assert.equal(response.status, 200);
      assert.match(await response.text(), /47 of 48 runs are there, 1 failed/);
    }
  }));

Deno.test("a sampled sweep is read by what the address says: outcome, scenario, difference and condition", () =>
  withApp(async (get, folder) => {
    const sampled = fixtureSampled({ kind: "morris", paths: 6 });
    fillStore(join(folder, "sweeps.sqlite"), sampled);
    const page = async (query: string) =>
      (await (await get(`/sweeps/${sampled.id}${query}`)).text()).replace(/<[^>]+>/g, "");
    assert.match(await page(""), /matter to Net loss of interop/);
    assert.match(await page("?scenario=baseline"), /matter to Net loss of baseline/);
    assert.match(await page("?difference=1"), /matter to Net loss, interop less baseline/);
    assert.match(await page("?outcome=dpd30Share"), /matter to .* of interop.*dpd30Share, at every point/s);
    assert.match(await page("?where=netLoss%20%3C%202e9"), /Net loss of interop below CNY.2\.00.bn/);
  }));

Deno.test("a store that is none is named, on the first page and on a sweep's", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const storePath = join(folder, "sweeps.sqlite");
    await Deno.writeTextFile(
      storePath,
      "this is no database, and long enough to be looked at as one".repeat(20),
    );
    const hono = app({ reportsFolder: join(folder, "reports"), storePath });
    const home = await hono.request("/");
    assert.equal(home.status, 200);
    assert.match(await home.text(), /store of sweeps cannot be read: .*sweeps\.sqlite/);
    assert.equal((await hono.request("/sweeps/abcd")).status, 422);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a sweep whose rows are broken is a page that says so, whatever the list of sweeps still shows", () =>
  withApp(async (get, folder) => {
    const [{ id }] = listSweeps(join(folder, "sweeps.sqlite"));
    assert.equal((await get(`/sweeps/${id}`)).status, 200);
    {
      using db = new DatabaseSync(join(folder, "sweeps.sqlite"));
      db.exec("update jobs set outcomes = x'00' where outcomes is not null");
    }
    const page = await get(`/sweeps/${id}`);
    assert.equal(page.status, 422);
    assert.match(await page.text(), /The store cannot be read.*row of job [0-9a-f]+ is broken/s);
  }));

Deno.test("pages may run no script and call nobody", () =>
  withApp(async (get) => {
    const policy = (await get(`/reports/${report.id}`)).headers.get("content-security-policy")!;
    assert.match(policy, /default-src 'none'/);
    assert.ok(!/script-src|https?:/.test(policy));
  }));

Deno.test("an unchanged page is answered with 304, a page is compressed when the reader can read it", () =>
  withApp(async (get) => {
    const first = await get(`/reports/${report.id}`);
    await first.body?.cancel();
    const again = await get(`/reports/${report.id}`, { "if-none-match": first.headers.get("etag")! });
    assert.equal(again.status, 304);
    const packed = await get(`/reports/${report.id}`, { "accept-encoding": "gzip" });
    assert.equal(packed.headers.get("content-encoding"), "gzip");
    await packed.body?.cancel();
  }));

Deno.test("health is a word and not a page", () =>
  withApp(async (get) => {
    assert.deepEqual(await (await get("/health")).json(), { status: "ok" });
  }));

Deno.test("the application writes nothing", () =>
  withApp(async (get, folder) => {
    const before = [...Deno.readDirSync(join(folder, "reports"))].map(({ name }) => name).sort();
    for (const path of ["/", `/reports/${report.id}`, `/sweeps/${table.id}`]) await (await get(path)).text();
    assert.deepEqual([...Deno.readDirSync(join(folder, "reports"))].map(({ name }) => name).sort(), before);
  }));
