declare const __VERSION__: string;
declare module "@engines/parley-simd.mjs" {
  import type { Compiled } from "./engine/types";
  type Options = { wasmBinary: Uint8Array } | { instantiateWasm: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => object };
  const start: (options: Options) => Promise<Compiled>;
  export default start;
}
declare var engineRead: (kind: string) => void;
/// An engine in a worker of its own; the first is there already (engine/start.ts).
declare var startEngine: () => Worker;
/// What charts/plots.ts exports, once its script was run.
declare var parleyCharts: typeof import("./charts/plots");
/// What engine/inflate.ts exports, in a worker of a browser that needs it.
declare var parleyInflate: typeof import("./engine/inflate") | undefined;
