import { HttpResponse, http } from "msw";
import { afterEach, expect, test } from "vitest";
import { ApiProblem, NO_SIGNAL } from "@/lib/api-problem";
import { server } from "@/testing/server";
import { request } from "./client";

afterEach(() => {
  document.cookie = "csrftoken=; max-age=0";
});

async function problemOf(promise: Promise<unknown>): Promise<ApiProblem> {
  const error = await promise.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiProblem);
  return error as ApiProblem;
}

test("a write carries the CSRF token of the cookie, a read does not", async () => {
  document.cookie = "csrftoken=abc123";
  const tokens: (string | null)[] = [];
  server.use(
    http.all("/api/thing", ({ request: sent }) => {
      tokens.push(sent.headers.get("X-CSRFToken"));
      return HttpResponse.json({ id: 1 });
    }),
  );

  await request("/api/thing");
  await request("/api/thing", { method: "POST", body: "{}" });

  expect(tokens).toEqual([null, "abc123"]);
});

test("an answer without a body gives undefined", async () => {
  server.use(http.post("/api/thing", () => new HttpResponse(null, { status: 204 })));

  expect(await request("/api/thing", { method: "POST" })).toBeUndefined();
});

test("a refusal keeps its code and its figures", async () => {
  server.use(
    http.post("/api/thing", () =>
      HttpResponse.json(
        {
          type: "client_error",
          errors: [{ code: "rota.has_breaches", detail: "3 rules are broken.", attr: null }],
          params: { breaches: 3 },
        },
        { status: 409 },
      ),
    ),
  );

  const problem = await problemOf(request("/api/thing", { method: "POST" }));

  expect(problem.code).toBe("rota.has_breaches");
  expect(problem.params).toEqual({ breaches: 3 });
  expect(problem.isRefusal).toBe(true);
  expect(problem.mayPass).toBe(false);
});

test("a wrong field is found by its name", async () => {
  server.use(
    http.post("/api/thing", () =>
      HttpResponse.json(
        {
          type: "validation_error",
          errors: [{ code: "required", detail: "Give a reason.", attr: "reason" }],
        },
        { status: 400 },
      ),
    ),
  );

  const problem = await problemOf(request("/api/thing", { method: "POST" }));

  expect(problem.forField("reason")).toBe("Give a reason.");
  expect(problem.forField("other")).toBeNull();
});

test("a crash page instead of JSON is still a problem with its status", async () => {
  server.use(
    http.get("/api/thing", () => HttpResponse.html("<h1>Bad gateway</h1>", { status: 502 })),
  );

  const problem = await problemOf(request("/api/thing"));

  expect(problem.code).toBe("http.502");
  expect(problem.mayPass).toBe(true);
});

test("no answer is told apart from a bad answer", async () => {
  server.use(http.get("/api/thing", () => HttpResponse.error()));

  const problem = await problemOf(request("/api/thing"));

  expect(problem.code).toBe(NO_SIGNAL);
  expect(problem.status).toBe(0);
});

test("a request given up by the page is no loss of signal", async () => {
  server.use(http.get("/api/thing", () => HttpResponse.json({})));
  const leaving = new AbortController();
  leaving.abort();

  await expect(request("/api/thing", { signal: leaving.signal })).rejects.toMatchObject({
    name: "AbortError",
  });
});
