import { type ReactElement, useState } from 'react';
import { useConnection, useSession } from '../../src/public-api.ts';

/** The module that is edited while the page is open. */
export function Greeting(): ReactElement {
  const { user } = useSession();
  const { status } = useConnection();
  const [clicks, setClicks] = useState(0);
  return (
    <button onClick={() => setClicks(clicks + 1)}>
      Hello, {user?.displayName}! {status}, {clicks}
    </button>
  );
}
