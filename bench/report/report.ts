import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { progress } from '../progress.js';
import { chart } from './chart.js';
import { markdown } from './markdown.js';
import type { Report } from './report-data.js';

/** To standard output, and with a folder into `latest.md`, `.json` and `.svg` there. */
export async function writeReport(report: Report, folder: string | undefined): Promise<void> {
  process.stdout.write(markdown(report));
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  const file = (ending: string) => join(folder, `latest.${ending}`);
  await writeFile(file('md'), `${markdown(report)}\n![Ratios and goals](latest.svg)\n`);
  await writeFile(file('json'), `${JSON.stringify(report, undefined, 2)}\n`);
  await writeFile(file('svg'), chart(report));
  progress(`Written: ${file('md')}`);
}
