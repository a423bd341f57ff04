import { useQueryClient } from "@tanstack/react-query";
import { useSignOut as useSignOutMutation } from "@/api/generated/accounts/accounts";
import { changeSession, useSession } from "./session";

/** Sign out; the page then shows the sign-in and keeps nothing of what was loaded. */
export function useSignOut() {
  const cache = useQueryClient();
  const { data } = useSession();

  return useSignOutMutation({
    mutation: {
      onSuccess: () => {
        if (data !== undefined) {
          changeSession(cache, { ...data, user: null });
        }
      },
    },
  });
}
