// Evaluates a package where nothing but the language exists: no global of browsers or of Node, no timers, and no `eval`.
// Packages of others are evaluated outside: what they export is used, to make a context of React, for instance.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const OURS = /^@causerie\//;
const context = vm.createContext({}, { codeGeneration: { strings: false, wasm: false } });
const loaded = new Map();

async function load(specifier, parent) {
  if (!OURS.test(specifier) && !specifier.startsWith('.')) return replace(specifier);
  const url = specifier.startsWith('.') ? new URL(specifier, parent).href : import.meta.resolve(specifier);
  if (!loaded.has(url)) {
    const source = readFileSync(fileURLToPath(url), 'utf8');
    loaded.set(url, new vm.SourceTextModule(source, { context, identifier: url }));
  }
  return loaded.get(url);
}

async function replace(specifier) {
  const exported = await import(specifier);
  const names = Object.keys(exported);
  const module = new vm.SyntheticModule(
    names,
    () => names.forEach((name) => module.setExport(name, exported[name])),
    { context, identifier: specifier },
  );
  return module;
}

const module = await load(process.argv[2]);
await module.link((specifier, { identifier }) => load(specifier, identifier));
await module.evaluate();
process.stdout.write(JSON.stringify(Object.keys(module.namespace)));
