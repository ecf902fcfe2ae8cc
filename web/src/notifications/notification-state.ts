import { keepChoice, readChoice } from '../app/device-choices.ts';

/** Whether this device shows notifications, and if not, why. */
export type NotificationState = 'unsupported' | 'denied' | 'off' | 'on';

const KEY = 'causerie.notifications';
const ON = 'on';

/** Phones have notifications, which pages may not show by themselves: that is known after the first attempt. */
const UNSUPPORTED = 'unsupported';

const watchers = new Set<() => void>();

export function notificationState(): NotificationState {
  const chosen = readChoice(KEY);
  if (!('Notification' in globalThis) || chosen === UNSUPPORTED) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && chosen === ON ? 'on' : 'off';
}

/** Calls back when this or another tab, or somebody in the settings of the browser, has changed it. */
export function watchNotificationState(onChange: () => void): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  watchers.add(onChange);
  addEventListener('storage', ({ key }) => (key === KEY || key === null) && onChange(), { signal });
  // Not every browser can say that it has changed.
  navigator.permissions
    ?.query({ name: 'notifications' })
    .then((permission) => permission.addEventListener('change', onChange, { signal }))
    .catch(() => undefined);
  return () => {
    abort.abort();
    watchers.delete(onChange);
  };
}

/**
 * Asks the browser, which asks people: only to be called because of a click.
 * @param first the text of the first one, which shows whether there can be any
 */
export async function turnOnNotifications(first: string): Promise<void> {
  if ((await Notification.requestPermission()) === 'granted') choose(canShow(first) ? ON : UNSUPPORTED);
  else tellWatchers();
}

export const turnOffNotifications = (): void => choose('off');

function canShow(text: string): boolean {
  try {
    const first = new Notification('Causerie', { body: text, icon: '/favicon.svg', silent: true });
    return first.title !== '';
  } catch {
    return false;
  }
}

function choose(value: string): void {
  keepChoice(KEY, value);
  tellWatchers();
}

function tellWatchers(): void {
  for (const watcher of watchers) watcher();
}
