import { useSyncExternalStore } from 'react';
import { dayOf } from '../texts/times.ts';

const MINUTE = 60_000;
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function watchDay(onChange: () => void): () => void {
  watchers.add(onChange);
  timer ??= setInterval(() => {
    for (const watcher of watchers) watcher();
  }, MINUTE);
  return () => {
    watchers.delete(onChange);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The day of now; whoever shows it is rendered again at midnight. */
export const useToday = (): string => useSyncExternalStore(watchDay, () => dayOf(new Date()));
