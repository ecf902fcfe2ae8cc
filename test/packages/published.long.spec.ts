import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it as test } from 'vitest';
import { MODULES, NAMES, oldestNode, packPackages, ROOT, run } from './packed-packages.js';

const it = test
  .extend('names', { scope: 'file' }, NAMES)
  .extend('packed', { scope: 'file' }, async ({ names }, { onCleanup }) => {
    const packed = await packPackages(names);
    onCleanup(() => packed.remove());
    return packed;
  })
  .extend('node', { scope: 'file' }, () => oldestNode());

describe.for([...NAMES])('the package of %s', (name) => {
  it('has one module for each source, their types, and its papers', ({ packed }) => {
    const sources = globSync('**/*.{ts,tsx}', { cwd: join(ROOT, 'packages', name, 'src') })
      .filter((file) => !file.includes('.spec.'))
      .map((file) => file.replace(/\.tsx?$/, ''));
    const expected = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'].concat(
      sources.flatMap((file) => [`dist/${file}.d.ts`, `dist/${file}.js`]),
    );
    const files = globSync('**/*.*', { cwd: packed.place(name) });
    expect(
      globSync('LICENSE', { cwd: packed.place(name) })
        .concat(files)
        .toSorted(),
    ).toEqual(expected.toSorted());
  });

  it('is a module without side effects, which is nowhere part of the workspace', ({ packed }) => {
    const manifest = packed.manifest(name);
    expect(manifest).toMatchObject({ type: 'module', sideEffects: false });
    expect(JSON.stringify(manifest)).not.toContain('workspace:');
    expect(Object.keys(manifest.exports)).toContain('./package.json');
  });

  it('is right to publint', async ({ packed }) => {
    const { stdout } = await run(join(MODULES, '.bin/publint'), ['--strict', packed.tarball(name)]);
    expect(stdout).toContain('All good!');
  });

  it('has types that every resolution of ES modules finds', async ({ packed }) => {
    const attw = run(join(MODULES, '.bin/attw'), ['--profile', 'esm-only', packed.tarball(name)]);
    await expect(attw).resolves.toMatchObject({ stderr: '' });
  });

  it('needs nothing but the language when it is imported', async ({ packed, node }) => {
    const program = join(packed.folder, 'empty-context.mjs');
    cpSync(join(import.meta.dirname, 'empty-context.mjs'), program);
    for (const specifier of packed.specifiers(name)) {
      const options = ['--experimental-vm-modules', '--no-warnings', program, specifier];
      const { stdout } = await run(node, options, { cwd: packed.folder });
      expect(JSON.parse(stdout)).toBeInstanceOf(Array);
    }
  });

  it('is imported and required by Node 20.19.0', async ({ packed, node }) => {
    for (const specifier of packed.specifiers(name)) {
      const [imported, required] = await Promise.all([
        run(node, ['--input-type=module', '-e', print(`await import('${specifier}')`)], {
          cwd: packed.folder,
        }),
        run(node, ['--input-type=commonjs', '-e', print(`require('${specifier}')`)], { cwd: packed.folder }),
      ]);
      expect(required).toEqual(imported);
      expect(required.stderr).toBe('');
    }
  });
});

/** Prints the names that a module exports. */
const print = (module: string): string =>
  `process.stdout.write(JSON.stringify(Object.keys(${module}).filter((name) => !/^(__esModule|module\\.exports)$/.test(name)).sort()))`;

const COMPILERS = ['typescript-5.9', 'typescript-6', 'typescript'] as const;
const DOM = { lib: ['es2022', 'dom'], types: [] };
const NODE = { lib: ['es2022'], types: ['node'] };
const BUNDLER = { module: 'esnext', moduleResolution: 'bundler' };
const NODENEXT = { module: 'nodenext', moduleResolution: 'nodenext' };
/** Each pair of settings occurs in one of the rows. */
const SETTINGS = {
  'a bundler, browsers, exact optional properties': { ...BUNDLER, ...DOM, exactOptionalPropertyTypes: true },
  'a bundler, Node': { ...BUNDLER, ...NODE, exactOptionalPropertyTypes: false },
  'modules of Node, browsers': { ...NODENEXT, ...DOM, exactOptionalPropertyTypes: false },
  'modules of Node, Node, exact optional properties': {
    ...NODENEXT,
    ...NODE,
    exactOptionalPropertyTypes: true,
  },
};

const PROGRAM = `
import { limits, type Message } from '@causerie/client';
import { createTestServer, type TestServer } from '@causerie/client/testing';
import * as react from '@causerie/react';

const most: 4000 = limits.content.max;
const textOf = (message: Message): string => message.content;
const server: TestServer = createTestServer();
export { most, react, server, textOf };
`;

describe.for([...COMPILERS])('the declarations under %s', (compiler) => {
  it.for(Object.entries(SETTINGS))('compile for %s', async ([name, settings], { packed }) => {
    const project = join(packed.folder, `${compiler} ${name}`.replaceAll(/\W+/g, '-'));
    mkdirSync(project);
    const compilerOptions = {
      target: 'es2022',
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      ...settings,
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    writeFileSync(join(project, 'program.ts'), PROGRAM);
    writeFileSync(join(project, 'wrong.ts'), PROGRAM.replace('message.content', 'message.contents'));
    // Nothing about the program or the declarations, and one error about what is wrong.
    expect(await compile(compiler, project)).toMatch(/^wrong\.ts\(7,\d+\): error TS2551: [^\n]+\n$/);
  });
});

/** What the compiler has to say of a project. */
async function compile(compiler: string, project: string): Promise<string> {
  const { bin } = JSON.parse(readFileSync(join(MODULES, compiler, 'package.json'), 'utf8')) as {
    bin: { tsc: string };
  };
  const options = [join(MODULES, compiler, bin.tsc), '-p', project, '--pretty', 'false'];
  return run(process.execPath, options, { cwd: project }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
}
