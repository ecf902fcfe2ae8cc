import type { PlantedFault } from './planted-fault.ts';

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
