import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { PageHeading } from "@/components/page-heading";
import { TextField } from "@/components/text-field";
import { ChooseBody } from "@/features/control/choose-body";
import { ControlHistory } from "@/features/control/control-history";
import { ControlStatement } from "@/features/control/control-statement";
import { isDate, localDate } from "@/lib/time";
import styles from "./control-page.module.css";

/** Who controls us, on any day: for everybody of the co-operative. */
export function ControlPage() {
  const { t } = useLingui();
  const { on, body } = useSearch({ from: "/shell/control" });
  const navigate = useNavigate({ from: "/control" });
  const today = localDate(new Date());
  const day = on ?? today;

  return (
    <div className={styles.page}>
      <PageHeading title={t`Who controls us`}>
        <Trans>Counted from the register of members and the seats on the board.</Trans>
      </PageHeading>
      <div className={styles.ask}>
        <ChooseBody
          entity={body}
          onChoose={(chosen) =>
            navigate({
              search: ({ body: _, ...rest }) => (chosen ? { ...rest, body: chosen } : rest),
            })
          }
        />
        <TextField
          type="date"
          label={t`On which day?`}
          value={day}
          onChange={({ target }) => {
            if (isDate(target.value)) {
              navigate({ search: (rest) => ({ ...rest, on: target.value }), replace: true });
            }
          }}
        />
      </div>
      <ControlStatement entity={body} asAt={day} />
      <section aria-labelledby="control-history">
        <h2 id="control-history">
          <Trans>How it came about</Trans>
        </h2>
        <ControlHistory entity={body} asAt={day} />
      </section>
    </div>
  );
}
