import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";
import { Link } from "wouter";
import type { FairMeasureOut, FairnessOut } from "@/api/generated/model";
import { useGetMyFairness } from "@/api/generated/rota/rota";
import { AsOf } from "@/components/as-of";
import { buttonClass } from "@/components/button";
import { Card } from "@/components/card";
import { Icon } from "@/components/icon";
import { PageHeading } from "@/components/page-heading";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { decimal } from "@/lib/numbers";
import { addDays, shortDate } from "@/lib/time";
import { figureWords, measureWords } from "./measure-words";
import styles from "./my-fairness.module.css";

/** How evenly the work and the kept wishes of thirteen weeks lie, and where the reader stands. */
export function MyFairness() {
  const { t } = useLingui();
  const { data, error, isPending, isError, dataUpdatedAt, refetch } = useGetMyFairness();
  return (
    <>
      <PageHeading title={t`How fairly it is shared`}>
        {data !== undefined && `${shortDate(data.since)} – ${shortDate(addDays(data.until, -1))}`}
      </PageHeading>
      <div className={styles.page}>
        {isError && data !== undefined && <AsOf moment={dataUpdatedAt} />}
        {isError && data === undefined && (
          <ProblemPanel error={error} onRetry={() => void refetch()} />
        )}
        {isPending && <Skeleton lines={8} />}
        {data !== undefined && <Measures data={data} />}
        <Link href="/wishes" className={buttonClass({ large: true })}>
          <Icon name="left" />
          <Trans>Back to my wishes</Trans>
        </Link>
      </div>
    </>
  );
}

function Measures({ data }: { data: FairnessOut }) {
  return (
    <>
      <p>
        <Trans>
          These are the last 13 weeks of your branch. Only you see your own figure, and nobody is
          named. Figures of fewer than five people are not shown.
        </Trans>
      </p>
      {data.wishes_to_come > 0 && (
        <p role="status">
          <Trans>
            What became of the newest wishes is being worked out. They are counted as soon as that
            is done.
          </Trans>
        </p>
      )}
      {data.measures.map((measure) => (
        <Measure key={measure.measure} told={measure} target={data.target} />
      ))}
    </>
  );
}

function Measure({ told, target }: { told: FairMeasureOut; target: number }) {
  const { t } = useLingui();
  const heading = useId();
  const words = figureWords(told.measure);
  return (
    <Card className={styles.measure} aria-labelledby={heading}>
      <h2 id={heading}>{measureWords(told.measure)}</h2>
      <p>
        {told.own === null ? (
          <Trans>You have no figure here.</Trans>
        ) : (
          <>
            <Trans>You:</Trans> <strong>{words(told.own)}</strong>
          </>
        )}
      </p>
      {told.unevenness === null ? (
        <p className={styles.quiet}>
          <Trans>Too few people to show more.</Trans>
        </p>
      ) : (
        <>
          <table className={styles.bands}>
            <caption className="visually-hidden">{measureWords(told.measure)}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Figure</Trans>
                </th>
                <th scope="col">
                  <Trans>People</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {told.bands.map((band, number) => (
                <tr key={band.least} className={number === told.own_band ? styles.own : undefined}>
                  <td>
                    {band.least === band.most
                      ? decimal(band.least)
                      : `${decimal(band.least)} – ${decimal(band.most)}`}
                    {number === told.own_band && <> {t`(you are here)`}</>}
                  </td>
                  <td>{band.people}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.quiet}>
            {told.unevenness <= target ? (
              <Trans>
                Evenly shared: {decimal(told.unevenness)} of at most {decimal(target)}.
              </Trans>
            ) : (
              <Trans>
                Unevenly shared: {decimal(told.unevenness)}, where {decimal(target)} is the aim.
                Nought would be quite even.
              </Trans>
            )}
          </p>
        </>
      )}
    </Card>
  );
}
