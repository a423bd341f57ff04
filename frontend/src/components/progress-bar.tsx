import { useEffect, useId, useRef, useState } from "react";
import styles from "./progress-bar.module.css";

interface ProgressBarProps {
  /** What is going on: "Building the week". */
  label: string;
  /** Between 0 and `max`; null while nobody knows how far it is. */
  value: number | null;
  max?: number;
  /** How far, in words: "stage 2 of 3, 41 s, 12 visits without a carer". */
  text: string;
}

/** Said at most this often, so that a screen reader is not talked over. */
const SAY_EVERY_MS = 8_000;

/** A text that follows another, but changes at most every `SAY_EVERY_MS`. */
function useSpoken(text: string): string {
  const [spoken, setSpoken] = useState(text);
  const saidAt = useRef(Date.now());

  useEffect(() => {
    const wait = Math.max(0, saidAt.current + SAY_EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      saidAt.current = Date.now();
      setSpoken(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);

  return spoken;
}

/** How far a long job is: a bar, words, and a polite announcement now and then. */
export function ProgressBar({ label, value, max = 100, text }: ProgressBarProps) {
  const id = useId();
  const spoken = useSpoken(text);
  return (
    <div className={styles.progress}>
      <p id={id} className={styles.label}>
        {label}
      </p>
      <progress
        className={styles.bar}
        aria-labelledby={id}
        max={max}
        {...(value === null ? {} : { value: Math.min(Math.max(value, 0), max) })}
      />
      <p className={styles.text} aria-hidden="true">
        {text}
      </p>
      <p className="visually-hidden" role="status">
        {spoken}
      </p>
    </div>
  );
}
