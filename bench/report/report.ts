import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { progress } from '../progress.js';
import { drawChart } from './chart.js';
import { formatReport } from './markdown.js';
import type { Report } from './report-data.js';

/** Writes the report to standard output, and to `latest.md`, `.json` and `.svg` in the folder if one is given. */
export async function writeReport(report: Report, folder: string | undefined): Promise<void> {
  process.stdout.write(formatReport(report));
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  const file = (ending: string) => join(folder, `latest.${ending}`);
  await writeFile(file('md'), `${formatReport(report)}\n![Ratios and goals](latest.svg)\n`);
  await writeFile(file('json'), `${JSON.stringify(report, undefined, 2)}\n`);
  await writeFile(file('svg'), drawChart(report));
  progress(`Written: ${file('md')}`);
}
