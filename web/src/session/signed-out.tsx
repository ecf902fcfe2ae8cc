import type { ReactElement } from 'react';
import { Route, Switch } from 'wouter';
import { Login } from './login.tsx';
import { SignedOutElsewhere } from './signed-out-elsewhere.tsx';
import { Signup } from './signup.tsx';

export interface SignedOutProps {
  /** The session has ended elsewhere while this page was open. */
  readonly wasEnded: boolean;
  readonly onContinue: () => void;
}

/** What those see who are not logged in. */
export default function SignedOut({ wasEnded, onContinue }: SignedOutProps): ReactElement {
  if (wasEnded) return <SignedOutElsewhere onContinue={onContinue} />;
  return (
    <Switch>
      <Route path="/signup" component={Signup} />
      <Route component={Login} />
    </Switch>
  );
}
