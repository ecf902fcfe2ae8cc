import type { ReactElement } from 'react';
import { Problem } from './problem.tsx';
import { SelectField, type SelectOption } from './select-field.tsx';
import { useSaved } from './use-saved.ts';

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
  const { shown, error, choose } = useSaved(value, onSave);
  return (
    <div>
      <SelectField label={label} options={options} value={shown} onChange={choose} />
      <Problem error={error} />
    </div>
  );
}
