import { useSession } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { createComposingStore } from '../composer/composing.ts';
import { ComposingContext } from '../composer/use-composing.ts';
import { Login } from '../session/login.tsx';
import { Signup } from '../session/signup.tsx';
import { ToastRegion } from '../ui/toasts.tsx';
import { Badge } from './badge.tsx';
import { Shell } from './shell.tsx';
import { afterLogin, loginAddress } from './addresses.ts';

export function App(): ReactElement {
  return (
    <>
      <Screen />
      <ToastRegion />
    </>
  );
}

function Screen(): ReactElement | null {
  const { status, user } = useSession();
  if (status === 'unknown') return null;
  // Another user is another chat: nothing of the one before stays.
  return status === 'signed-in' ? <SignedIn key={user?.id ?? ''} /> : <SignedOut />;
}

function SignedIn(): ReactElement {
  const [composing] = useState(createComposingStore);
  return (
    <ComposingContext value={composing}>
      <Badge />
      <SignedInPages />
    </ComposingContext>
  );
}

function SignedInPages(): ReactElement {
  return (
    <Switch>
      <Route path="/login">
        <Redirect to={afterLogin()} replace />
      </Route>
      <Route path="/signup">
        <Redirect to={afterLogin()} replace />
      </Route>
      <Route>
        <Shell />
      </Route>
    </Switch>
  );
}

function SignedOut(): ReactElement {
  return (
    <Switch>
      <Route path="/login" component={Login} />
      <Route path="/signup" component={Signup} />
      <Route>
        <Redirect to={loginAddress()} replace />
      </Route>
    </Switch>
  );
}
