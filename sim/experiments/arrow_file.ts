// An Arrow IPC file that is written one record batch at a time: its schema, the batches as they come, and the footer.

import { columnFromArray, float64, int32, tableFromColumns, tableToIPC, utf8 } from "@uwdata/flechette";
import { bool, type Table } from "@uwdata/flechette";
import type { ExportColumn, TableWriter } from "#/sim/experiments/export.ts";

const magic = new TextEncoder().encode("ARROW1\0\0");
const endOfStream = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);
const endBytes = 10, blockBytes = 24, wordBytes = 8;

interface Block {
  offset: number;
  metadataLength: number;
  bodyLength: number;
}

/**
 * A writer of Arrow IPC files, a record batch a group.
 *
 * Each batch is the message that flechette makes of a table of one batch; the footer is flechette's own for as many empty ones,
 * with the places of ours written into it. Source: Arrow columnar format, "IPC File Format" and File.fbs.
 */
export function arrowWriter(
  columns: readonly ExportColumn[],
  write: (bytes: Uint8Array) => boolean,
): TableWriter {
  const types = { text: utf8(), whole: int32(), number: float64(), flag: bool() };
  const tableOf = (data: readonly (readonly unknown[])[], most?: number): Table =>
    tableFromColumns(
      columns.map(({ name, type }, k) => [
        name,
        columnFromArray([...data[k]], types[type], most === undefined ? undefined : { maxBatchRows: most }),
      ]),
    );
  const blocks: Block[] = [];
  let written = 0, isOpen = true;
  const put = (bytes: Uint8Array) => {
    written += bytes.length;
    isOpen = isOpen && write(bytes);
  };
  const schemaOf = (stream: Uint8Array) => wordBytes + view(stream).getInt32(4, true);
  const begin = (stream: Uint8Array) => {
    put(magic);
    put(stream.slice(0, schemaOf(stream)));
  };
  return {
    group(data) {
      const stream = tableToIPC(tableOf(data), { format: "stream" })!, from = schemaOf(stream);
      if (written === 0) begin(stream);
      const batch = stream.subarray(from, stream.length - endOfStream.length);
      const metadataLength = wordBytes + view(batch).getInt32(4, true);
      blocks.push({ offset: written, metadataLength, bodyLength: batch.length - metadataLength });
      put(batch);
      return isOpen;
    },
    end() {
      const rows = columns.map(() => new Array<null>(Math.max(1, blocks.length)).fill(null));
      const empty = tableOf(rows, 1);
      if (written === 0) begin(tableToIPC(empty, { format: "stream" })!);
      put(endOfStream);
      put(footer(tableToIPC(empty, { format: "file" })!, blocks));
    },
  };
}

/** The end of an Arrow file, with the places of its record batches replaced. */
function footer(file: Uint8Array, blocks: readonly Block[]): Uint8Array {
  const size = view(file).getInt32(file.length - endBytes, true);
  const bytes = file.slice(file.length - endBytes - size), data = view(bytes);
  // A flatbuffer: the root says where its table is, the table where the vector of record batches is (its fourth field).
  const table = data.getUint32(0, true), fields = table - data.getInt32(table, true);
  const at = table + data.getUint16(fields + 4 + 2 * 3, true), vector = at + data.getUint32(at, true);
  data.setUint32(vector, blocks.length, true);
  for (const [i, { offset, metadataLength, bodyLength }] of blocks.entries()) {
    const block = vector + 4 + i * blockBytes;
    data.setBigInt64(block, BigInt(offset), true);
    data.setInt32(block + 8, metadataLength, true);
    data.setBigInt64(block + 16, BigInt(bodyLength), true);
  }
  return bytes;
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
