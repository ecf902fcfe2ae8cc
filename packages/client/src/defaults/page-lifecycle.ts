import type { Lifecycle } from '../ports.ts';
import { environment, listen } from './environment.ts';

/** The events of the page; outside of a browser nothing changes. */
export const pageLifecycle: Lifecycle = {
  isVisible: () => environment().document?.visibilityState !== 'hidden',
  watch(onChange) {
    const { document } = environment();
    const ends = [
      listen(document, {
        visibilitychange: () => onChange(pageLifecycle.isVisible() ? 'visible' : 'hidden'),
        resume: () => onChange('resumed'),
      }),
      listen(environment(), {
        online: () => onChange('online'),
        offline: () => onChange('offline'),
        pageshow: ({ persisted }: { persisted?: boolean }) => persisted && onChange('resumed'),
      }),
    ];
    return () => ends.forEach((end) => end());
  },
};
