import { useLingui } from "@lingui/react/macro";
import { PageHeading } from "@/components/page-heading";
import { useUser } from "../session";

/** What everybody of the co-operative may see. */
export function OrganisationPage() {
  const { t } = useLingui();
  const { organisation } = useUser();
  return <PageHeading title={organisation?.name ?? t`Our co-operative`} />;
}
