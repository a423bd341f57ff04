import type { ReactNode } from "react";
import { classNames } from "@/lib/class-names";
import { Icon } from "./icon";
import styles from "./notice.module.css";
import type { Status } from "./status-chip";

interface NoticeProps {
  status?: Status;
  title: ReactNode;
  children?: ReactNode;
  /** Buttons or links: what can be done about it. */
  actions?: ReactNode;
  /** `alert` is read out at once, `status` when the reader pauses; none for what was there from the start. */
  live?: "alert" | "status";
}

/** A strip that tells something about the page: what, and what to do. */
export function Notice({ status = "info", title, children, actions, live }: NoticeProps) {
  return (
    <div className={classNames(styles.notice, styles[status])} role={live}>
      <Icon name={status} />
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        {children !== undefined && <div>{children}</div>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
