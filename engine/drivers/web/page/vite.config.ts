// Builds the page into one HTML file: script, style and both engines inline, and a content-security policy that names
// them by their hashes, so that nothing else can run and nothing can be fetched.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const root = resolve(fileURLToPath(new URL(".", import.meta.url)), "../../../..");
const engines = process.env.PARLEY_ENGINES ?? resolve(root, "build/web");

/// Both compiled engines as blocks of data in the page, deflated and in base64: no script has to be parsed around them.
function engineBinaries(): Plugin {
  const block = (kind: string) => ({
    tag: "script", attrs: { type: "text/plain", id: `engine-${kind}` }, injectTo: "body" as const,
    children: deflateSync(readFileSync(resolve(engines, `parley-${kind}.wasm`)), { level: 9 }).toString("base64"),
  });
  return { name: "engine-binaries", transformIndexHtml: { order: "post", handler: () => ["simd", "plain"].map(block) } };
}

function singleFile(): Plugin {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return {
    name: "single-file",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const page = files.find((f) => f.fileName.endsWith(".html"));
      const scripts = files.filter((f) => f.type === "chunk");
      const styles = files.filter((f) => f.type === "asset" && f.fileName.endsWith(".css"));
      if (page?.type !== "asset" || scripts.length !== 1) throw new Error("the page has to be one HTML file with one script");
      const script = scripts[0].type === "chunk" ? scripts[0].code.replaceAll("</script", "<\\/script") : "";
      const style = styles.map((s) => (s.type === "asset" ? String(s.source) : "")).join("\n");
      const policy = `default-src 'none'; script-src ${hash(script)} 'wasm-unsafe-eval'; style-src ${hash(style)}; worker-src blob:; img-src data: blob:; base-uri 'none'; form-action 'none'`;
      page.source = String(page.source)
        .replace(/<script[^>]*src=[^>]*><\/script>/, "")
        .replace(/<link rel="stylesheet"[^>]*>/, "")
        .replace('<meta charset="utf-8" />', () => `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`)
        .replace("</head>", () => `  <style>${style}</style>\n  </head>`)
        .replace("</body>", () => `  <script type="module">${script}</script>\n  </body>`);
      for (const name of Object.keys(bundle)) if (bundle[name] !== page) delete bundle[name];
    },
  };
}

export default defineConfig({
  base: "./",
  define: { __VERSION__: JSON.stringify(/project\(parley VERSION ([\d.]+)/.exec(readFileSync(resolve(root, "CMakeLists.txt"), "utf8"))?.[1]) },
  resolve: { alias: { "@engines": engines, "@configs": resolve(root, "configs") } },
  server: { fs: { allow: [root, engines] } },
  plugins: [engineBinaries(), singleFile()],
  worker: { format: "iife" },
  build: { outDir: resolve(root, "build/classroom"), emptyOutDir: true, cssCodeSplit: false, modulePreload: false, assetsInlineLimit: 0, reportCompressedSize: false, chunkSizeWarningLimit: 4000 },
});
