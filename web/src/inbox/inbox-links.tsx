import { useTotals } from '@causerie/react';
import type { ReactElement } from 'react';
import { Link, useRoute } from 'wouter';
import type { IconComponent } from '../ui/create-icon.tsx';
import { AtSign, MessagesSquare } from '../ui/icons.ts';
import { useTexts } from '../texts/texts-context.ts';
import styles from './inbox-links.module.css';

/** Above the list: the ways to the threads that one follows, and to what mentions one, with how much of it is unread. */
export function InboxLinks(): ReactElement {
  const { inbox } = useTexts();
  const { threads, mentions } = useTotals();
  return (
    <div className={styles.links}>
      <InboxLink address="/threads" icon={MessagesSquare} text={inbox.threads} count={threads} />
      <InboxLink address="/mentions" icon={AtSign} text={inbox.mentions} count={mentions} />
    </div>
  );
}

interface InboxLinkProps {
  readonly address: string;
  readonly icon: IconComponent;
  readonly text: string;
  readonly count: number;
}

function InboxLink({ address, icon: Icon, text, count }: InboxLinkProps): ReactElement {
  const { inbox } = useTexts();
  const [isShown] = useRoute(address);
  return (
    <Link href={address} className={styles.link} aria-current={isShown ? 'page' : undefined}>
      <Icon size={16} />
      <span className={styles.text}>{text}</span>
      {count > 0 && (
        <span className={styles.count}>
          <span aria-hidden>{count > 99 ? '99+' : count}</span>
          <span className={styles.spoken}>{inbox.unread(count)}</span>
        </span>
      )}
    </Link>
  );
}
