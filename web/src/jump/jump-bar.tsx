import type { Timeline, TimelineState } from '@causerie/client';
import { useObservable } from '@causerie/react';
import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import styles from './jump-bar.module.css';

/** Says that another place is being loaded, while the old one is still shown. */
export function JumpBar({ timeline }: { readonly timeline: Timeline }): ReactElement | null {
  const { common } = useTexts();
  const isJumping = useObservable(timeline, timeline.getSnapshot(), isJumpOf);
  return isJumping ? <progress className={styles.bar} aria-label={common.loading} /> : null;
}

const isJumpOf = ({ busy }: TimelineState): boolean => busy === 'jump';
