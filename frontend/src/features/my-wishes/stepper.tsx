import { useLingui } from "@lingui/react/macro";
import { Button } from "@/components/button";
import styles from "./stepper.module.css";

interface StepperProps {
  /** What is counted, for who does not see where the buttons stand. */
  about: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
}

/** A number between two large buttons. The least is one. */
export function Stepper({ about, value, most, onChange }: StepperProps) {
  const { t } = useLingui();
  return (
    <fieldset className={styles.stepper}>
      <legend className="visually-hidden">{t`Points for: ${about}`}</legend>
      <Button
        className={styles.step}
        aria-label={t`One point less for: ${about}`}
        disabled={value <= 1}
        onClick={() => onChange(value - 1)}
      >
        −
      </Button>
      <output className={styles.value}>{value}</output>
      <Button
        className={styles.step}
        aria-label={t`One point more for: ${about}`}
        disabled={value >= most}
        onClick={() => onChange(value + 1)}
      >
        +
      </Button>
    </fieldset>
  );
}
