import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import type { MyWishesOut, MyWishOut, WishInRequest } from "@/api/generated/model";
import {
  getGetMyWishesQueryKey,
  useGetMyWishes,
  usePlaceMyWishes,
} from "@/api/generated/rota/rota";
import { AsOf } from "@/components/as-of";
import { Button, buttonClass } from "@/components/button";
import { EmptyState } from "@/components/empty-state";
import { Icon } from "@/components/icon";
import { PageHeading } from "@/components/page-heading";
import { ProblemPanel } from "@/components/problem-panel";
import { Skeleton } from "@/components/skeleton";
import { addDays, shortDate, weekLabel } from "@/lib/time";
import styles from "./my-wishes.module.css";
import { NewWish } from "./new-wish";
import { WishCard } from "./wish-card";

/** A wish on the page: as it is sent, and as the server knows it, if it does. */
export interface DraftWish extends WishInRequest {
  known?: MyWishOut;
}

/** A carer's wishes of four weeks. `week` is a Monday of them. */
export function MyWishes({ week }: { week: string }) {
  const { t } = useLingui();
  const { data, error, isPending, isError, dataUpdatedAt, refetch } = useGetMyWishes(week);
  return (
    <>
      <PageHeading title={t`My wishes`}>
        {data !== undefined &&
          `${shortDate(data.period_starts_on)} – ${shortDate(addDays(data.period_ends_before, -1))}`}
      </PageHeading>
      <div className={styles.page}>
        {isError && data !== undefined && <AsOf moment={dataUpdatedAt} />}
        {isError && data === undefined && (
          <ProblemPanel error={error} onRetry={() => void refetch()} />
        )}
        {isPending && <Skeleton lines={6} />}
        {data !== undefined && <Wishes key={data.period_starts_on} week={week} data={data} />}
      </div>
    </>
  );
}

function Wishes({ week, data }: { week: string; data: MyWishesOut }) {
  const cache = useQueryClient();
  const [wishes, setWishes] = useState<readonly DraftWish[]>(() => drafted(data));
  const [isChanged, setChanged] = useState(false);
  const { mutate, isPending, error, isSuccess } = usePlaceMyWishes({
    mutation: {
      onSuccess: (saved) => {
        cache.setQueryData(getGetMyWishesQueryKey(week), saved);
        setWishes(drafted(saved));
        setChanged(false);
      },
    },
  });
  const change = (next: readonly DraftWish[]) => {
    setWishes(next);
    setChanged(true);
  };
  const left = data.points - wishes.reduce((sum, { points }) => sum + points, 0);
  return (
    <>
      <p className={styles.left} aria-live="polite">
        <strong>{left}</strong> <Plural value={left} one="point left" other="points left" />{" "}
        <Trans>of {data.points}. Everybody has the same.</Trans>
      </p>
      <Periods data={data} />
      <ToCome data={data} />
      {wishes.length === 0 && (
        <EmptyState title={<Trans>You have no wishes for these four weeks.</Trans>}>
          <Trans>
            Put points on what matters to you. The more points, the more it counts when the rota is
            made.
          </Trans>
        </EmptyState>
      )}
      {wishes.map((wish, index) => (
        <WishCard
          // biome-ignore lint/suspicious/noArrayIndexKey: a wish is known by its place on the list.
          key={index}
          wish={wish}
          left={left}
          clients={data.clients}
          onPoints={(points) =>
            change(wishes.map((row, at) => (at === index ? { ...row, points } : row)))
          }
          onRemove={() => change(wishes.filter((_, at) => at !== index))}
        />
      ))}
      {data.is_closed ? (
        <p>
          <Trans>All four weeks are planned. New wishes go to the next four weeks.</Trans>
        </p>
      ) : (
        left > 0 && <NewWish data={data} onAdd={(wish) => change([...wishes, wish])} />
      )}
      {error !== null && <ProblemPanel error={error} />}
      <p role="status">{isSuccess && !isChanged && <Trans>Your wishes are saved.</Trans>}</p>
      {isChanged && (
        <Button
          kind="primary"
          large
          busy={isPending}
          onClick={() => mutate({ week, data: { wishes: wishes.map(sent) } })}
        >
          <Trans>Save my wishes</Trans>
        </Button>
      )}
      <Link href="/fairness" className={buttonClass({ large: true })}>
        <Trans>How fairly is it shared?</Trans>
      </Link>
    </>
  );
}

/** Weeks that are published, and of whose wishes nothing is said yet. */
function ToCome({ data }: { data: MyWishesOut }) {
  const weeks = data.weeks.filter((week) => week.is_being_worked_out);
  if (data.wishes.length === 0 || weeks.length === 0) {
    return null;
  }
  return (
    <p role="status">
      <Trans>
        What became of your wishes is being worked out for:{" "}
        {weeks.map(({ week }) => weekLabel(week)).join(", ")}. Look again in some minutes.
      </Trans>
    </p>
  );
}

function Periods({ data }: { data: MyWishesOut }) {
  const { t } = useLingui();
  return (
    <nav className={styles.periods} aria-label={t`Four weeks`}>
      <Link href={`/wishes/${addDays(data.period_starts_on, -28)}`} className={buttonClass()}>
        <Icon name="left" />
        <Trans>Before</Trans>
      </Link>
      <Link href={`/wishes/${data.period_ends_before}`} className={buttonClass()}>
        <Trans>Next four weeks</Trans>
        <Icon name="right" />
      </Link>
    </nav>
  );
}

function drafted(data: MyWishesOut): DraftWish[] {
  return data.wishes.map((known) => ({ ...about(known), known }));
}

function sent(wish: DraftWish): WishInRequest {
  return about(wish);
}

/** What a wish says, without what the server adds to it. */
function about(wish: WishInRequest): WishInRequest {
  const { kind, points, on, weekday, from_minute, to_minute, client_id, area } = wish;
  return {
    kind,
    points,
    on: on ?? null,
    weekday: weekday ?? null,
    from_minute: from_minute ?? null,
    to_minute: to_minute ?? null,
    client_id: client_id ?? null,
    area: area ?? null,
  };
}
