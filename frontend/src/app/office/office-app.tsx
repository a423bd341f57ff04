import { useQueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import type { SessionUser } from "../session";
import { SessionGate } from "../session-gate";
import { createOfficeRouter } from "./router";

/** The sign-in, and the office behind it. */
export function OfficeApp() {
  return <SessionGate>{(user) => <Office key={user.id} user={user} />}</SessionGate>;
}

function Office({ user }: { user: SessionUser }) {
  const cache = useQueryClient();
  const [router] = useState(() => createOfficeRouter({ cache, user }));
  return <RouterProvider router={router} context={{ cache, user }} />;
}
