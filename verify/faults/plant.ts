// Loaded into the server before its own program: --import plant.ts?<name of a fault>&<name of another>
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { FAULTS, SILENT_NODES } from './faults.ts';
import { plantFault } from './plant-fault.ts';

const names = new URL(import.meta.url).search.slice(1).split('&').map(decodeURIComponent);
const faults = [...FAULTS, SILENT_NODES].filter(({ name }) => names.includes(name));
if (faults.length !== names.length) throw new Error(`not all of these are faults: ${names.join(', ')}`);

registerHooks({
  load(url, context, nextLoad) {
    const here = faults.filter(({ module }) => url.endsWith(`/dist/arch/${module}`));
    if (here.length === 0) return nextLoad(url, context);
    const source = here.reduce(
      (text, fault) => plantFault(fault, text),
      readFileSync(fileURLToPath(url), 'utf8'),
    );
    return { format: 'module', source, shortCircuit: true };
  },
});
