import styles from "./check-list.module.css";

export interface CheckOption {
  value: string;
  label: string;
}

interface CheckListProps {
  /** The question that the boxes answer together. */
  legend: string;
  hint?: string;
  options: readonly CheckOption[];
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}

/** Several answers to one question: native boxes, each as large as a finger. */
export function CheckList({ legend, hint, options, chosen, onChoose }: CheckListProps) {
  const toggle = (value: string) =>
    onChoose(
      options
        .map((option) => option.value)
        .filter((one) => (one === value ? !chosen.includes(one) : chosen.includes(one))),
    );
  return (
    <fieldset className={styles.list}>
      <legend className={styles.legend}>{legend}</legend>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      <div className={styles.options}>
        {options.map(({ value, label }) => (
          <label key={value} className={styles.option}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => toggle(value)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
