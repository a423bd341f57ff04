import { Trans } from "@lingui/react/macro";
import { type RefObject, useEffect } from "react";
import { Button } from "@/components/button";
import styles from "./keys.module.css";

/** The keys of the board, in a dialog that Escape closes. */
export function Keys({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="keys-heading">
      <h2 id="keys-heading">
        <Trans>Keys on the board</Trans>
      </h2>
      <dl className={styles.keys}>
        <Key name="← ↑ → ↓">
          <Trans>from visit to visit</Trans>
        </Key>
        <Key name="Enter">
          <Trans>open the visit</Trans>
        </Key>
        <Key name="M">
          <Trans>move it: who could make it</Trans>
        </Key>
        <Key name="L">
          <Trans>lock or unlock it</Trans>
        </Key>
        <Key name="U">
          <Trans>undo the last change of this page</Trans>
        </Key>
        <Key name="/">
          <Trans>find a name</Trans>
        </Key>
        <Key name="Esc">
          <Trans>close the visit</Trans>
        </Key>
        <Key name="?">
          <Trans>this list</Trans>
        </Key>
      </dl>
      <form method="dialog">
        <Button type="submit">
          <Trans>Close</Trans>
        </Button>
      </form>
    </dialog>
  );
}

function Key({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>
        <kbd>{name}</kbd>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName))
  );
}

/** Call what belongs to a key, wherever the focus is on the page except in a field. */
export function useKeys(actions: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
        return;
      }
      const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (action !== undefined) {
        event.preventDefault();
        action();
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [actions]);
}
