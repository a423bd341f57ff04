import { Trans, useLingui } from "@lingui/react/macro";
import { EmptyState } from "@/components/empty-state";
import { PageHeading } from "@/components/page-heading";

/** An address that leads nowhere; `home` is the first page of the app. */
export function NotFound({ home }: { home: string }) {
  const { t } = useLingui();
  return (
    <>
      <PageHeading title={t`There is no such page`} />
      <EmptyState
        title={<Trans>This address leads nowhere.</Trans>}
        action={
          <a href={home}>
            <Trans>Go to the first page</Trans>
          </a>
        }
      />
    </>
  );
}
