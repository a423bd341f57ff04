import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useGetGroupWeek } from "@/api/generated/rota/rota";
import { usePlace } from "../office/use-place";

/** Leads to building all branches together; drawn only for whoever plans every branch of several. */
export function GroupLink() {
  const { branches, week } = usePlace();
  const { data } = useGetGroupWeek(week, { query: { enabled: branches.length > 1 } });
  if (data === undefined || data.branches.length < 2) {
    return null;
  }
  return (
    <Link to="/run-all">
      <Trans>Build the week of all branches together</Trans>
    </Link>
  );
}
