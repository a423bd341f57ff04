import { describe, expect, test } from "vitest";
import { ApiProblem } from "./api-problem";
import { problemWords } from "./refusals";

function refusal(code: string, params: Record<string, unknown> = {}, status = 409): ApiProblem {
  return new ApiProblem(status, [{ code, detail: "The server's own words.", attr: null }], params);
}

describe("a refusal", () => {
  test("says how many rules are broken, one or many", () => {
    expect(problemWords(refusal("rota.has_breaches", { breaches: 1 })).what).toBe(
      "1 rule is still broken.",
    );
    expect(problemWords(refusal("rota.has_breaches", { breaches: 3 })).what).toBe(
      "3 rules are still broken.",
    );
  });

  test("names the rules that forbid a move", () => {
    const words = problemWords(
      refusal("rota.breaks_rule", {
        breaches: [{ code: "H6", carer_id: 4, message: "Rest would be 9 h 30 instead of 11 h." }],
      }),
    );

    expect(words.what).toBe("Rest would be 9 h 30 instead of 11 h.");
  });

  test("with a code newer than this page is told in the server's words", () => {
    expect(problemWords(refusal("rota.brand_new")).what).toBe("The server's own words.");
  });
});

describe("a fault", () => {
  test.each([
    [new ApiProblem(0, [{ code: "network.no_signal", detail: "", attr: null }]), "No signal."],
    [new ApiProblem(404, []), "There is nothing here."],
    [new ApiProblem(403, []), "This is not open to you."],
    [refusal("not_authenticated", {}, 403), "You are signed out."],
    [new ApiProblem(500, []), "Something went wrong on our side."],
    [new TypeError("x is undefined"), "Something went wrong on our side."],
  ])("%o is told as %j", (error, title) => {
    expect(problemWords(error).title).toBe(title);
  });

  test("never shows the text of a program's error", () => {
    expect(JSON.stringify(problemWords(new TypeError("x is undefined")))).not.toContain(
      "undefined",
    );
  });
});
