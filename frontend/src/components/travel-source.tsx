import { useLingui } from "@lingui/react/macro";
import { travelSourceWords } from "@/lib/travel-source";
import styles from "./travel-source.module.css";

interface TravelSourceProps {
  travel: Parameters<typeof travelSourceWords>[0];
}

/** Says where the travel times of a week come from; nothing where the formula gives them all. */
export function TravelSource({ travel }: TravelSourceProps) {
  const { t } = useLingui();
  const words = travelSourceWords(travel);
  if (words.length === 0) {
    return null;
  }
  return (
    <ul className={styles.words} aria-label={t`Where travel times come from`}>
      {words.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
