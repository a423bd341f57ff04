import { useRouter } from "@tanstack/react-router";
import { ProblemPanel } from "@/components/problem-panel";

/** In place of a page that could not be drawn, with the rest of the app around it. */
export function RouteProblem({ error }: { error: unknown }) {
  const router = useRouter();
  return <ProblemPanel error={error} onRetry={() => router.invalidate()} />;
}
