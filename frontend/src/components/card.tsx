import type { ComponentProps } from "react";
import { classNames } from "@/lib/class-names";
import styles from "./card.module.css";

/** A raised sheet for one thing. Give it `aria-labelledby` when its heading names a part of the page. */
export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section {...rest} className={classNames(styles.card, className)} />;
}
