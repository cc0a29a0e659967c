// deno run -A shot.ts url out width  -> full page sliced
import { chromium } from "playwright-core";
const [url, out, w, slice = "1600"] = Deno.args;
const b = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
  ],
});
const p = await b.newPage({ viewport: { width: +w, height: 1000 } });
await p.goto(url);
const h = await p.evaluate(() => document.documentElement.scrollHeight);
console.log("height", h, "overflow", await p.evaluate(() => document.documentElement.scrollWidth));
let i = 0;
for (let y = 0; y < h; y += +slice) {
  await p.screenshot({
    path: `${out}-${i++}.png`,
    fullPage: true,
    clip: { x: 0, y, width: +w, height: Math.min(+slice, h - y) },
  });
}
await b.close();
