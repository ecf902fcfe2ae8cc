import { type ComponentType, useEffect, useState } from 'react';
import { PartFailed, type PartFailedProps } from './part-failed.tsx';
import { useOnline } from './use-online.ts';

/**
 * A component that is loaded when it is first shown. Unlike React's `lazy` it survives a broken connection: it says so, and
 * tries again when there is one, or when somebody asks.
 * @param load imports it
 * @param Failed stands in its place when it could not be loaded
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  Failed: ComponentType<PartFailedProps> = PartFailed,
): ComponentType<Props & Pick<PartFailedProps, 'onClose'>> {
  let known: ComponentType<Props> | undefined;
  return function LazyPart(props) {
    const [{ Loaded, hasFailed }, setPart] = useState({ Loaded: known, hasFailed: false });
    async function fetch(): Promise<void> {
      try {
        known ??= (await load()).default;
        setPart({ Loaded: known, hasFailed: false });
      } catch {
        setPart({ Loaded: undefined, hasFailed: true });
      }
    }
    useEffect(() => void fetch(), []);
    useOnline(() => hasFailed && void fetch());
    if (Loaded) return <Loaded {...props} />;
    return hasFailed ? <Failed onRetry={() => void fetch()} onClose={props.onClose} /> : null;
  };
}
