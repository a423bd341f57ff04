import styles from "./icon.module.css";

/** Outlines on a 16 × 16 grid, drawn with the colour of the text beside them. */
const PATHS = {
  uncovered: "M8 1.5 15 14H1L8 1.5Zm0 4.5v4m0 2v.5",
  "at-risk": "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 4.5V8l2.5 2",
  changed: "M2 6h9L8.5 3.5M14 10H5l2.5 2.5",
  locked: "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  done: "m2.5 8.5 3.5 3.5 7.5-8",
  info: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 5.5v4.5M8 4.5V5",
  left: "m10 3-5 5 5 5",
  right: "m6 3 5 5-5 5",
  down: "m3 6 5 5 5-5",
  close: "m3.5 3.5 9 9m0-9-9 9",
  week: "M2 3.5h12v11H2zM2 7h12M5 1.5v3M11 1.5v3",
  star: "m8 1.8 1.9 4 4.4.5-3.3 3 .9 4.4L8 11.5l-3.9 2.2.9-4.4-3.3-3 4.4-.5z",
  person: "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 6.5C2.5 11 5 10 8 10s5.5 1 6 4.5",
} as const;

export type IconName = keyof typeof PATHS;

/** A small drawing that repeats what the words beside it say; screen readers skip it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
