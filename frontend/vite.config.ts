import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Lets the development server answer `/carer/...` with the carer app, as Django does. */
function carerAddresses(): Plugin {
  return {
    name: "carer-addresses",
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (/^\/carer(\/|\?|$)/.test(request.url ?? "")) {
          request.url = "/carer.html";
        }
        next();
      });
    },
  };
}

/**
 * Starts every built sheet with the order of the layers.
 *
 * The first sheet to arrive decides it, and the build puts the sheet of the shared parts before
 * that of the app: without this, the components' layer would become the weakest.
 */
function layerOrder(): Plugin {
  const order = readFileSync(new URL("./src/styles/layers.css", import.meta.url), "utf8")
    .replace(/\/\*.*?\*\//gs, "")
    .trim();
  return {
    name: "layer-order",
    apply: "build",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "asset" && file.fileName.endsWith(".css")) {
          file.source = `${order}\n${file.source}`;
        }
      }
    },
  };
}

/**
 * Each app is a build of its own (`--mode office`, then `--mode carer`).
 *
 * In one build what both use would go into shared files, and the phone would load every hook
 * that only the office calls.
 */
const PAGES: Record<string, string> = { office: "index.html", carer: "carer.html" };

export default defineConfig(({ command, mode }) => ({
  // Django serves what is built under /static/; the development server serves from the root.
  base: command === "build" ? "/static/" : "/",
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // Lingui goes first: it must see the macros before React's plugin rewrites the JSX.
  plugins: [lingui({ macroTransform: true }), react(), carerAddresses(), layerOrder()],
  build: {
    // A data: address would need a hole in the content-security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: PAGES[mode] ?? Object.values(PAGES) },
    emptyOutDir: mode !== "carer",
  },
  server: {
    // The backend compares the page's origin with the host it is asked for (CSRF).
    proxy: Object.fromEntries(
      ["/api", "/member", "/static/pages"].map((path) => [
        path,
        { target: process.env.BACKEND_URL ?? "http://127.0.0.1:8000", changeOrigin: false },
      ]),
    ),
  },
  test: {
    maxWorkers: 2,
    testTimeout: 20_000,
    restoreMocks: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: "app",
          environment: "jsdom",
          include: ["src/**/*.test.{ts,tsx}"],
          setupFiles: ["src/testing/setup.ts"],
        },
      },
      { test: { name: "scripts", environment: "node", include: ["scripts/**/*.test.mjs"] } },
    ],
  },
}));
