import { lazy, type ReactElement, Suspense } from 'react';
import { useNotificationState } from './use-notification-state.ts';

const Notifier = lazy(() => import('./notifier.tsx'));

/** Notifications, where they were turned on. */
export function Notifications(): ReactElement | null {
  if (useNotificationState() !== 'on') return null;
  return (
    <Suspense>
      <Notifier />
    </Suspense>
  );
}
