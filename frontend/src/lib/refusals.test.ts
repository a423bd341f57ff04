import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ApiProblem } from "./api-problem";
import { codesWithWords, problemWords } from "./refusals";

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

  test("with a code newer than this page never shows the code itself", () => {
    const bare = new ApiProblem(409, [{ code: "rota.new", detail: "rota.new", attr: null }]);

    expect(problemWords(bare)).toEqual({
      title: "This could not be done.",
      next: "Load the page again. If it still cannot be done, ask your office.",
    });
    expect(problemWords(refusal("rota.brand_new")).what).toBe("The server's own words.");
  });

  test("of a key-safe code says from when to when it opens, by the branch's clock", () => {
    const closed = refusal("clients.key_safe_closed", {
      opens_at: "2026-07-01T06:00:00Z",
      closes_at: "2026-07-01T08:00:00Z",
    });

    expect(problemWords(closed).what).toBe("You can see it from 07:00 to 09:00.");
  });

  test("of a line's date says when the line holds", () => {
    expect(
      problemWords(
        refusal("clients.line_not_in_force", { starts_on: "2026-11-30", ends_before: null }),
      ).what,
    ).toBe("It holds from Mon 30 Nov on.");
  });
});

/** Codes that are raised for commands only, never answered to a page. */
const NEVER_ON_A_PAGE = [
  "demo.other_organisation",
  // Users and roles are looked after from the command line.
  "accounts.last_admin",
  "accounts.others_branch",
  "accounts.role_branch",
  "accounts.unfit_name",
  "accounts.user_deactivated",
  "accounts.username_taken",
  "accounts.weak_password",
  "people.carer_has_sign_in",
];

test("every refusal of the backend has words", () => {
  const codes = readdirSync("../backend", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py"))
    .flatMap((path) => [
      ...readFileSync(join("../backend", path), "utf8").matchAll(
        /\bcode(?:: ClassVar\[str\])? = "(\w+\.\w+)"/g,
      ),
    ])
    .map((match) => match[1] ?? "")
    .filter((code) => code !== "core.refused" && !NEVER_ON_A_PAGE.includes(code));

  expect(codes).toContain("rota.has_breaches");
  expect(codes.filter((code) => !codesWithWords().includes(code))).toEqual([]);
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
