import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { ApiProblem } from "@/lib/api-problem";
import { problemWords } from "@/lib/refusals";
import { Button } from "./button";
import { Notice } from "./notice";

interface ProblemPanelProps {
  error: unknown;
  /** Offered only where trying the same again can help. */
  onRetry?: () => void;
  /** Further ways on. */
  actions?: ReactNode;
}

/** A refusal or a fault in words: what happened, which figures, what to do now. */
export function ProblemPanel({ error, onRetry, actions }: ProblemPanelProps) {
  const words = problemWords(error);
  const refused = error instanceof ApiProblem && error.isRefusal;
  const mayPass = !(error instanceof ApiProblem) || error.mayPass;
  return (
    <Notice
      status={refused ? "at-risk" : "uncovered"}
      title={words.title}
      live="alert"
      actions={
        <>
          {onRetry !== undefined && mayPass && (
            <Button onClick={onRetry}>
              <Trans>Try again</Trans>
            </Button>
          )}
          {actions}
        </>
      }
    >
      {words.what !== undefined && <p>{words.what}</p>}
      <p>{words.next}</p>
    </Notice>
  );
}
