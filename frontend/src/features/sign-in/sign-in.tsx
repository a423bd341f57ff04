import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { type SignInMutationResult, useSignIn } from "@/api/generated/accounts/accounts";
import { Button } from "@/components/button";
import { LonePage } from "@/components/lone-page";
import { PageHeading } from "@/components/page-heading";
import { ProblemPanel } from "@/components/problem-panel";
import { TextField } from "@/components/text-field";
import styles from "./sign-in.module.css";

interface Missing {
  username: string | null;
  password: string | null;
}

/** The sign-in page of both apps. `onSignedIn` is given the new session. */
export function SignIn({ onSignedIn }: { onSignedIn: (session: SignInMutationResult) => void }) {
  const { t } = useLingui();
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<Missing>({ username: null, password: null });
  const signIn = useSignIn({ mutation: { onSuccess: onSignedIn } });

  // After a wrong password the person types it again: take them there.
  useEffect(() => {
    if (signIn.isError) {
      const password = form.current?.querySelector<HTMLInputElement>("[name=password]");
      password?.focus();
      password?.select();
    }
  }, [signIn.isError]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [username, password] = [String(fields.get("username")), String(fields.get("password"))];
    setMissing({
      username: username === "" ? t`Write your user name.` : null,
      password: password === "" ? t`Write your password.` : null,
    });
    if (username !== "" && password !== "") {
      signIn.mutate({ data: { username: username.trim(), password } });
    }
  };

  return (
    <LonePage>
      <PageHeading title={t`Sign in`} />
      <form ref={form} className={styles.form} onSubmit={submit} noValidate>
        {signIn.isError && <ProblemPanel error={signIn.error} />}
        <TextField
          label={t`User name`}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={missing.username}
          required
        />
        <TextField
          label={t`Password`}
          name="password"
          type="password"
          autoComplete="current-password"
          error={missing.password}
          required
        />
        <Button type="submit" kind="primary" large busy={signIn.isPending}>
          <Trans>Sign in</Trans>
        </Button>
      </form>
      <p className={styles.help}>
        <Trans>No account, or password forgotten? Your branch office can help.</Trans>
      </p>
    </LonePage>
  );
}
