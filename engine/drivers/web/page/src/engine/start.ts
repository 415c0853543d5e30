// Starts the engine while the browser still reads the page; what the page asks waits in the worker.
import type { Start } from "./types";

/// The smallest module with an instruction on 128 bits: a browser that takes it has them.
const simdProbe = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]);
const simd = typeof WebAssembly === "object" && WebAssembly.validate(simdProbe);
/// "?plain" keeps to the engine without SIMD.
const kind = simd && !new URLSearchParams(location.search).has("plain") ? "simd" : "plain";

const text = (id: string) => document.getElementById(id)?.textContent ?? "";
const parts = typeof DecompressionStream === "function" ? ["engine-worker"] : ["engine-inflate", "engine-worker"];
const start = () => new Worker(URL.createObjectURL(new Blob(parts.map(text), { type: "text/javascript" })));
const send = (worker: Worker) => worker.postMessage({ deflated: text(`engine-${kind}`) } satisfies Start);

const first = start();
let taken = false;

/// The page calls it after each engine that it has read.
globalThis.engineRead = (read) => { if (read === kind) send(first); };

globalThis.startEngine = () => {
  if (!taken) {
    taken = true;
    return first;
  }
  const worker = start();
  send(worker);
  return worker;
};
