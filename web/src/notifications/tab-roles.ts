/** What tabs of one browser tell each other by their locks, which end with them. */
const NOTIFIER = 'causerie.notifier';
const lookingAt = (conversationId: string): string => `causerie.looking-at:${conversationId}`;

/** Holds a lock until the answer is called. */
function hold(name: string, mode: LockMode, onHeld?: () => void): () => void {
  const abort = new AbortController();
  const ended = new Promise<void>((resolve) => abort.signal.addEventListener('abort', () => resolve()));
  navigator.locks
    .request(name, { mode, signal: abort.signal }, () => (onHeld?.(), ended))
    // It was given up while it was waited for.
    .catch(() => undefined);
  return () => abort.abort();
}

/** One tab at a time is the one that notifies; calls back when it is this one. Returns how to leave that to others. */
export const becomeNotifier = (onHeld: () => void): (() => void) => hold(NOTIFIER, 'exclusive', onHeld);

/** Tells the other tabs that somebody looks at a conversation, or at the thread of a message, here. Returns how to end it. */
export const lookAt = (conversationId: string): (() => void) => hold(lookingAt(conversationId), 'shared');

/** Whether somebody looks at a conversation, or at the thread of a message, in any tab. */
export async function isLookedAt(conversationId: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === lookingAt(conversationId));
}
