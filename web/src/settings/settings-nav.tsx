import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { ChevronRight } from '../ui/later-icons.ts';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { LogOut } from './log-out.tsx';
import type { SectionName } from './section-name.ts';
import { SECTIONS } from './sections.ts';
import styles from './settings.module.css';

/** The way to the sections, and out. */
export function SettingsNav({ current }: { readonly current: SectionName | undefined }): ReactElement {
  const say = useSettingsTexts();
  return (
    <nav className={styles.nav} aria-label={say.settings}>
      {SECTIONS.map(({ name, path, icon: Icon }) => (
        <Link
          key={name}
          href={path}
          className={styles.link}
          aria-current={name === current ? 'page' : undefined}
        >
          <Icon size={20} strokeWidth={1.75} />
          <span>{say.sections[name]}</span>
          {current === undefined && <ChevronRight size={18} />}
        </Link>
      ))}
      <LogOut />
    </nav>
  );
}
