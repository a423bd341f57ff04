/**
 * The one way to the backend: same-origin cookies, the CSRF header, errors as `ApiProblem`.
 *
 * The generated hooks call `request`; hand-written code uses the hooks.
 */
import { type ApiErrorLine, ApiProblem, NO_SIGNAL } from "@/lib/api-problem";

/** Read by Orval: the `error` of every generated hook. */
export type ErrorType<_Error> = ApiProblem;

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

function csrfToken(): string | null {
  const match = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  return match?.[1] === undefined ? null : decodeURIComponent(match[1]);
}

function headersFor(init: RequestInit): Headers {
  const headers = new Headers(init.headers);
  headers.set("Accept", "application/json");
  const token = csrfToken();
  if (token !== null && !SAFE_METHODS.includes((init.method ?? "GET").toUpperCase())) {
    headers.set("X-CSRFToken", token);
  }
  return headers;
}

function isErrorLine(line: unknown): line is ApiErrorLine {
  return typeof line === "object" && line !== null && "code" in line && "detail" in line;
}

async function problemFrom(response: Response): Promise<ApiProblem> {
  // A proxy or a crash may answer with a page instead of JSON.
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== "object" || body === null || !("errors" in body)) {
    return new ApiProblem(response.status, []);
  }
  const lines = Array.isArray(body.errors) ? body.errors.filter(isErrorLine) : [];
  const params = "params" in body && typeof body.params === "object" ? body.params : {};
  return new ApiProblem(response.status, lines, { ...params });
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, headers: headersFor(init), credentials: "same-origin" });
  } catch (error) {
    // Leaving a page aborts its requests: that is no loss of signal.
    if (init.signal?.aborted) {
      throw error;
    }
    throw new ApiProblem(0, [
      { code: NO_SIGNAL, detail: "The server could not be reached.", attr: null },
    ]);
  }
}

/**
 * Send a request and return the JSON of the answer; undefined when it has no body.
 *
 * Throws `ApiProblem` for every answer that is not a success, and when none came.
 */
export async function request<Result>(url: string, init: RequestInit = {}): Promise<Result> {
  const response = await send(url, init);
  if (!response.ok) {
    throw await problemFrom(response);
  }
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as Result;
}
