import type { ReactElement } from 'react';
import { lazyPart } from '../ui/lazy-part.tsx';
import { useNotificationState } from './use-notification-state.ts';

const Notifier = lazyPart(
  () => import('./notifier.tsx'),
  () => null,
);

/** Notifications, where they were turned on. */
export const Notifications = (): ReactElement | null =>
  useNotificationState() === 'on' ? <Notifier /> : null;
