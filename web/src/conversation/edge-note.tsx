import type { Timeline } from '@causerie/client';
import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { Button } from '../ui/button.tsx';
import { useOnline } from '../ui/use-online.ts';
import styles from './edge-note.module.css';
import { useFailedEdge } from './use-failed-edge.ts';

interface EdgeNoteProps {
  readonly timeline: Timeline;
  /** The note goes away when it is tried again: the focus goes to what was tried. */
  readonly onLeave: () => void;
}

/** Says that further messages could not be loaded, at the end where they are missing; it lies over the rows, which stay. */
export function EdgeNote({ timeline, onLeave }: EdgeNoteProps): ReactElement {
  const { common, conversation } = useTexts();
  const edge = useFailedEdge(timeline);
  const load = (): void => {
    if (edge !== null) void (edge === 'older' ? timeline.loadOlder() : timeline.loadNewer());
  };
  useOnline(load);
  return (
    <div role="alert">
      {edge !== null && (
        <p className={styles.note} data-edge={edge}>
          {conversation.moreNotLoaded}
          <Button
            onClick={() => {
              onLeave();
              load();
            }}
          >
            {common.retry}
          </Button>
        </p>
      )}
    </div>
  );
}
