import { Trans, useLingui } from "@lingui/react/macro";
import type { PolicyVersionOut, RotaPolicyOut } from "@/api/generated/model";
import { DataTable } from "@/components/data-table";
import { Notice } from "@/components/notice";
import { fullDate } from "@/lib/time";
import { limitWords } from "./limits";
import { Promised } from "./promised";
import styles from "./rota-policy.module.css";
import { rules, tokenWords } from "./rules";

/** The policy in force in tokens and in words, what comes next, and every vote before. */
export function PolicyInForce({ policy }: { policy: RotaPolicyOut }) {
  const { t } = useLingui();
  const coming = policy.versions.find((version) => version.is_to_come);
  return (
    <div className={styles.stack}>
      <p>
        <InForce policy={policy} />
      </p>
      {coming !== undefined && (
        <Notice
          title={
            <Trans>
              Policy {coming.number}, voted {fullDate(coming.voted_on)}, holds from{" "}
              {fullDate(coming.effective_from)}.
            </Trans>
          }
        />
      )}
      <Rules sentence={t`How much each rule counts now.`} rows={policy.rules} />
      {policy.versions.map((version) => (
        <Version key={version.number} version={version} />
      ))}
    </div>
  );
}

function InForce({ policy }: { policy: RotaPolicyOut }) {
  const since = fullDate(policy.starts_on);
  if (policy.vote === null) {
    return <Trans>Nobody has voted on it yet. It holds since {since}.</Trans>;
  }
  const { number, voted_on: votedOn } = policy.vote;
  return (
    <Trans>
      Policy {number}, voted {fullDate(votedOn)}. It holds since {since}.
    </Trans>
  );
}

interface RulesProps {
  sentence: string;
  rows: RotaPolicyOut["rules"];
}

function Rules({ sentence, rows }: RulesProps) {
  const { t } = useLingui();
  const labels = new Map(rules().map(({ name, label }) => [name, label]));
  return (
    <DataTable
      sentence={sentence}
      columns={[
        { key: "rule", heading: t`Rule`, cell: (row) => labels.get(row.name) ?? row.name },
        { key: "tokens", heading: t`Tokens of 20`, cell: (row) => row.tokens, numeric: true },
        { key: "share", heading: t`Of 1000`, cell: (row) => row.thousandths, numeric: true },
        { key: "buys", heading: t`What a token buys`, cell: (row) => tokenWords(row) },
      ]}
      rows={rows}
      rowKey={(row) => row.name}
    />
  );
}

function Version({ version }: { version: PolicyVersionOut }) {
  const { t } = useLingui();
  const { number, method, ballot } = version;
  return (
    // The board and the phone lead to one vote by its number: that one stands open.
    <details id={`policy-${number}`} open={window.location.hash === `#policy-${number}`}>
      <summary>
        <Trans>
          Policy {number}, voted {fullDate(version.voted_on)}
        </Trans>
      </summary>
      <Rules
        sentence={t`As declared, holding from ${fullDate(version.effective_from)}.`}
        rows={version.rules}
      />
      {version.limits.length > 0 && (
        <ul aria-label={t`Limits of policy ${number}`}>
          {version.limits.map((limit) => (
            <li key={limit.name}>{limitWords(limit)}</li>
          ))}
        </ul>
      )}
      <Promised number={number} promise={version.promise} />
      {ballot !== "" && <Ballot code={ballot} />}
      <p className={styles.quiet}>
        <Trans>
          Vote {ballot}, counted by {method}. Result {version.result_hash}, of what was counted{" "}
          {version.inputs_hash}.
        </Trans>
      </p>
    </details>
  );
}

/** The vote behind a version; its pages are the server's own and need no script. */
function Ballot({ code }: { code: string }) {
  const vote = `/member/ballots/named/${code}`;
  return (
    <p>
      <a href={`${vote}/result`}>
        <Trans>How the vote came out</Trans>
      </a>{" "}
      ·{" "}
      <a href={`${vote}/package.json`} download={`${code}.json`}>
        <Trans>Its votes, to count again</Trans>
      </a>
    </p>
  );
}
