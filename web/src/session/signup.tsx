import { isCauserieError } from '@causerie/client';
import { useClient } from '@causerie/react';
import type { ReactElement } from 'react';
import { useTexts } from '../texts/texts-context.ts';
import { TextField } from '../ui/text-field.tsx';
import { useSubmission } from '../ui/use-submission.ts';
import { SessionPage } from './session-page.tsx';

export function Signup(): ReactElement {
  const { session: say } = useTexts();
  const client = useClient();
  const submission = useSubmission(({ email = '', password = '', displayName = '' }) =>
    client.session.signup({ email, password, displayName }),
  );
  const { error, problemOf } = submission;
  const isTaken = isCauserieError(error, 'EMAIL_ALREADY_USED');
  const isOfField = isTaken || isCauserieError(error, 'VALIDATION_FAILED');
  return (
    <SessionPage
      title={say.signUp}
      submission={submission}
      error={isOfField ? null : error}
      other={{ question: say.hasAccount, text: say.logIn, href: `/login${location.search}` }}
    >
      <TextField
        label={say.name}
        hint={say.nameHint}
        problem={problemOf('displayName', say.nameRefused)}
        name="displayName"
        autoComplete="name"
        maxLength={80}
        required
        autoFocus
      />
      <TextField
        label={say.email}
        problem={isTaken ? say.emailTaken : problemOf('email', say.emailRefused)}
        name="email"
        type="email"
        autoComplete="username"
        maxLength={254}
        required
      />
      <TextField
        label={say.password}
        hint={say.passwordHint}
        problem={problemOf('password', say.passwordRefused)}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        maxLength={128}
        required
      />
    </SessionPage>
  );
}
