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
  /** For bars: beside the control, or only read out where the options speak for themselves. */
  labelPlace?: "above" | "beside" | "hidden";
}

/** A native select with its label. */
export function SelectField({
  label,
  options,
  onChoose,
  labelPlace = "above",
  ...rest
}: SelectFieldProps) {
  const id = useId();
  return (
    <div className={classNames(styles.field, labelPlace === "beside" && styles.beside)}>
      <label className={labelPlace === "hidden" ? "visually-hidden" : styles.label} htmlFor={id}>
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
