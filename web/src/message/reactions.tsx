import type { ReactElement } from 'react';
import { useNames } from '../people/use-names.ts';
import { useUserId } from '../people/use-user-id.ts';
import { useTexts } from '../texts/texts-context.ts';
import type { ShownReaction } from './reactions-state.ts';
import styles from './reactions.module.css';

/** So many are called by name. */
const NAMED = 3;

interface ReactionsProps {
  readonly reactions: readonly ShownReaction[];
  /** One's own can be taken back in any case. */
  readonly mayReact: boolean;
  readonly onToggle: (emoji: string) => void;
}

/** How people have reacted: each kind is a button that adds, or takes back, one's own. */
export function Reactions({ reactions, mayReact, onToggle }: ReactionsProps): ReactElement {
  const { message } = useTexts();
  return (
    <ul className={styles.list} aria-label={message.reactions}>
      {reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <ReactionButton reaction={reaction} disabled={!mayReact && !reaction.isOwn} onToggle={onToggle} />
        </li>
      ))}
    </ul>
  );
}

interface ReactionButtonProps {
  readonly reaction: ShownReaction;
  readonly disabled: boolean;
  readonly onToggle: (emoji: string) => void;
}

function ReactionButton({ reaction, disabled, onToggle }: ReactionButtonProps): ReactElement {
  const { message, common } = useTexts();
  const ownId = useUserId();
  const { emoji, count, isOwn, userIds } = reaction;
  const others = useNames(userIds.filter((id) => id !== ownId).slice(0, isOwn ? NAMED - 1 : NAMED));
  const names = isOwn ? [common.you, ...others] : others;
  const who = message.reactedBy(names, count - names.length);
  return (
    <button
      type="button"
      className={styles.reaction}
      aria-pressed={isOwn}
      aria-label={`${emoji} ${count}: ${who}`}
      title={who}
      disabled={disabled}
      onClick={() => onToggle(emoji)}
    >
      <bdi className={styles.emoji}>{emoji}</bdi> {count}
    </button>
  );
}
