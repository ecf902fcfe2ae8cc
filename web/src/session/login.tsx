import { isCauserieError } from '@causerie/client';
import { useClient } from '@causerie/react';
import { type ReactElement, useEffect, useRef } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { TextField } from '../ui/text-field.tsx';
import { useSubmission } from '../ui/use-submission.ts';
import { noteFocus } from '../ui/where-focus.ts';
import { SessionPage } from './session-page.tsx';

export function Login(): ReactElement {
  const { session: say } = useTexts();
  const client = useClient();
  const password = useRef<HTMLInputElement>(null);
  const hasLeft = useRef<() => boolean>(undefined);
  const submission = useSubmission(({ email = '', password: secret = '' }) => {
    hasLeft.current = noteFocus();
    return client.session.login({ email, password: secret });
  });
  const { error } = submission;
  const isWrong = isCauserieError(error, 'INVALID_CREDENTIALS');
  useEffect(() => {
    if (isWrong && !hasLeft.current?.()) password.current?.select();
  }, [isWrong, error]);
  return (
    <SessionPage
      title={say.logIn}
      submission={submission}
      error={error}
      problem={isWrong ? say.invalidCredentials : undefined}
      other={{ question: say.noAccount, text: say.signUp, href: `/signup${location.search}` }}
    >
      <TextField label={say.email} name="email" type="email" autoComplete="username" required autoFocus />
      <TextField
        ref={password}
        label={say.password}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
    </SessionPage>
  );
}
