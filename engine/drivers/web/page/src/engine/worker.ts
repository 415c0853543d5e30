// The engine in a worker of its own, so that the page never waits: requests come in as JSON, answers go out with their columns.
import { unzlibSync } from "fflate";
import startPlain from "@engines/parley-plain.mjs";
import startSimd from "@engines/parley-simd.mjs";
import type { Column, Compiled, Numbers, Start } from "./types";

const arrays: Record<string, { new (buffer: ArrayBuffer, at: number, length: number): Numbers; BYTES_PER_ELEMENT: number }> = {
  u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, u64: BigUint64Array, f32: Float32Array, f64: Float64Array,
};

/// The bytes that were deflated and written in base64; browsers that inflate by themselves do it faster.
async function inflated(base64: string): Promise<Uint8Array> {
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  if (typeof DecompressionStream !== "function") return unzlibSync(bytes);
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer());
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

async function start({ kind, deflated }: Start): Promise<Engine> {
  return new Engine(await (kind === "simd" ? startSimd : startPlain)({ wasmBinary: await inflated(deflated) }));
}

let engine: Promise<Engine> | undefined;

/// The first message brings the engine, every other a request.
self.onmessage = async (event: MessageEvent<Start | { id: number; request: unknown }>) => {
  if ("deflated" in event.data) {
    engine = start(event.data);
    engine.catch(() => undefined);  // every request says what is wrong
    return;
  }
  const { id, request } = event.data;
  try {
    const { json, transfer } = (await engine!).ask(request);
    self.postMessage({ id, json }, { transfer });
  } catch (error) {
    self.postMessage({ id, json: { error: String(error) } });
  }
};
