/** People to sign in as in tests. Each states only what the test is about. */
import { HttpResponse, http, type RequestHandler } from "msw";
import type { SessionOut, SignedInUserOut } from "@/api/generated/model";

type Held = SignedInUserOut["roles"][number];

/** One role; branch roles are held for branch 1 unless told otherwise. */
export function role(name: Held["role"], branchId: number | null = 1): Held {
  const wide = name === "member" || name === "admin";
  return {
    role: name,
    branch_id: wide ? null : branchId,
    branch_name: wide ? null : `Branch ${branchId}`,
  };
}

/** A coordinator of branch 1, unless told otherwise. */
export function person(told: Partial<SignedInUserOut> = {}): SignedInUserOut {
  return {
    id: 7,
    username: "anwen",
    display_name: "Anwen Hughes",
    organisation: { id: 1, name: "Northern Hands" },
    roles: [role("coordinator")],
    carer_id: null,
    ...told,
  };
}

/** The session of a person, or of nobody. */
export function session(user: SignedInUserOut | null): SessionOut {
  return { user, product: { version: "0.1.0", trial: true } };
}

/** Answers who is signed in. */
export function signedIn(user: SignedInUserOut | null): RequestHandler {
  return http.get("/api/session", () => HttpResponse.json(session(user)));
}

/** An answer in the backend's error shape. */
export function problem(status: number, code: string, params: Record<string, unknown> = {}) {
  return HttpResponse.json(
    {
      type: status === 400 ? "validation_error" : "client_error",
      errors: [{ code, detail: code, attr: null }],
      params,
    },
    { status },
  );
}
