import assert from "node:assert/strict";
import { answer, Ledger, type LedgerBook, type Leg } from "./ledger.ts";
import { SlowLedger } from "#/sim/testing/slow_ledger.ts";

const most = Number.MAX_SAFE_INTEGER;

/** Both books must keep every sentence below. */
const books: [string, () => LedgerBook][] = [
  ["Ledger", () => new Ledger(4)],
  ["SlowLedger", () => new SlowLedger()],
];

/** A shop's cash that may not be overdrawn, and a till beside it that may. */
function open(make: () => LedgerBook, floorFen = 0) {
  const book = make();
  return { book, cash: book.openAccount("cash", "jd", floorFen), till: book.openAccount("till", "jd") };
}

for (const [name, make] of books) {
  Deno.test(`${name} debits one account and credits the other by the same fen`, () => {
    const { book, cash, till } = open(make);
    assert.equal(book.transfer(0, cash, till, 700, 1), answer.posted);
    assert.equal(book.balanceFen(cash), 700);
    assert.equal(book.balanceFen(till), -700);
  });

  Deno.test(`${name} refuses the first fen below the floor, and only that`, () => {
    const { book, cash, till } = open(make, -100);
    assert.equal(book.availableFen(cash), 100);
    assert.equal(book.transfer(0, till, cash, 101, 1), answer.short);
    assert.equal(book.transfer(1, till, cash, 100, 1), answer.posted);
    assert.equal(book.availableFen(cash), 0);
    assert.equal(book.transfer(2, till, cash, 1, 1), answer.short);
    assert.equal(book.availableFen(till), Infinity);
  });

  Deno.test(`${name} counts a reservation against the floor until it ends, and never counts what is to come`, () => {
    const { book, cash, till } = open(make, -100);
    assert.equal(book.pend(0, till, cash, 60, 1), answer.pending);
    assert.equal(book.balanceFen(cash), 0);
    assert.equal(book.availableFen(cash), 40);
    assert.equal(book.pend(1, cash, till, 500, 1), answer.pending);
    assert.equal(book.transfer(2, till, cash, 41, 1), answer.short);
    assert.equal(book.void(0), answer.voided);
    assert.equal(book.availableFen(cash), 100);
    assert.equal(book.post(1), answer.posted);
    assert.equal(book.availableFen(cash), 600);
  });

  Deno.test(`${name} ends a pending transfer once; a second end answers how it ended`, () => {
    const { book, cash, till } = open(make);
    const ends = [["post", answer.posted], ["void", answer.voided], ["expire", answer.expired]] as const;
    for (const [k, [end, ended]] of ends.entries()) {
      assert.equal(book[end](k), answer.unknown);
      book.pend(k, cash, till, 100, 1);
      assert.equal(book[end](k), ended);
      for (const [other] of ends) assert.equal(book[other](k), ended);
    }
    assert.equal(book.balanceFen(cash), 100);
  });

  Deno.test(`${name} answers the same id and content as before and moves nothing twice`, () => {
    const { book, cash, till } = open(make);
    const legs = [{ debit: cash, credit: till, amountFen: 5, code: 1 }, {
      debit: cash,
      credit: till,
      amountFen: 6,
      code: 1,
    }];
    for (let time = 0; time < 2; time++) {
      assert.equal(book.transfer(0, till, cash, 100, 1), answer.short);
      assert.equal(book.transfer(1, cash, till, 100, 1), answer.posted);
      assert.equal(book.linked(2, legs), answer.posted);
    }
    assert.equal(book.balanceFen(cash), 111);
    // What was refused stays refused, though it could be covered now: the answer belongs to the id.
    assert.equal(book.transfer(0, till, cash, 100, 1), answer.short);
  });

  Deno.test(`${name} refuses an id that is used again with other content`, () => {
    const { book, cash, till } = open(make);
    const third = book.openAccount("third", "jd");
    book.transfer(0, cash, till, 100, 1);
    assert.equal(book.transfer(0, cash, till, 101, 1), answer.differs);
    assert.equal(book.transfer(0, cash, till, 100, 2), answer.differs);
    assert.equal(book.transfer(0, cash, third, 100, 1), answer.differs);
    assert.equal(book.transfer(0, third, till, 100, 1), answer.differs);
    assert.equal(book.pend(0, cash, till, 100, 1), answer.differs);
    assert.equal(book.linked(0, [{ debit: cash, credit: till, amountFen: 100, code: 1 }]), answer.differs);
    assert.equal(book.balanceFen(cash), 100);
    assert.equal(book.balanceFen(till), -100);
  });

  Deno.test(`${name} posts all legs of a group or none`, () => {
    const { book, cash, till } = open(make);
    const over = book.openAccount("over", "jd", -50);
    const leg = (debit: number, credit: number, amountFen: number): Leg => ({
      debit,
      credit,
      amountFen,
      code: 9,
    });
    assert.equal(book.linked(0, [leg(cash, till, 30), leg(till, over, 51)]), answer.short);
    assert.deepEqual([cash, till, over].map((account) => book.balanceFen(account)), [0, 0, 0]);
    // A leg may spend what the leg before it brought in, not what a later one will bring.
    assert.equal(book.linked(2, [leg(cash, over, 30), leg(till, cash, 30)]), answer.posted);
    assert.equal(book.linked(4, [leg(till, cash, 30), leg(cash, over, 20)]), answer.short);
    assert.deepEqual([cash, till, over].map((account) => book.balanceFen(account)), [0, 30, -30]);
  });

  Deno.test(`${name} sees a longer, shorter or shifted group under a used id as other content`, () => {
    const { book, cash, till } = open(make);
    const legs = [1, 2, 3, 4].map((amountFen) => ({ debit: cash, credit: till, amountFen, code: 1 }));
    assert.equal(book.linked(0, legs.slice(0, 3)), answer.posted);
    assert.equal(book.linked(0, legs), answer.differs);
    assert.equal(book.linked(0, legs.slice(0, 2)), answer.differs);
    assert.equal(book.linked(1, legs.slice(1, 3)), answer.differs);
    assert.equal(book.transfer(2, cash, till, 3, 1), answer.differs);
    assert.equal(book.linked(0, legs.slice(0, 3)), answer.posted);
    assert.equal(book.balanceFen(cash), 6);
  });

  Deno.test(`${name} refuses a group that would run over a transfer of today`, () => {
    const { book, cash, till } = open(make);
    const legs = [1, 2].map((amountFen) => ({ debit: cash, credit: till, amountFen, code: 1 }));
    book.pend(1, cash, till, 100, 1);
    assert.equal(book.linked(0, legs), answer.differs);
    assert.equal(book.balanceFen(cash), 0);
    assert.equal(book.post(1), answer.posted);
    assert.equal(book.balanceFen(cash), 100);
  });

  Deno.test(`${name} writes nothing of a group in which one leg is a mistake`, () => {
    const { book, cash, till } = open(make);
    const legs = [{ debit: cash, credit: till, amountFen: 10, code: 1 }, {
      debit: cash,
      credit: cash,
      amountFen: 10,
      code: 1,
    }];
    assert.throws(() => book.linked(0, legs), RangeError);
    assert.equal(book.balanceFen(cash), 0);
    assert.equal(book.transfer(0, cash, till, 10, 1), answer.posted);
  });

  Deno.test(`${name} throws for what only a mistake in the program can ask, and changes nothing`, () => {
    const { book, cash, till } = open(make);
    const calls: [id: number, debit: number, credit: number, amountFen: number, code: number][] = [
      ...[0, -1, 0.5, NaN, Infinity, 2 ** 53].map((amount) => [0, cash, till, amount, 1] as never),
      ...[-1, 0.5, NaN, 2].map((account) => [0, account, till, 1, 1] as never),
      ...[-1, 0.5, NaN, 2].map((account) => [0, cash, account, 1, 1] as never),
      ...[-1, 0.5, NaN].map((id) => [id, cash, till, 1, 1] as never),
      ...[-1, 0.5, NaN, 256].map((code) => [0, cash, till, 1, code] as never),
      [0, cash, cash, 1, 1],
    ];
    for (const [id, debit, credit, amountFen, code] of calls) {
      const what = JSON.stringify([id, debit, credit, String(amountFen), code]);
      assert.throws(() => book.transfer(id, debit, credit, amountFen, code), RangeError, what);
      assert.throws(() => book.pend(id, debit, credit, amountFen, code), RangeError, what);
      assert.throws(() => book.linked(id, [{ debit, credit, amountFen, code }]), RangeError, what);
    }
    assert.throws(() => book.linked(0, []), RangeError);
    assert.throws(() => book.openAccount("cash", "ant"), RangeError);
    for (const floorFen of [NaN, 0.5, Infinity]) {
      assert.throws(() => book.openAccount("new", "jd", floorFen), RangeError);
      assert.throws(() => book.setFloor(cash, floorFen), RangeError);
    }
    assert.throws(() => book.setFloor(2, 0), RangeError);
    assert.equal(book.balanceFen(cash), 0);
    assert.equal(book.availableFen(cash), 0);
    assert.equal(book.post(0), answer.unknown);
  });

  Deno.test(`${name} lets a raised floor stop new credits but not what was reserved before`, () => {
    const { book, cash, till } = open(make, -100);
    book.pend(0, till, cash, 80, 1);
    book.setFloor(cash, -10);
    assert.equal(book.availableFen(cash), -70);
    assert.equal(book.transfer(1, till, cash, 1, 1), answer.short);
    assert.equal(book.post(0), answer.posted);
    assert.equal(book.balanceFen(cash), -80);
    assert.equal(book.transfer(2, cash, till, 75, 1), answer.posted);
    assert.equal(book.transfer(3, till, cash, 5, 1), answer.posted);
    book.setFloor(cash, -Infinity);
    assert.equal(book.transfer(4, till, cash, 5_000, 1), answer.posted);
  });

  Deno.test(`${name} forgets ids with the day, keeps balances, and lets nothing pend overnight`, () => {
    const { book, cash, till } = open(make);
    book.beginDay(0);
    book.transfer(0, cash, till, 100, 1);
    book.pend(1, cash, till, 50, 1);
    assert.throws(() => book.beginDay(1), /transfer 1 .*still pending/);
    assert.equal(book.expire(1), answer.expired);
    book.beginDay(1);
    assert.equal(book.post(0), answer.unknown);
    assert.equal(book.transfer(0, cash, till, 7, 2), answer.posted);
    assert.equal(book.balanceFen(cash), 107);
  });

  Deno.test(`${name} refuses the fen that could no longer be counted exactly`, () => {
    const { book, cash, till } = open(make, -most);
    assert.equal(book.transfer(0, cash, till, most - 1, 1), answer.posted);
    assert.throws(() => book.transfer(1, cash, till, 2, 1), RangeError);
    assert.throws(() => book.pend(1, cash, till, 2, 1), RangeError);
    const half = { debit: cash, credit: till, amountFen: 1, code: 1 };
    assert.throws(() => book.linked(1, [half, half]), RangeError);
    assert.equal(book.balanceFen(cash), most - 1);
    // A reservation that is given back leaves room again; the very last fen still fits.
    assert.equal(book.pend(1, till, cash, 1, 1), answer.pending);
    assert.throws(() => book.transfer(2, cash, till, 1, 1), RangeError);
    assert.equal(book.void(1), answer.voided);
    assert.equal(book.transfer(2, cash, till, 1, 1), answer.posted);
    assert.equal(book.balanceFen(cash), most);
    assert.equal(book.balanceFen(till), -most);
  });
}

Deno.test("Ledger says which account, amount, id or code does not fit", () => {
  const { book, cash, till } = open(() => new Ledger(4));
  const says: [RegExp, () => unknown][] = [
    [/account 1 to account 7: two of the 2 open accounts/, () => book.transfer(0, 7, till, 1, 1)],
    [/from till to cash: a whole number from 1 to/, () => book.transfer(0, cash, till, 1.5, 1)],
    [/by id -1/, () => book.transfer(-1, cash, till, 1, 1)],
    [/with code 256: a whole number below 256/, () => book.transfer(0, cash, till, 1, 256)],
    [/floor of account cash to NaN/, () => book.setFloor(cash, NaN)],
    [/floor of account 5: it is not open/, () => book.setFloor(5, 0)],
    [/transfer 3: at least one leg/, () => book.linked(3, [])],
    [/sums are exact only up to 9007199254740991/, () => {
      book.transfer(0, cash, till, most, 1);
      book.transfer(1, cash, till, 1, 1);
    }],
  ];
  for (const [message, call] of says) assert.throws(call, message);
});

Deno.test("Ledger opens 512 accounts and no more", () => {
  const ledger = new Ledger(0);
  for (let k = 0; k < 512; k++) assert.equal(ledger.openAccount(`account-${k}`, "jd"), k);
  assert.throws(() => ledger.openAccount("one-more", "jd"), /512 are open/);
  assert.equal(ledger.transfer(0, 511, 510, 1, 1), answer.posted);
});

Deno.test("Ledger grows past its capacity without forgetting what is pending", () => {
  const ledger = new Ledger(1);
  const cash = ledger.openAccount("cash", "jd"), till = ledger.openAccount("till", "jd");
  for (let id = 0; id < 100; id++) assert.equal(ledger.pend(id, cash, till, id + 1, 3), answer.pending);
  for (let id = 0; id < 100; id++) assert.equal(ledger.post(id), answer.posted);
  assert.equal(ledger.balanceFen(cash), 5_050);
});

Deno.test("Ledger counts what was posted, by code and in all; reservations and refusals do not count", () => {
  const ledger = new Ledger(9);
  const cash = ledger.openAccount("cash", "jd", 0), till = ledger.openAccount("till", "jd");
  ledger.transfer(0, cash, till, 100, 1);
  ledger.transfer(1, till, cash, 101, 1);
  ledger.pend(2, cash, till, 20, 255);
  ledger.pend(3, cash, till, 40, 2);
  ledger.void(3);
  const legs = [[cash, till, 7], [till, cash, 3]].map(([debit, credit, amountFen]) => ({
    debit,
    credit,
    amountFen,
    code: 2,
  }));
  ledger.linked(4, legs);
  ledger.linked(6, [...legs, { debit: till, credit: cash, amountFen: 1_000, code: 2 }]);
  assert.deepEqual([...ledger.turnoverFen].flatMap((fen, code) => fen ? [[code, fen]] : []), [[1, 100], [
    2,
    10,
  ]]);
  assert.equal(ledger.posted, 3);
  assert.equal(ledger.volumeFen, 130);
  ledger.post(2);
  assert.equal(ledger.turnoverFen[255], 20);
  assert.equal(ledger.posted, 4);
  assert.equal(ledger.volumeFen, 130);
});

Deno.test("a transfer between accounts of two currencies is refused with both, at once, reserved or in a group; nothing moves", () => {
  const ledger = new Ledger(10);
  const yuan = ledger.openAccount("cash.jd", "jd"), other = ledger.openAccount("wages", "external");
  const dollars = ledger.openAccount("nostro.banks", "banks", 0, "HKD");
  const market = ledger.openAccount("market", "external", undefined, "HKD");
  const refusal =
    /^RangeError: Cannot transfer 5 from nostro\.banks in HKD to cash\.jd in CNY: two accounts of one currency are needed$/;
  assert.throws(() => ledger.transfer(0, yuan, dollars, 5, 1), refusal);
  assert.throws(() => ledger.pend(0, yuan, dollars, 5, 1), refusal);
  const legs = [{ debit: yuan, credit: other, amountFen: 5, code: 1 }];
  assert.throws(
    () => ledger.linked(0, [...legs, { debit: yuan, credit: dollars, amountFen: 5, code: 1 }]),
    refusal,
  );
  assert.equal(ledger.volumeFen, 0);
  // To change money takes a transfer in each currency, together or not at all.
  const changed = [{ debit: dollars, credit: market, amountFen: 6, code: 2 }];
  assert.equal(ledger.linked(0, [...legs, ...changed]), answer.posted);
  const spent = [{ debit: market, credit: dollars, amountFen: 7, code: 2 }];
  assert.equal(ledger.linked(2, [...legs, ...spent]), answer.short);
  assert.deepEqual([yuan, other, dollars, market].map((it) => ledger.balanceFen(it)), [5, -5, 6, -6]);
});
