/** The figures of the rules in force, so that a field can show what holds now. */
import type { RuleSetOut } from "@/api/generated/model";
import type { Present } from "./ask";

/** The branch's own rules where it has some, else those of the whole organisation. */
export function presentOf(rules: readonly RuleSetOut[], branchName: string): Present {
  const policies = rules.filter(({ area }) => area === "rota_policy");
  const values =
    policies.find(({ branch_name: branch }) => branch === branchName)?.values ??
    policies.find(({ branch_name: branch }) => branch === null)?.values ??
    {};
  return { weights: numbersIn(values.weights), limits: numbersIn(values) };
}

function numbersIn(values: unknown): Record<string, number> {
  const rows = typeof values === "object" && values !== null ? Object.entries(values) : [];
  return Object.fromEntries(
    rows.filter((row): row is [string, number] => typeof row[1] === "number"),
  );
}
