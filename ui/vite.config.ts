import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
/** Where `taskwright serve` listens while the UI is developed in a plain browser. */
const host = process.env["TASKWRIGHT_HOST"] ?? "http://127.0.0.1:4477";

/** Packs scripts and styles once, as small as they get; the browser host then packs nothing while a page waits. */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    writeBundle({ dir = "" }, files) {
      for (const name of Object.keys(files).filter((file) => /\.(js|css)$/.test(file))) {
        const file = join(dir, name);
        writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
      }
    },
  };
}

/** A line of the page's head that names a file to fetch. */
const link = (attrs: Record<string, string>) => ({
  tag: "link",
  injectTo: "head" as const,
  attrs: { ...attrs, crossorigin: true },
});

/**
 * Has the page fetch at once what its first script will want: the code that every screen needs, and the face that every
 * text is set in, which the browser otherwise finds only when the first text is laid out.
 */
function foreseen(): Plugin {
  return {
    name: "foreseen",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle = {} }) {
        const files = Object.values(bundle);
        const start = files.find(
          (file) =>
            file.type === "chunk" && file.moduleIds.some((id) => id.endsWith("/src/start.tsx")),
        );
        if (start?.type !== "chunk") throw new Error("no script of its own for src/start.tsx");
        const face = files.find(({ fileName }) =>
          /inter-latin-wght-normal.*\.woff2$/.test(fileName),
        );
        if (!face) throw new Error("no file of the face that texts are set in");
        return [
          ...[start.fileName, ...start.imports].map((name) =>
            link({ rel: "modulepreload", href: `/${name}` }),
          ),
          link({ rel: "preload", as: "font", type: "font/woff2", href: `/${face.fileName}` }),
        ];
      },
    },
  };
}

export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [react(), tailwindcss(), foreseen(), packed()],
  resolve: { alias: { "@": `${here}src` } },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2023",
    // The strict content policy allows no data: fonts, so no asset is ever inlined.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files, by when they are needed: each with all that it stands on and that none before it holds.
          groups: [
            // What the first script needs to ask before the others are here.
            {
              name: "first",
              test: /src[\\/]api[\\/](ahead|host)\.ts$|vite[\\/]preload|rolldown[\\/]runtime/,
              priority: 5,
            },
            { name: "react", test: /node_modules[\\/](react|react-dom)[\\/]/, priority: 4 },
            // Menus, choices and dialogs: the list of tasks begins with none that is open.
            { name: "layers", test: /node_modules[\\/]@(base|floating)-ui[\\/]/, priority: 2 },
            { name: "program", test: /src[\\/]start\.tsx$/, priority: 3 },
            { name: "task", test: /src[\\/]task[\\/]TaskScreen\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  clearScreen: false,
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      "/call": host,
      "/files": host,
      "/subscribe": { target: host, ws: true },
    },
  },
});
