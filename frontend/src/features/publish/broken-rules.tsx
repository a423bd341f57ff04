import { Plural, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { BrokenRuleOut } from "@/api/generated/model";
import { type Column, DataTable } from "@/components/data-table";
import { Notice } from "@/components/notice";
import { ruleWords } from "@/lib/office-rules";
import { addDays, shortDate } from "@/lib/time";

interface BrokenRulesProps {
  breaches: readonly BrokenRuleOut[];
  week: string;
  boardLink: ReactNode;
}

/** The rules that keep a week from going out, each with whom it is about. */
export function BrokenRules({ breaches, week, boardLink }: BrokenRulesProps) {
  const { t } = useLingui();
  const columns: Column<BrokenRuleOut>[] = [
    { key: "rule", heading: t`Rule`, cell: (row) => ruleWords(row.code) },
    { key: "carer", heading: t`Carer`, cell: (row) => row.carer_name ?? "" },
    {
      key: "day",
      heading: t`Day`,
      cell: (row) => (row.day === null ? "" : shortDate(addDays(week, row.day))),
    },
    { key: "what", heading: t`What is wrong`, cell: (row) => row.message },
  ];
  return (
    <>
      <Notice
        status="uncovered"
        title={
          <Plural
            value={breaches.length}
            one="This week cannot go out: # rule is broken."
            other="This week cannot go out: # rules are broken."
          />
        }
        actions={boardLink}
      />
      <DataTable
        sentence={t`Mend each of these on the board, then come back.`}
        columns={columns}
        rows={breaches}
        rowKey={(row) => `${row.code}/${row.carer_id}/${row.visit_id}/${row.day}/${row.message}`}
      />
    </>
  );
}
