import type { ComponentProps, MouseEvent } from "react";
import { classNames } from "@/lib/class-names";
import styles from "./button.module.css";

export type ButtonKind = "primary" | "secondary" | "quiet" | "danger";

export interface ButtonLook {
  kind?: ButtonKind;
  /** The one action of a phone page: 56 px high and as wide as the page. */
  large?: boolean;
}

/** The class of a button, for links that lead to the next step. */
export function buttonClass({ kind = "secondary", large = false }: ButtonLook = {}): string {
  return classNames(styles.button, styles[kind], large && styles.large);
}

interface ButtonProps extends ButtonLook, Omit<ComponentProps<"button">, "disabled"> {
  /** Its work is under way: further presses do nothing and the focus stays. */
  busy?: boolean;
  disabled?: boolean;
}

/** A native button; `type="button"` unless told otherwise. */
export function Button({
  kind,
  large,
  busy = false,
  disabled = false,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  // A disabled button would lose the focus, so a busy one only says that it is.
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) {
      event.preventDefault();
      return;
    }
    onClick?.(event);
  };
  return (
    <button
      type="button"
      {...rest}
      className={classNames(
        buttonClass({ ...(kind && { kind }), ...(large && { large }) }),
        className,
      )}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={press}
    >
      {busy && <span className={styles.spinner} aria-hidden="true" />}
      {children}
    </button>
  );
}
