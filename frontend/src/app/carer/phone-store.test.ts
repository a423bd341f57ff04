import { beforeEach, expect, test, vi } from "vitest";
import { createQueryClient } from "@/api/query-client";
import { keepOnPhone } from "@/lib/phone-store";
import { person, session } from "@/testing/people";
import { changeSession } from "../session";

const WEEK = "/api/my/weeks/2026-11-23";
const VISIT = "/api/my/visits/5";
const phone = () => keepOnPhone(createQueryClient(() => undefined));
const kept = () => localStorage.getItem("roundtable.seen") ?? "";

beforeEach(() => localStorage.clear());

async function hear(address = WEEK, answer: object = { week: "2026-11-23" }) {
  const cache = phone();
  cache.setQueryData(["/api/session"], session(person({ carer_id: 3 })));
  cache.setQueryData([address], answer);
  await vi.waitFor(() => expect(kept()).toContain(address));
  return cache;
}

test("a page opened anew has the week and the moment it was heard", async () => {
  const heard = (await hear()).getQueryState([WEEK])?.dataUpdatedAt;

  const again = phone();

  expect(again.getQueryData([WEEK])).toEqual({ week: "2026-11-23" });
  expect(again.getQueryState([WEEK])?.dataUpdatedAt).toBe(heard);
});

test("nothing stays after signing out", async () => {
  const cache = await hear();

  changeSession(cache, session(null));

  await vi.waitFor(() => expect(kept()).toBe(""));
  expect(phone().getQueryData([WEEK])).toBeUndefined();
});

test("another person finds nothing of the one before", async () => {
  const cache = await hear();

  changeSession(cache, session(person({ id: 8, carer_id: 4 })));

  await vi.waitFor(() => expect(kept()).toContain('"id":8'));
  expect(kept()).not.toContain(WEEK);
});

test("only own weeks and visits are kept", async () => {
  const cache = await hear();
  cache.setQueryData(["/api/clients/4"], { name: "Not for the store" });
  cache.setQueryData([VISIT], { ends_at: new Date().toISOString() });

  await vi.waitFor(() => expect(kept()).toContain(VISIT));
  expect(kept()).not.toContain("Not for the store");
});

test("a visit that ended over a day ago is gone", async () => {
  await hear(VISIT, { ends_at: new Date().toISOString() });
  const later = Date.now() + 25 * 3_600_000;
  vi.spyOn(Date, "now").mockReturnValue(later);

  expect(phone().getQueryData([VISIT])).toBeUndefined();
  vi.restoreAllMocks();
});
