import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { small } from "#/sim/testing/worlds.ts";
import { readCards, recallScorecards } from "./scorecard_cache.ts";

const always = (...settings: string[]) => settings.flatMap((one) => [one, `world.history.set.${one}`]);
/** A world that nobody else's tests fit scores in: what is remembered would spare the file. */
const world = (leastBads: number) =>
  small("interop", {
    set: always(
      "scoring.card=fitted",
      "scoring.training.observationDays=60",
      "scoring.training.performanceDays=100",
      `scoring.training.leastBads=${leastBads}`,
    ),
  });

async function inFolder(work: (folder: string) => void | Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), "hutong-cards-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

Deno.test("cards are fitted once, kept for the history and for the run, and found again", () =>
  inFolder((folder) => {
    let days = 0;
    const options = { folder, engine: "e".repeat(64), onDay: () => days++ };
    recallScorecards(world(31), options);
    const files = readdirSync(folder).filter((name) => name.endsWith(".cards.json"));
    // The history scores alone, the run by a fusion; one training population serves both.
    assert.equal(files.length, 2);
    assert.equal(days, 160);
    recallScorecards(world(31), options);
    assert.equal(days, 160);
    for (const file of files) {
      const [seal, body] = readFileSync(join(folder, file), "utf8").split("\n");
      assert.match(seal, /^[0-9a-f]{64}$/);
      assert.ok(JSON.parse(body).source.length > 0);
    }
  }));

Deno.test("a file that was changed or cut short is not trusted, and that is said", () =>
  inFolder((folder) => {
    const notes: string[] = [], onNote = (note: string) => notes.push(note);
    recallScorecards(world(32), { folder, engine: "f".repeat(64) });
    const file = join(folder, readdirSync(folder)[0]), text = readFileSync(file, "utf8");
    assert.ok(readCards(file, onNote)!.source.length > 0);
    assert.equal(readCards(join(folder, "none"), onNote), undefined);
    assert.deepEqual(notes, []);
    for (const broken of [text.replace("{", "{ "), text.slice(0, -40), "", "no cards"]) {
      writeFileSync(file, broken);
      assert.equal(readCards(file, onNote), undefined);
    }
    assert.equal(notes.length, 4);
    assert.match(notes[0], /^the scorecards .*\.cards\.json are broken; they are fitted again$/);
  }));

Deno.test("a folder that cannot be written costs time and a note, no run", () =>
  inFolder((folder) => {
    const notes: string[] = [], plain = join(folder, "plain");
    writeFileSync(plain, "a file is no folder");
    recallScorecards(world(34), {
      folder: join(plain, "cards"),
      engine: "a".repeat(64),
      onNote: (note) => notes.push(note),
    });
    assert.equal(notes.length, 1);
    assert.match(notes[0], /scorecards cannot be kept in .*plain.cards \(ENOTDIR\); they are fitted again/);
  }));

Deno.test("where the expert card decides nothing is fitted and nothing kept", () =>
  inFolder((folder) => {
    recallScorecards(small("interop", {}), { folder, engine: "b".repeat(64) });
    assert.deepEqual(readdirSync(folder), []);
  }));
