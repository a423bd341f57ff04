import { type ComponentProps, useId } from "react";
import { classNames } from "@/lib/class-names";
import styles from "./field.module.css";

export interface SelectOption {
  value: string;
  label: string;
}

interface SelectFieldProps extends Omit<ComponentProps<"select">, "id" | "className" | "onChange"> {
  label: string;
  options: readonly SelectOption[];
  onChoose: (value: string) => void;
  /** For bars: the label is only read out. */
  labelHidden?: boolean;
}

/** A native select with its label. */
export function SelectField({ label, options, onChoose, labelHidden, ...rest }: SelectFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={classNames(labelHidden ? "visually-hidden" : styles.label)} htmlFor={id}>
        {label}
      </label>
      <select
        {...rest}
        id={id}
        className={styles.control}
        onChange={(event) => onChoose(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
