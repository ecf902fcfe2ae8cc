import { useSyncExternalStore } from 'react';
import { type NotificationState, notificationState, watchNotificationState } from './notification-state.ts';

export const useNotificationState = (): NotificationState =>
  useSyncExternalStore(watchNotificationState, notificationState);
