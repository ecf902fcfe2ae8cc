import type { ReactElement } from 'react';
import { colourOf, initialsOf } from './initials.ts';
import styles from './avatar.module.css';

interface AvatarProps {
  /** What the colour is made of. */
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  readonly size?: 'small' | 'normal' | 'large';
}

/** A picture, or the initials on a colour. It is only an ornament: the name stands beside it. */
export function Avatar({ id, name, url, size = 'normal' }: AvatarProps): ReactElement {
  return (
    <span className={styles.avatar} data-size={size} data-colour={colourOf(id)} aria-hidden>
      {url === null ? initialsOf(name) : <img src={url} alt="" loading="lazy" decoding="async" />}
    </span>
  );
}
