import { Trans, useLingui } from "@lingui/react/macro";
import { useGetClient } from "@/api/generated/clients/clients";
import { ProblemPanel } from "@/components/problem-panel";
import { SelectField } from "@/components/select-field";
import { Skeleton } from "@/components/skeleton";
import { fullDate } from "@/lib/time";

interface PackageProps {
  client: number;
  week: string;
  value: string;
  onChoose: (value: string) => void;
}

/** Chooses among the packages of a client that have not ended. */
export function Package({ client, week, value, onChoose }: PackageProps) {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useGetClient(client);
  if (isPending) {
    return <Skeleton lines={2} />;
  }
  if (data === undefined) {
    return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  }
  const going = data.packages.filter(({ ends_before: end }) => end === null || end > week);
  if (going.length === 0) {
    return (
      <p>
        <Trans>This client has no package that goes on.</Trans>
      </p>
    );
  }
  return (
    <SelectField
      label={t`Which package?`}
      value={value}
      required
      onChoose={onChoose}
      options={[
        { value: "", label: t`Choose a package` },
        ...going.map(({ id, funder, starts_on: start, lines }) => {
          const since = fullDate(start);
          const name = funder.name;
          return { value: String(id), label: t`${name}, since ${since}, ${lines.length} lines` };
        }),
      ]}
    />
  );
}
