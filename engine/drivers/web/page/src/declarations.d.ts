declare const __VERSION__: string;
declare module "@engines/*.mjs" {
  import type { Compiled } from "./engine/types";
  const start: (options: { wasmBinary: Uint8Array }) => Promise<Compiled>;
  export default start;
}
