// The pages in a real browser. Needs Chromium, so it runs only when asked: `deno task browser`.

import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { renderReport } from "#/server/report/static.ts";
import { sweepPage } from "#/server/pages/sweep.tsx";
import { serve } from "#/server/serve.ts";
import { fixtureComparison } from "#/server/testing/fixture.ts";
import { fixtureSampled } from "#/server/testing/fixture_sampled.ts";
import { fillStore } from "#/server/testing/fixture_store.ts";
import { fixtureSweep } from "#/server/testing/fixture_sweep.ts";

const asked = Deno.env.get("HUTONG_BROWSER") !== undefined;
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Milliseconds for a browser to start, a page to load or an element to appear. */
const patience = 120_000;

const report = fixtureComparison(), table = fixtureSweep();

/** A page of a fresh browser before a server with one report and one sweep, and what the page complained of or asked for. */
interface Visit {
  page: Page;
  url: string;
  folder: string;
  complaints: string[];
  requests: string[];
}

/** Registers a case; unless the browser was asked for, there is none. */
function inBrowser(claim: string, width: number, work: (visit: Visit) => Promise<void>): void {
  if (!asked) return;
  Deno.test({
    name: `${claim} (${width} px)`,
    // The browser's pipes are the package's own to close.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const folder = await Deno.makeTempDir(), stopping = new AbortController();
      await fill(folder);
      const serving = serve({ port: 0, folder, signal: stopping.signal, say: () => {} });
      let browser: Browser | undefined;
      try {
        const { chromium } = await import("playwright-core");
        const executablePath = Deno.env.get("HUTONG_CHROMIUM") ?? "/usr/bin/chromium";
        // Limits only end what hangs; a slow machine takes what it takes.
        browser = await chromium.launch({ executablePath, headless: true, args, timeout: patience });
        const page = await browser.newPage({ viewport: { width, height: 900 } });
        page.setDefaultTimeout(patience);
        const complaints: string[] = [], requests: string[] = [];
        page.on("pageerror", (error) => complaints.push(error.message));
        page.on("console", (message) => {
          if (["error", "warning"].includes(message.type())) complaints.push(message.text());
        });
        page.on("request", (request) => requests.push(request.url()));
        await work({ page, url: serving.url, folder, complaints, requests });
        assert.deepEqual(complaints, []);
      } finally {
        await browser?.close();
        stopping.abort();
        await serving.finished;
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

async function fill(folder: string): Promise<void> {
  await Deno.mkdir(join(folder, "reports"));
  await Deno.writeTextFile(join(folder, "reports", `${report.id}.json`), JSON.stringify(report));
  fillStore(join(folder, "sweeps.sqlite"));
}

/** What lies across the page's right edge, beyond what scrolls in itself. */
const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** The words of charts that stick out of their figure by more than two pixels, and charts without a size. */
const cutWords = `[...document.querySelectorAll("figure")].flatMap((figure) => {
  const frame = figure.getBoundingClientRect();
  return [...figure.querySelectorAll(".drawing svg")].flatMap((svg) => {
    const size = svg.getBoundingClientRect();
    if (size.width < 50 || size.height < 50) return [figure.id + " has no size"];
    return [...svg.querySelectorAll("text")].filter((text) => {
      const box = text.getBoundingClientRect();
      return box.width > 0 && (box.left < frame.left - 2 || box.right > frame.right + 2);
    }).map((text) => figure.id + ": " + text.textContent);
  });
})`;

/** Captions of tables that reach over the page's right edge; a table may, and scrolls in itself. */
const cutCaptions = `[...document.querySelectorAll("caption span")]
  .filter((caption) => caption.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(({ textContent }) => textContent)`;

/** Pairs of words of one chart, its legend's among them, that lie on each other. */
const clashes = `[...document.querySelectorAll("figure")].flatMap((figure) => {
  const words = [...figure.querySelectorAll(".drawing svg text, .ramp svg text")]
    .map((text) => ({ word: text.textContent, box: text.getBoundingClientRect() })).filter(({ box }) => box.width > 0);
  return words.flatMap((one, i) => words.slice(i + 1).filter(({ box }) =>
    Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left) > 2 &&
    Math.min(one.box.bottom, box.bottom) - Math.max(one.box.top, box.top) > 3
  ).map(({ word }) => figure.id + ": " + one.word + " / " + word));
})`;

for (const width of [1280, 400]) {
  inBrowser(
    "the report opens with all sections and charts, nothing cut, nothing over the edge",
    width,
    async (visit) => {
      const { page, url } = visit;
      await page.goto(`${url}/reports/${report.id}`);
      assert.equal(await page.locator("main section").count(), 16);
      assert.equal(await page.locator("figure .empty").count(), 0);
      assert.ok(await page.locator("figure .drawing svg").count() >= 20);
      assert.deepEqual(await page.evaluate(cutWords), []);
      assert.deepEqual(await page.evaluate(clashes), []);
      assert.deepEqual(await page.evaluate(cutCaptions), []);
      assert.equal(await page.evaluate(overflow), 0);
    },
  );

  inBrowser(
    "the sweep's page opens with its maps, nothing cut, nothing over the edge",
    width,
    async (visit) => {
      const { page, url } = visit;
      await page.goto(`${url}/sweeps/${table.id}?outcome=dpd30Share`);
      assert.equal(await page.locator("main section").count(), 4);
      assert.deepEqual(await page.evaluate(cutWords), []);
      assert.deepEqual(await page.evaluate(clashes), []);
      assert.equal(await page.evaluate(overflow), 0);
    },
  );
}

for (const width of [1280, 400]) {
  for (
    const design of [
      { kind: "saltelli", baseRows: 32, pairs: true },
      { kind: "morris", paths: 10 },
      { kind: "latinHypercube", rows: 150 },
    ] as const
  ) {
    inBrowser(
      `the page of a sweep with a ${design.kind} design cuts no word and lays none on another`,
      width,
      async ({ page }) => {
        await page.setContent(sweepPage(fixtureSampled(design)));
        assert.ok(await page.locator("figure .drawing svg").count() >= 5);
        assert.deepEqual(await page.evaluate(cutWords), []);
        assert.deepEqual(await page.evaluate(clashes), []);
        assert.equal(await page.evaluate(overflow), 0);
      },
    );
  }
}

inBrowser("nothing is asked of anybody but this machine", 1280, async ({ page, url, requests }) => {
  for (const path of ["/", `/reports/${report.id}`, `/sweeps/${table.id}`]) {
    await page.goto(url + path, { waitUntil: "networkidle" });
  }
  assert.ok(requests.length >= 3);
  for (const request of requests) assert.match(request, /^(http:\/\/127\.0\.0\.1:|data:)/);
});

inBrowser("the replay line of a figure opens and names both runs", 1280, async ({ page, url }) => {
  await page.goto(`${url}/reports/${report.id}`);
  const provenance = page.locator("#figure-bridged .provenance");
  assert.equal(await provenance.locator("pre").first().isVisible(), false);
  await provenance.locator("summary").click();
  assert.deepEqual(await provenance.locator("pre").allTextContents(), [report.a.replay, report.b.replay]);
  assert.equal(await provenance.locator("pre").first().isVisible(), true);
});

inBrowser(
  "contents lead to their sections, the top line home, a card back to the report",
  1280,
  async ({ page, url }) => {
    await page.goto(`${url}/reports/${report.id}`);
    await page.locator("nav.contents a", { hasText: "Calibration" }).click();
    await page.waitForURL((url) => url.hash === "#calibration");
    assert.ok(await page.locator("#calibration h2").isVisible());
    await page.locator("header a").click();
    await page.waitForURL(`${url}/`);
    await page.locator("#comparisons li a").click();
    await page.waitForURL(`${url}/reports/${report.id}`);
    assert.equal(await page.locator("h1").textContent(), report.title);
  },
);

inBrowser(
  "the saved file opens without any server and asks for nothing",
  1280,
  async ({ page, folder, requests }) => {
    const file = join(folder, "saved.html");
    await Deno.writeTextFile(file, renderReport(report));
    await page.goto(pathToFileURL(file).href, { waitUntil: "networkidle" });
    assert.equal(await page.locator("main section").count(), 16);
    assert.deepEqual(await page.evaluate(cutWords), []);
    assert.deepEqual(requests.filter((request) => !request.startsWith("data:")), [pathToFileURL(file).href]);
  },
);
