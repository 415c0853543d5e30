declare const __VERSION__: string;
declare module "engine:simd" { const deflated: string; export default deflated; }
declare module "engine:plain" { const deflated: string; export default deflated; }
declare module "@engines/*.mjs" {
  import type { Compiled } from "./engine/types";
  const start: (options: { wasmBinary: Uint8Array }) => Promise<Compiled>;
  export default start;
}
