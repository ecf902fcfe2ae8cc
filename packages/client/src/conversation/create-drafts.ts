import { createStore, type Store } from '../observable/create-store.ts';
import { createKeptMap } from '../sync/kept-map.ts';
import type { Scope } from '../sync/scope.ts';

/** Milliseconds until a draft is kept. */
const SAVING = 300;

/** What is written, and not sent yet. */
export interface Drafts {
  readonly texts: Store<ReadonlyMap<string, string>>;
  readonly set: (conversationId: string, text: string) => void;
  /**
   * Another user is signed in.
   * @param keepsTexts what was written before it was known who is signed in is of this user
   */
  readonly load: (forgotten: string | null, keepsTexts: boolean) => void;
}

export function createDrafts(scope: Scope): Drafts {
  const kept = createKeptMap<string>(scope, 'drafts');
  const texts = createStore<ReadonlyMap<string, string>>(new Map());
  /** What is not kept yet, by conversation. */
  const unsaved = new Map<string, () => void>();
  let endWatch: (() => void) | undefined;

  async function read(): Promise<void> {
    const userId = scope.userId();
    const all = await kept.read();
    if (userId !== scope.userId()) return;
    // Somebody else may have written what is in the storage.
    for (const [id, text] of all) if (typeof text !== 'string') all.delete(id);
    for (const id of unsaved.keys()) put(all, id, texts.getSnapshot().get(id) ?? '');
    texts.set(all);
  }

  return {
    texts,
    set(id, text) {
      const next = new Map(texts.getSnapshot());
      put(next, id, text);
      texts.set(next);
      unsaved.get(id)?.();
      const userId = scope.userId() ?? undefined;
      const cancel = scope.clock.setTimer(SAVING, () => {
        void kept
          .change((all) => put(all, id, text), userId)
          .then(() => unsaved.get(id) === cancel && unsaved.delete(id));
      });
      unsaved.set(id, cancel);
    },
    load(forgotten, keepsTexts) {
      if (!keepsTexts) {
        // The session may have ended while somebody was writing: that is kept for whoever wrote it.
        if (forgotten !== null) for (const cancel of unsaved.values()) cancel();
        unsaved.clear();
        texts.set(new Map());
      }
      endWatch?.();
      if (forgotten !== null) kept.forget(forgotten);
      if (scope.userId() === null) return;
      endWatch = kept.watch(() => void read());
      void read();
    },
  };
}

/** An empty text is no draft. */
function put(texts: Map<string, string>, id: string, text: string): void {
  if (text) texts.set(id, text);
  else texts.delete(id);
}
