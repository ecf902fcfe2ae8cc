import { isCauserieError } from '@causerie/client';
import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import { errorText } from './error-text.ts';
import type { Loaded } from './use-loaded.ts';
import { useOnline } from './use-online.ts';

/** What stands where something is being loaded, or could not be; once there is a connection again it is tried again. */
export function Waiting({ for: { error, reload } }: { readonly for: Loaded<unknown> }): ReactElement {
  const texts = useTexts();
  // What is not there does not come by asking again.
  const mayCome = isCauserieError(error) && error.retryable;
  useOnline(() => mayCome && reload());
  if (error === null) return <EmptyState text={texts.common.loading} />;
  return (
    <EmptyState text={errorText(texts, error)}>
      {mayCome && <Button onClick={reload}>{texts.common.retry}</Button>}
    </EmptyState>
  );
}
