/** The code of a request that never reached the server or got no answer. */
export const NO_SIGNAL = "network.no_signal";

/** Codes that say that nobody is signed in (any more). */
const SIGNED_OUT_CODES = ["not_authenticated", "authentication_failed"];

/** One line of an error answer; `attr` is the field it is about, null for the whole. */
export interface ApiErrorLine {
  code: string;
  detail: string;
  attr: string | null;
}

/**
 * Anything but a success from the backend.
 *
 * `status` is 0 when no answer came. `code` is the first error's code, such as
 * `rota.has_breaches`; its words are in `refusals.ts`. `params` are the figures of a refusal.
 */
export class ApiProblem extends Error {
  override name = "ApiProblem";

  constructor(
    readonly status: number,
    readonly errors: readonly ApiErrorLine[],
    readonly params: Readonly<Record<string, unknown>> = {},
  ) {
    super(errors[0]?.detail ?? `The server answered ${status}.`);
  }

  get code(): string {
    return this.errors[0]?.code ?? `http.${this.status}`;
  }

  /** A rule said no and the person can act, as opposed to a fault. */
  get isRefusal(): boolean {
    return this.status === 409;
  }

  get isSignedOut(): boolean {
    return this.status === 401 || SIGNED_OUT_CODES.includes(this.code);
  }

  /** Whether trying again unchanged may help: no answer, or a fault on the server's side. */
  get mayPass(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /** What is wrong with one field, or null. */
  forField(name: string): string | null {
    return this.errors.find((line) => line.attr === name)?.detail ?? null;
  }
}
