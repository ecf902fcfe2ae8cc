import { useRead, useSummary } from '@causerie/react';
import type { ReactElement } from 'react';
import { useNames } from '../people/use-names.ts';
import { useUserId } from '../people/use-user-id.ts';
import { useTexts } from '../texts/texts-context.ts';
import styles from './read-line.module.css';

/** More readers are counted. */
const MOST_NAMES = 3;

/** Who has read the last message, when that is one's own. Its place is always there, so that nothing moves. */
export function ReadLine({ id }: { readonly id: string }): ReactElement | null {
  const ownId = useUserId();
  const summary = useSummary(id);
  const last = summary?.lastMessage;
  if (!last || !('seq' in last) || last.senderId !== ownId || last.deletedAt !== null) return null;
  return (
    <p className={styles.line}>
      {summary.type === 'direct' ? (
        <OneHasRead id={id} seq={last.seq} />
      ) : (
        <HaveRead id={id} seq={last.seq} others={summary.memberCount - 1} />
      )}
    </p>
  );
}

interface ReadersProps {
  readonly id: string;
  readonly seq: number;
}

/** Those who have told that they have read a message. */
const useReaders = ({ id, seq }: ReadersProps): readonly string[] =>
  [...useRead(id).byUser].filter(([, read]) => read >= seq).map(([userId]) => userId);

function OneHasRead(props: ReadersProps): ReactElement {
  const { conversation } = useTexts();
  return <>{useReaders(props).length > 0 && conversation.read}</>;
}

function HaveRead({ others, ...props }: ReadersProps & { readonly others: number }): ReactElement {
  const { common, conversation } = useTexts();
  const readers = useReaders(props);
  const names = useNames(readers.slice(0, MOST_NAMES));
  if (readers.length > 1 && readers.length >= others) return <>{conversation.readByAll}</>;
  if (readers.length > MOST_NAMES) return <>{conversation.readByCount(readers.length)}</>;
  return <>{names.length > 0 && conversation.readBy(common.people(names))}</>;
}
