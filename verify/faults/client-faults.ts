import { FAULTS } from './faults.ts';
import type { PlantedFault } from './planted-fault.ts';

/** Rules that the server breaks where the client library cannot heal it, and what `--client` reports then. */
const UNHEALED: Readonly<Record<string, string>> = {
  altered: 'altered',
  hole: 'diverging-client',
  'read-missing': 'diverging-client',
};

/** Faults of the server that `--client` finds as well. */
export const UNHEALED_FAULTS: readonly PlantedFault[] = FAULTS.flatMap((fault) => {
  const rule = UNHEALED[fault.rule];
  return rule === undefined ? [] : [{ ...fault, rule }];
});

/** Faults of the client library, which `--client` finds. The modules are those below `packages/client/src`. */
export const CLIENT_FAULTS: readonly PlantedFault[] = [
  {
    name: 'a message is shown although earlier ones are missing',
    rule: 'diverging-client',
    module: 'merge/draft.ts',
    replacements: [['isAhead(seq) && index === next.rows.length', 'isAhead(seq)']],
  },
  {
    name: 'the outbox forgets a message',
    rule: 'diverging-client',
    module: 'outbox/create-outbox.ts',
    replacements: [
      [
        'rows.set([...rows.getSnapshot(), row]);',
        'if (Math.random() > 0.05) rows.set([...rows.getSnapshot(), row]);',
      ],
    ],
  },
];
