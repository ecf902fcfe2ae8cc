import { useSession } from '@causerie/react';
import { type ReactElement, useState } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { type ComposingStore, createComposingStores } from '../composer/composing.ts';
import { ComposingContext } from '../composer/use-composing.ts';
import { Notifications } from '../notifications/notifications.tsx';
import { isBeingLeft } from '../session/leaving.ts';
import { loadSignedOut } from '../session/load-signed-out.ts';
import type { SignedOutProps } from '../session/signed-out.tsx';
import { useWasEnded } from '../session/use-was-ended.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { ToastRegion } from '../ui/toasts.tsx';
import { Badge } from './badge.tsx';
import { Shell } from './shell.tsx';
import { afterLogin, loginAddress } from './addresses.ts';

const SignedOutPage = lazyPart(loadSignedOut);

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
  const [composingOf] = useState(createComposingStores);
  if (status === 'unknown') return null;
  // Who logs out leaves nothing.
  if (status === 'signed-out' && isBeingLeft()) composingOf('');
  if (status === 'signed-out') return <SignedOut wasEnded={wasEnded} onContinue={goOn} />;
  // Another user is another chat: nothing of the one before stays.
  const userId = user?.id ?? '';
  return <SignedIn key={userId} composing={composingOf(userId)} />;
}

function SignedIn({ composing }: { readonly composing: ComposingStore }): ReactElement {
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
      <Route path="/login" component={AfterLogin} />
      <Route path="/signup" component={AfterLogin} />
      <Route>
        <Shell />
      </Route>
    </Switch>
  );
}

/** It may lead to a page to log in again: then to where that leads, and in the end to another page. */
function AfterLogin(): ReactElement {
  const [path] = useLocation();
  const search = useSearch();
  return <Redirect key={`${path}?${search}`} to={afterLogin()} replace />;
}

/** Where those are led who come without a session is known at once: what they see has to be loaded. */
function SignedOut(props: SignedOutProps): ReactElement {
  const [path] = useLocation();
  if (props.wasEnded || /^\/(?:login|signup)$/.test(path)) return <SignedOutPage {...props} />;
  return <Redirect to={isBeingLeft() ? '/login' : loginAddress()} replace />;
}
