import { useEffect, useState } from 'react';

interface Page<Item> {
  readonly data: readonly Item[];
  readonly nextCursor?: string | null;
}

/** A list of the server, page by page. */
export interface Pages<Item> {
  /** Null until the first page is there. */
  readonly items: readonly Item[] | null;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly hasMore: boolean;
  /** Loads the next page, or again the one that has failed. */
  readonly loadMore: () => void;
  /** Reads the first page again. */
  readonly reload: () => void;
  readonly change: (edit: (items: readonly Item[]) => readonly Item[]) => void;
}

/** @param load always the same function for a list */
export function usePages<Item>(load: (cursor: string | undefined) => Promise<Page<Item>>): Pages<Item> {
  const [items, setItems] = useState<readonly Item[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [wanted, setWanted] = useState<{ readonly cursor?: string | undefined }>({});
  const [isBusy, setBusy] = useState(true);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    const { cursor } = wanted;
    function show({ data, nextCursor = null }: Page<Item>): void {
      setItems((before) => (cursor === undefined ? data : [...(before ?? []), ...data]));
      setNext(nextCursor);
    }
    load(cursor)
      .then((page) => isCurrent && show(page))
      .catch((failure: unknown) => isCurrent && setError(failure))
      .finally(() => isCurrent && setBusy(false));
    return () => {
      isCurrent = false;
    };
  }, [load, wanted]);
  function read(cursor: string | undefined): void {
    setBusy(true);
    setError(null);
    setWanted({ cursor });
  }
  return {
    items,
    isBusy,
    error,
    hasMore: next !== null,
    loadMore: () => read(next ?? undefined),
    reload: () => read(undefined),
    change: (edit) => setItems((before) => before && edit(before)),
  };
}
