import { type ReactElement, useId, useState } from 'react';
import styles from './choice.module.css';

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly initial: Value;
  readonly onChoose: (value: Value) => void;
}

/** One of a few values. */
export function Choice<Value extends string>(props: ChoiceProps<Value>): ReactElement {
  const { label, options, initial, onChoose } = props;
  const [chosen, setChosen] = useState(initial);
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      {options.map(({ value, text }) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={value === chosen}
            onChange={() => {
              setChosen(value);
              onChoose(value);
            }}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
