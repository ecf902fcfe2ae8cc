import type { PublicProfile } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { useLocation } from 'wouter';
import { ArrowLeft } from '../ui/icons.ts';
import { conversationAddress } from '../app/addresses.ts';
import { PeoplePicker } from '../people/people-picker.tsx';
import { useTexts } from '../texts/texts-context.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Problem } from '../ui/problem.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useIsShown } from '../ui/use-is-shown.ts';
import { useSubmission } from '../ui/use-submission.ts';
import styles from './new-conversation.module.css';

/** Begins a conversation: with one person a direct one, with several a group. */
export default function NewConversation(): ReactElement {
  const texts = useTexts();
  const { people, list, common } = texts;
  const { conversations } = useClient();
  const [, navigate] = useLocation();
  const [chosen, setChosen] = useState<readonly PublicProfile[]>([]);
  const [only] = chosen;
  const isGroup = chosen.length > 1;
  const isShown = useIsShown();
  const { isBusy, error, problemOf, submit } = useSubmission(async ({ title = '' }) => {
    if (!only) return;
    const memberIds = chosen.map(({ id }) => id);
    const begun = isGroup
      ? await conversations.create({ memberIds, ...(title.trim() !== '' && { title: title.trim() }) })
      : await conversations.openDirect(only.id);
    if (isShown.current) navigate(conversationAddress(begun.id), { replace: true });
  });
  const titleProblem = problemOf('title', texts.details.titleRefused);
  return (
    <form
      className={styles.page}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <header className={styles.header}>
        <IconButton icon={ArrowLeft} label={common.back} onClick={() => navigate('/')} />
        <h1>{list.newConversation}</h1>
      </header>
      <PeoplePicker chosen={chosen} onChange={setChosen} />
      {isGroup && (
        <TextField
          label={people.title}
          hint={people.titleHint}
          problem={titleProblem}
          name="title"
          maxLength={255}
          autoComplete="off"
        />
      )}
      <Problem error={titleProblem === undefined ? error : null} />
      <Button type="submit" look="main" disabled={isBusy || !only}>
        {people.begin}
      </Button>
    </form>
  );
}
