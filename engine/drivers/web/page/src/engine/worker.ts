// The engine in a worker of its own, so that the page never waits: requests come in as JSON, answers go out with their columns.
import { unzlibSync } from "fflate";
import plainBinary from "engine:plain";
import simdBinary from "engine:simd";
import startPlain from "@engines/parley-plain.mjs";
import startSimd from "@engines/parley-simd.mjs";
import type { Column, Compiled, Numbers } from "./types";

/// The smallest module with an instruction on 128 bits: a browser that takes it has them.
const simdProbe = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]);

const arrays: Record<string, { new (buffer: ArrayBuffer, at: number, length: number): Numbers; BYTES_PER_ELEMENT: number }> = {
  u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, u64: BigUint64Array, f32: Float32Array, f64: Float64Array,
};

function bytesOf(base64: string): Uint8Array {
  return unzlibSync(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
}

/// One engine with its memory; `ask` copies a request in and the answer out.
class Engine {
  private page: number;
  private where: number;
  constructor(private readonly compiled: Compiled) {
    this.page = compiled._parley_open();
    this.where = compiled._malloc(16);
  }

  ask(request: unknown): { json: Record<string, unknown>; transfer: ArrayBuffer[] } {
    const c = this.compiled;
    const text = new TextEncoder().encode(JSON.stringify(request));
    const at = c._malloc(text.length);
    c.HEAPU8.set(text, at);
    c._parley_ask(this.page, at, text.length);
    c._free(at);
    c._parley_answer(this.page, this.where);
    const [textAt, textBytes, dataAt, dataBytes] = new Uint32Array(c.HEAPU8.buffer, this.where, 4);
    const json = JSON.parse(new TextDecoder().decode(c.HEAPU8.subarray(textAt, textAt + textBytes)));
    if (dataBytes === 0) {
      if (Array.isArray(json.columns)) json.columns = {};
      return { json, transfer: [] };
    }
    const data = c.HEAPU8.slice(dataAt, dataAt + dataBytes).buffer;
    const columns: Record<string, Numbers> = {};
    for (const column of json.columns as Column[]) {
      const kind = arrays[column.type];
      columns[column.name] = new kind(data, column.at, column.bytes / kind.BYTES_PER_ELEMENT);
    }
    json.columns = columns;
    return { json, transfer: [data] };
  }
}

function start(plain: boolean): Promise<Engine> {
  const simd = !plain && WebAssembly.validate(simdProbe);
  const compiled = simd ? startSimd({ wasmBinary: bytesOf(simdBinary) }) : startPlain({ wasmBinary: bytesOf(plainBinary) });
  return compiled.then((c) => new Engine(c));
}

let engine: Promise<Engine> | undefined;

self.onmessage = async (event: MessageEvent<{ id: number; request: unknown; plain: boolean }>) => {
  const { id, request, plain } = event.data;
  try {
    engine ??= start(plain);
    const { json, transfer } = (await engine).ask(request);
    self.postMessage({ id, json }, { transfer });
  } catch (error) {
    self.postMessage({ id, json: { error: String(error) } });
  }
};
