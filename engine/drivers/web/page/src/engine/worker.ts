// The engine in a worker of its own, so that the page never waits: requests come in as JSON, answers go out with their columns.
import compiled from "@engines/parley-simd.mjs";
import type { Column, Compiled, Numbers, Start } from "./types";

const arrays: Record<string, { new (buffer: ArrayBuffer, at: number, length: number): Numbers; BYTES_PER_ELEMENT: number }> = {
  u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, u64: BigUint64Array, f32: Float32Array, f64: Float64Array,
};

/// The bytes that were written in base64; new browsers know how, at once.
function decoded(base64: string): Uint8Array<ArrayBuffer> {
  const known = (Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  if (known) return known(base64);
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/// The compiled engine, from its deflated bytes. Browsers that inflate by themselves compile what has come while they do.
async function compile(deflated: Uint8Array<ArrayBuffer>): Promise<Compiled> {
  if (globalThis.parleyInflate) return compiled({ wasmBinary: globalThis.parleyInflate.unzlibSync(deflated) });
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  const response = new Response(stream, { headers: { "Content-Type": "application/wasm" } });
  return new Promise((done, failed) => {
    const instantiateWasm = (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => {
      WebAssembly.instantiateStreaming(response, imports).then(({ instance }) => receive(instance), failed);
      return {};
    };
    compiled({ instantiateWasm }).then(done, failed);
  });
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

let started: (engine: Promise<Engine>) => void;
const engine = new Promise<Engine>((done) => { started = done; });
engine.catch(() => undefined);  // every request says what is wrong

/// One message brings the engine, every other a request; requests may come first.
self.onmessage = async (event: MessageEvent<Start | { id: number; request: unknown }>) => {
  if ("deflated" in event.data) return started(compile(decoded(event.data.deflated)).then((c) => new Engine(c)));
  const { id, request } = event.data;
  try {
    const { json, transfer } = (await engine).ask(request);
    self.postMessage({ id, json }, { transfer });
  } catch (error) {
    self.postMessage({ id, json: { error: String(error) } });
  }
};
