import { type ReactElement, useRef } from 'react';
import { useLocation } from 'wouter';
import { ArrowLeft } from '../ui/icons.ts';
import { NotFound } from '../app/empty-pages.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { useTexts } from '../texts/texts-context.ts';
import { IconButton } from '../ui/button.tsx';
import { useMedia } from '../ui/use-media.ts';
import { SECTIONS } from './sections.ts';
import styles from './settings.module.css';
import { WIDE } from './wide.ts';
import { SettingsNav } from './settings-nav.tsx';
import { useMovedFocus } from './use-moved-focus.ts';

/** The sections of the settings, and one of them: beside each other where there is room, else the one after the other. */
export default function SettingsPage(): ReactElement {
  const say = useSettingsTexts();
  const { common } = useTexts();
  const [location, navigate] = useLocation();
  const isWide = useMedia(WIDE);
  const isStart = location === '/settings';
  const section =
    SECTIONS.find(({ path }) => path === location) ?? (isStart && isWide ? SECTIONS[0] : undefined);
  const title = useRef<HTMLHeadingElement>(null);
  useMovedFocus(title, section?.path);
  if (!section && !isStart) return <NotFound />;
  const nested = isWide ? undefined : section;
  return (
    <section className={styles.settings}>
      <header className={styles.header}>
        <IconButton
          icon={ArrowLeft}
          label={common.back}
          onClick={() => navigate(nested ? '/settings' : '/')}
        />
        <h1 ref={title} tabIndex={-1}>
          {nested ? say.sections[nested.name] : say.settings}
        </h1>
      </header>
      <div className={styles.areas}>
        {(isWide || !section) && <SettingsNav current={section?.name} />}
        {section && <section.Section key={section.name} />}
      </div>
    </section>
  );
}
