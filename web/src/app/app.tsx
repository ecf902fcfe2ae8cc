import { useSession } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { createComposingStore } from '../composer/composing.ts';
import { ComposingContext } from '../composer/use-composing.ts';
import { Notifications } from '../notifications/notifications.tsx';
import { isBeingLeft } from '../session/leaving.ts';
import { Login } from '../session/login.tsx';
import { SignedOutElsewhere } from '../session/signed-out-elsewhere.tsx';
import { Signup } from '../session/signup.tsx';
import { useWasEnded } from '../session/use-was-ended.ts';
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
  const [wasEnded, goOn] = useWasEnded(status);
  if (status === 'unknown') return null;
  if (wasEnded) return <SignedOutElsewhere onContinue={goOn} />;
  // Another user is another chat: nothing of the one before stays.
  return status === 'signed-in' ? <SignedIn key={user?.id ?? ''} /> : <SignedOut />;
}

function SignedIn(): ReactElement {
  const [composing] = useState(createComposingStore);
  return (
    <ComposingContext value={composing}>
      <Badge />
      <Notifications />
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
        <Redirect to={isBeingLeft() ? '/login' : loginAddress()} replace />
      </Route>
    </Switch>
  );
}
