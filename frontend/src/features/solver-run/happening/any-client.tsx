import { useLingui } from "@lingui/react/macro";
import { useQueries } from "@tanstack/react-query";
import { getListClientsQueryOptions, useListClients } from "@/api/generated/clients/clients";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { Who } from "./people";

/** The most rows that one answer may hold. */
const PAGE = 200;

interface AnyClientProps {
  branchId: number;
  value: string;
  onChoose: (value: string) => void;
}

/** Chooses among all clients of the branch, also those without a visit this week. */
export function AnyClient({ branchId, value, onChoose }: AnyClientProps) {
  const { t } = useLingui();
  const first = useListClients(branchId, { limit: PAGE });
  const pages = Math.ceil((first.data?.count ?? 0) / PAGE);
  const more = useQueries({
    queries: Array.from({ length: Math.max(0, pages - 1) }, (_, page) =>
      getListClientsQueryOptions(branchId, { limit: PAGE, offset: (page + 1) * PAGE }),
    ),
  });
  const answers = [first, ...more];
  const error = answers.find((answer) => answer.error !== null)?.error ?? null;
  if (error !== null) {
    const again = () => void Promise.all(answers.map((answer) => answer.refetch()));
    return <ProblemPanel error={error} onRetry={again} />;
  }
  if (answers.some(({ data }) => data === undefined)) {
    return <Skeleton lines={2} />;
  }
  const people = answers.flatMap(({ data }) => data?.results ?? []);
  return <Who label={t`Which client?`} people={people} value={value} onChoose={onChoose} />;
}
