import {
  Profiler,
  type ReactElement,
  type ReactNode,
  StrictMode,
  useLayoutEffect,
  useState,
  version,
} from 'react';
import { flushSync } from 'react-dom';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { createClient } from '@causerie/client';
import { CauserieProvider, useConversation, useSummary } from '../../src/public-api.ts';
import { HOOKS } from './hooks.ts';
import { Stage } from './stage.ts';

const stage = new Stage();
window.stage = stage;
document.documentElement.dataset['react'] = version;

function Hook({ name, id }: { readonly name: string; readonly id: string }): ReactElement {
  return <p data-hook={name}>{JSON.stringify(HOOKS[name]?.(id))}</p>;
}

function MarksRead({ id }: { readonly id: string }): ReactNode {
  const conversation = useConversation(id);
  const isKnown = useSummary(id) !== null;
  useLayoutEffect(() => {
    if (isKnown) conversation.markRead();
  }, [conversation, isKnown]);
  return null;
}

function Hooks({ id }: { readonly id: string }): ReactElement[] {
  return Object.keys(HOOKS).map((name) => (
    <Profiler key={name} id={name} onRender={() => void stage.rendered.push(name)}>
      <Hook name={name} id={id} />
    </Profiler>
  ));
}

function Page(): ReactNode {
  const [{ id, marksRead = false }, render] = useState(stage.shown);
  stage.show = (shown) => flushSync(() => render((stage.shown = shown)));
  if (id === null) return null;
  return (
    <CauserieProvider client={stage.client}>
      {marksRead && <MarksRead id={id} />}
      <Hooks id={id} />
    </CauserieProvider>
  );
}

const root = document.querySelector('#root') ?? document.body;
const page = (
  <StrictMode>
    <Page />
  </StrictMode>
);
if (location.hash === '#hydrated') {
  const client = createClient({ url: stage.server.url });
  root.innerHTML = renderToString(
    <CauserieProvider client={client}>
      <Hooks id={stage.first} />
    </CauserieProvider>,
  );
  // The client of the browser may have read everything before the page is hydrated.
  await stage.signIn(stage.ada);
  await Promise.all([
    stage.client.conversations.load(),
    stage.client.conversation(stage.first).timeline.open(),
  ]);
  hydrateRoot(root, page);
} else {
  await stage.signIn(stage.ada);
  createRoot(root).render(page);
}
