// Builds the page into one HTML file: scripts, style and both engines inline, and a content-security policy that names
// them by their hashes, so that nothing else can run and nothing can be fetched.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { build, defineConfig, type Plugin, type Rollup } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = resolve(here, "../../../..");
const engines = process.env.PARLEY_ENGINES ?? resolve(root, "build/web");
const alias = { "@engines": engines, "@configs": resolve(root, "configs") };
const outDir = resolve(root, "build/classroom");

/// A script as it can stand in the page: a page of ASCII is read and parsed twice as fast.
const inline = (script: string) =>
  script.replaceAll("</script", "<\\/script").replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/// A script of its own, in one piece; what it exports gets this name.
async function bundled(entry: string, name = "parley"): Promise<string> {
  const built = (await build({
    configFile: false, logLevel: "warn", publicDir: false, resolve: { alias },
    build: { write: false, outDir, emptyOutDir: false, lib: { entry: resolve(here, entry), formats: ["iife"], name, fileName: "script" } },
  })) as Rollup.RollupOutput[];
  return inline(built[0].output[0].code);
}

/// The compiled engine as a block of data, deflated and in base64: no script has to be parsed around it.
function engineBlock(kind: string, injectTo: "body" | "body-prepend") {
  const wasm = readFileSync(resolve(engines, `parley-${kind}.wasm`));
  return [
    { tag: "script", attrs: { type: "text/plain", id: `engine-${kind}` }, injectTo, children: deflateSync(wasm, { level: 9 }).toString("base64") },
    { tag: "script", injectTo, children: `engineRead("${kind}")` },
  ];
}

/// What starts the engine comes first in the page, so that the engine gets ready while the browser reads on: the script of the
/// worker, the script that starts it, and the usual engine as a block of data; then the script of the charts, which is run when
/// the first is drawn. The engine of old browsers is last.
function engineFirst(): Plugin {
  const glue = (kind: string) => readFileSync(resolve(engines, `parley-${kind}.mjs`), "utf8").replaceAll(`parley-${kind}`, "parley");
  return {
    name: "engine-first",
    transformIndexHtml: {
      order: "post",
      handler: async () => {
        if (glue("simd") !== glue("plain")) throw new Error("both engines have to be called in the same way");
        const injectTo = "body-prepend" as const;
        const scriptBlock = (id: string, children: string) => ({ tag: "script", attrs: { type: "text/plain", id }, injectTo, children });
        return [
          scriptBlock("engine-inflate", await bundled("src/engine/inflate.ts", "parleyInflate")),
          scriptBlock("engine-worker", await bundled("src/engine/worker.ts")),
          { tag: "script", injectTo, children: await bundled("src/engine/start.ts") },
          ...engineBlock("simd", injectTo),
          scriptBlock("charts", await bundled("src/charts/plots.ts", "parleyCharts")),
          ...engineBlock("plain", "body"),
        ];
      },
    },
  };
}

const scriptsIn = (html: string) => [...html.matchAll(/<script>([^]*?)<\/script>/g)].map((m) => m[1]);

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
      // Not a module, which would wait for the end of the file.
      const script = `(()=>{"use strict";${scripts[0].type === "chunk" ? inline(scripts[0].code) : ""}})()`;
      const style = styles.map((s) => (s.type === "asset" ? String(s.source) : "")).join("\n");
      const html = String(page.source);
      const charts = /id="charts">([^]*?)<\/script>/.exec(html)?.[1] ?? "";
      const policy = `default-src 'none'; script-src ${[...scriptsIn(html), script, charts].map(hash).join(" ")} 'wasm-unsafe-eval'; style-src ${hash(style)}; worker-src blob:; img-src data: blob:; base-uri 'none'; form-action 'none'`;
      page.source = html
        .replace(/<script[^>]*src=[^>]*><\/script>/, "")
        .replace(/<link rel="stylesheet"[^>]*>/, "")
        .replace('<meta charset="utf-8" />', () => `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`)
        .replace("</head>", () => `  <style>${style}</style>\n  </head>`)
        .replace("</noscript>", () => `</noscript>\n    <script>${script}</script>`)
        .replace(/[^\0-\x7f]/gu, (sign) => `&#${sign.codePointAt(0)};`);
      for (const name of Object.keys(bundle)) if (bundle[name] !== page) delete bundle[name];
    },
  };
}

export default defineConfig({
  base: "./",
  define: { __VERSION__: JSON.stringify(/project\(parley VERSION ([\d.]+)/.exec(readFileSync(resolve(root, "CMakeLists.txt"), "utf8"))?.[1]) },
  resolve: { alias },
  server: { fs: { allow: [root, engines] } },
  plugins: [engineFirst(), singleFile()],
  build: { outDir, emptyOutDir: true, cssCodeSplit: false, modulePreload: false, assetsInlineLimit: 0, reportCompressedSize: false, chunkSizeWarningLimit: 4000 },
});
