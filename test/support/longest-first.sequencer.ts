import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The long specs that take minutes, and are short files: Vitest, which goes by the size before the first run, begins them last. */
const TAKES_MINUTES =
  /\/(?:e2e\/folding\/folded-|e2e\/nodes\/(?:absences|evictions)\.|client\/breaks\/|packages\/published\.|verify\/several-nodes\.)/;

const isLong = ({ project }: TestSpecification): boolean => project.name === 'long';
const isFirst = (file: TestSpecification): boolean => isLong(file) && TAKES_MINUTES.test(file.moduleId);

/** Begins with the longest specs of the long tier, so that no worker waits at the end for another one. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is no array
    const sorted = await super.sort(files);
    const others = sorted.filter((file) => !isFirst(file));
    const place = others.findIndex(isLong);
    return others.toSpliced(place === -1 ? others.length : place, 0, ...sorted.filter(isFirst));
  }
}
