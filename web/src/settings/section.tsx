import { type ReactElement, type ReactNode, useRef } from 'react';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { useIsAway } from '../app/use-is-away.ts';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { useMedia } from '../ui/use-media.ts';
import type { SectionName } from './section-name.ts';
import styles from './settings.module.css';
import { WIDE } from './wide.ts';

interface SectionProps {
  readonly name: SectionName;
  /** Whether it can do nothing without one; forms say it at their buttons. */
  readonly needsConnection?: boolean;
  readonly children: ReactNode;
}

/**
 * The frame of a section: its title, unless that stands above already, and what keeps it from working. It takes the focus of
 * what goes away in it.
 */
export function Section({ name, needsConnection = false, children }: SectionProps): ReactElement {
  const say = useSettingsTexts();
  const isWide = useMedia(WIDE);
  const isAway = useIsAway();
  const box = useRef<HTMLDivElement>(null);
  const focus = useKeptFocus(box);
  return (
    <div {...focus} ref={box} tabIndex={-1} className={styles.section}>
      {isWide && <h2>{say.sections[name]}</h2>}
      {isAway && needsConnection && <p className={styles.note}>{say.needsConnection}</p>}
      {children}
    </div>
  );
}
