// Loaded before the program of the server, or of the check: --import plant.ts?<name of a fault>&<name of another>
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { CLIENT_FAULTS } from './client-faults.ts';
import { FAULTS, SILENT_NODES } from './faults.ts';
import { plantFault } from './plant-fault.ts';

const names = new URL(import.meta.url).search.slice(1).split('&').map(decodeURIComponent);
const faults = [...FAULTS, SILENT_NODES, ...CLIENT_FAULTS].filter(({ name }) => names.includes(name));
if (faults.length !== names.length) throw new Error(`not all of these are faults: ${names.join(', ')}`);

registerHooks({
  load(url, context, nextLoad) {
    const here = faults.filter(({ module }) =>
      ['dist/arch', 'packages/client/src'].some((folder) => url.endsWith(`/${folder}/${module}`)),
    );
    if (here.length === 0) return nextLoad(url, context);
    const source = here.reduce(
      (text, fault) => plantFault(fault, text),
      readFileSync(fileURLToPath(url), 'utf8'),
    );
    return { format: url.endsWith('.ts') ? 'module-typescript' : 'module', source, shortCircuit: true };
  },
});
