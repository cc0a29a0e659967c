import assert from "node:assert/strict";
import { answer } from "#/sim/ledger/ledger.ts";
import { AuditedLedger } from "./audited_ledger.ts";

function open() {
  const ledger = new AuditedLedger(4);
  return { ledger, cash: ledger.openAccount("cash", "jd", 0), till: ledger.openAccount("till", "jd") };
}

Deno.test("AuditedLedger answers and throws as the ledger does while both books agree", () => {
  const { ledger, cash, till } = open();
  assert.equal(ledger.transfer(0, till, cash, 1, 1), answer.short);
  assert.throws(() => ledger.transfer(1, cash, cash, 1, 1), /two of the 2 open accounts/);
  ledger.compare();
});

Deno.test("AuditedLedger stops at the first call that the two books answer differently", () => {
  const { ledger, cash, till } = open();
  ledger.floorFen[cash] = -100;
  assert.throws(() => ledger.transfer(0, till, cash, 1, 1), /differ at transfer 0: 2, the twin says 5/);
});

Deno.test("AuditedLedger stops where only one of the books sees a mistake", () => {
  const { ledger, cash, till } = open();
  ledger.volumeFen = Number.MAX_SAFE_INTEGER;
  assert.throws(() => ledger.pend(0, cash, till, 1, 1), /differ at pend 0: RangeError ".*", the twin says 1/);
});

Deno.test("AuditedLedger finds a fen that came in beside the door, at the latest when the next day begins", () => {
  const { ledger, cash } = open();
  ledger.creditsPending[cash] -= 1;
  assert.throws(() => ledger.beginDay(1), /differ at cash: available 1, the twin has 0/);
});
