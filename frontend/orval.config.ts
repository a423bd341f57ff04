import { defineConfig } from "orval";

export default defineConfig({
  roundtable: {
    input: "../backend/openapi.yaml",
    output: {
      target: "src/api/generated/endpoints.ts",
      schemas: "src/api/generated/model",
      mode: "tags-split",
      client: "react-query",
      httpClient: "fetch",
      clean: true,
      namingConvention: "kebab-case",
      override: {
        mutator: { path: "src/api/client.ts", name: "request" },
        fetch: { includeHttpResponseReturnType: false },
        query: { signal: true },
      },
    },
  },
});
