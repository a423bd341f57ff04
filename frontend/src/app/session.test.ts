import { expect, test } from "vitest";
import { getGetSessionQueryKey } from "@/api/generated/accounts/accounts";
import { ApiProblem } from "@/lib/api-problem";
import { person, role, session } from "@/testing/people";
import { changeSession, createCache, OFFICE_ROLES, onlyFor } from "./session";

test("after a change of person nothing of the one before is left", () => {
  const cache = createCache();
  cache.setQueryData(getGetSessionQueryKey(), session(person()));
  cache.setQueryData(["/api/clients/12"], { name: "somebody" });

  changeSession(cache, session(null));

  expect(
    cache
      .getQueryCache()
      .getAll()
      .map(({ queryKey }) => queryKey),
  ).toEqual([getGetSessionQueryKey()]);
  expect(cache.getQueryData(getGetSessionQueryKey())).toEqual(session(null));
});

test("an answer that nobody is signed in puts the session in doubt", async () => {
  const cache = createCache();
  cache.setQueryData(getGetSessionQueryKey(), session(person()));

  await cache
    .fetchQuery({
      queryKey: ["/api/branches"],
      queryFn: () => Promise.reject(new ApiProblem(401, [])),
      retry: false,
    })
    .catch(() => undefined);

  expect(cache.getQueryState(getGetSessionQueryKey())?.isInvalidated).toBe(true);
});

test("a refusal leaves the session as it is", async () => {
  const cache = createCache();
  cache.setQueryData(getGetSessionQueryKey(), session(person()));

  await cache
    .fetchQuery({
      queryKey: ["/api/rotas/1"],
      queryFn: () => Promise.reject(new ApiProblem(409, [])),
      retry: false,
    })
    .catch(() => undefined);

  expect(cache.getQueryState(getGetSessionQueryKey())?.isInvalidated).toBe(false);
});

test.each([
  ["coordinator", true],
  ["branch_manager", true],
  ["carer", false],
  ["member", false],
  ["admin", false],
] as const)("a %s may open the office's pages: %s", (name, may) => {
  const guard = () => onlyFor(OFFICE_ROLES)({ context: { user: person({ roles: [role(name)] }) } });

  if (may) {
    expect(guard).not.toThrow();
  } else {
    expect(guard).toThrow(expect.objectContaining({ status: 403 }));
  }
});
