import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
/** Where `taskwright serve` listens while the UI is developed in a plain browser. */
const host = process.env["TASKWRIGHT_HOST"] ?? "http://127.0.0.1:4477";

export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": `${here}src` } },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2023",
    // The strict content policy allows no data: fonts, so no asset is ever inlined.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
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
