import { type ReactElement, useState } from 'react';
import { Problem } from './problem.tsx';
import { SelectField, type SelectOption } from './select-field.tsx';
import { useAction } from './use-action.ts';

interface SavedSelectProps<Value extends string> {
  readonly label: string;
  readonly options: readonly SelectOption<Value>[];
  /** What the server has. */
  readonly value: Value;
  readonly onSave: (value: Value) => Promise<unknown>;
}

/** A setting that is saved when it is chosen. While that lasts the choice is shown; when it fails, what the server has. */
export function SavedSelect<Value extends string>(props: SavedSelectProps<Value>): ReactElement {
  const { label, options, value, onSave } = props;
  const [chosen, setChosen] = useState<Value | null>(null);
  const { error, run } = useAction();
  async function save(next: Value): Promise<void> {
    setChosen(next);
    await run(() => onSave(next));
    setChosen(null);
  }
  return (
    <div>
      <SelectField
        label={label}
        options={options}
        value={chosen ?? value}
        onChange={(next) => chosen === null && void save(next)}
      />
      <Problem error={error} />
    </div>
  );
}
