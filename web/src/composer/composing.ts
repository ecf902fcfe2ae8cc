import type { Message, Pending } from '@causerie/client';

/** What the composer is used for, when it is not just the next message. */
export type Composing =
  | { readonly kind: 'reply'; readonly to: Message }
  /** The text of the draft waits until the edit is over. */
  | { readonly kind: 'edit'; readonly message: Message; readonly text: string }
  /** A message that could not be sent; it stays in the list until it is sent in its new form. */
  | { readonly kind: 'recall'; readonly pending: Pending; readonly text: string };

/** Tells one use of a composer from another, whatever has been typed; empty when it is the next message. */
export function purposeOf(composing: Composing | null): string {
  if (composing?.kind === 'reply') return `reply ${composing.to.id}`;
  if (composing?.kind === 'edit') return `edit ${composing.message.id}`;
  return composing ? `recall ${composing.pending.clientMessageId}` : '';
}

/** What the composer of each conversation is used for. */
export interface ComposingStore {
  readonly get: (conversationId: string) => Composing | null;
  readonly set: (conversationId: string, composing: Composing | null) => void;
  readonly subscribe: (onChange: () => void) => () => void;
}

export function createComposingStore(): ComposingStore {
  const all = new Map<string, Composing>();
  const watchers = new Set<() => void>();
  return {
    get: (id) => all.get(id) ?? null,
    set(id, composing) {
      if (composing) all.set(id, composing);
      else all.delete(id);
      for (const watcher of watchers) watcher();
    },
    subscribe(onChange) {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
  };
}

/** Those of users: that of one is there until somebody else comes, also when the session has ended in between. */
export function createComposingStores(): (userId: string) => ComposingStore {
  let known = '';
  let store = createComposingStore();
  return (userId) => {
    if (userId !== known) store = createComposingStore();
    known = userId;
    return store;
  };
}
