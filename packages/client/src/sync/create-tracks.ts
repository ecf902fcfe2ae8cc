import { createTrack, type Track, type TrackHooks } from './create-track.ts';
import type { Rooms } from './create-rooms.ts';
import type { Scope } from './scope.ts';

/** The timelines that are held. */
export interface Tracks {
  readonly of: (id: string) => Track;
  /** Those with messages, the one that was used last at the end. */
  readonly open: () => readonly (readonly [string, Track])[];
  /** It is used now: others that nobody observes make place. */
  readonly use: (id: string) => void;
  /** Returns how to say that it is observed no longer. */
  readonly observe: (id: string) => () => void;
  readonly isObserved: (id: string) => boolean;
}

export function createTracks(
  scope: Scope,
  rooms: Rooms,
  told: Pick<TrackHooks, 'onChanges' | 'onMessages'>,
): Tracks {
  const tracks = new Map<string, Track>();
  const observers = new Map<string, number>();

  function of(id: string): Track {
    let track = tracks.get(id);
    if (!track) {
      track = createTrack(id, scope, {
        ...told,
        changes: rooms.changes,
        join: async () => {
          const head = await rooms.join(id);
          if (head) of(id).apply({ kind: 'joined', rev: head.rev, lastSeq: head.lastSeq });
        },
      });
      tracks.set(id, track);
    }
    return track;
  }

  const isObserved = (id: string): boolean => (observers.get(id) ?? 0) > 0;
  const open = (): (readonly [string, Track])[] => [...tracks].filter(([, track]) => track.isOpen());

  return {
    of,
    open,
    isObserved,
    use(id) {
      const used = of(id);
      tracks.delete(id);
      tracks.set(id, used);
      const unused = open().filter(([one]) => one !== id && !isObserved(one));
      const excess = open().length - scope.limits.timelines;
      for (const [, track] of unused.slice(0, Math.max(0, excess))) track.close();
    },
    observe(id) {
      observers.set(id, (observers.get(id) ?? 0) + 1);
      return () => observers.set(id, (observers.get(id) ?? 1) - 1);
    },
  };
}
