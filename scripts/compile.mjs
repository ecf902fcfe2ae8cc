import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { transformSync } from 'oxc-transform';

/** The options of tsconfig.json, with which `tsc` checks the types. */
function optionsOf(root) {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const { target, experimentalDecorators, emitDecoratorMetadata, verbatimModuleSyntax } = compilerOptions;
  return {
    target,
    sourcemap: true,
    decorator: { legacy: experimentalDecorators, emitDecoratorMetadata },
    typescript: { onlyRemoveTypeImports: verbatimModuleSyntax },
  };
}

/** Compiles these files of `src` into `draft`, with source maps that are valid in dist. Types are not checked. */
export function compile(files, root, draft) {
  const options = optionsOf(root);
  for (const file of files) {
    const source = join('src', file);
    const { code, map, errors } = transformSync(source, readFileSync(join(root, source), 'utf8'), options);
    if (errors.length > 0)
      throw new Error(errors.map(({ codeframe, message }) => codeframe ?? message).join('\n'));
    const target = join(draft, file.replace(/\.ts$/, '.js'));
    const { version, names, mappings } = map;
    const sources = [posix.relative(posix.dirname(`dist/${file}`), `src/${file}`)];
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${code}//# sourceMappingURL=${basename(target)}.map\n`);
    writeFileSync(`${target}.map`, JSON.stringify({ version, sources, names, mappings }));
  }
}
