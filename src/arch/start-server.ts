import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Announcement, announcementLines, banner, listenAddress } from './announcement.js';
import { version } from './command-line.js';
import type { AppConfig } from './common/infrastructure/config/app-config.js';
import { heapAdvice } from './common/infrastructure/config/heap-advice.js';
import { plainConnections } from './common/infrastructure/config/plain-connections.js';
import { migrate } from './common/infrastructure/database/migrate.js';
import { openDatabase } from './common/infrastructure/database/open-database.js';
import {
  refuseDemoAccounts,
  requireDurableDatabase,
} from './common/infrastructure/database/production-checks.js';
import { requireFittingDatabase } from './common/infrastructure/database/require-fitting-database.js';
import { requireTableRights } from './common/infrastructure/database/require-table-rights.js';
import { hasDemoData, isEmpty, seedDemoData } from './common/infrastructure/database/seed.dev.js';
import { openLog, watchers } from './common/infrastructure/logger/open-log.js';
import { PinoLogger } from './common/infrastructure/logger/pino-logger.js';
import { listen, listeningHost } from './common/interface/http/server/listen.js';
import { EVERY_ADDRESS } from './common/interface/http/server/listen-addresses.js';
import { avatarFolder } from './modules/user/infrastructure/avatar-folder.js';
import { saveDemoPicture } from './save-demo-picture.js';
import { stopOnSignals } from './stop-on-signals.js';
import { warnOfMisspelt } from './warn-of-misspelt.js';

/**
 * Starts a server, from its settings until it listens; when a step fails, the earlier ones are undone.
 * @param started called when signals stop the whole server from now on
 */
export async function startServer(config: AppConfig, started: () => void): Promise<void> {
  const people = watchers(config.isProduction);
  const { pino, output } = openLog(config.env.LOG_LEVEL, people);
  Logger.overrideLogger(new PinoLogger(pino));
  warnOfMisspelt(config.misspelt);
  if (config.isProduction) warnOfPlainConnections(config);
  adviseOnHeap();
  const progress = new Logger('Start');
  const { isProduction, env } = config;
  if (env.DATABASE_URL === undefined) {
    progress.log(`Opening the database in ${env.DATA_DIR}; the first start creates it …`);
  }
  const database = await openDatabase(config, { shared: false });
  let app: NestFastifyApplication | undefined;
  try {
    await requireFittingDatabase(database.connection);
    if (isProduction && !env.ALLOW_UNSAFE_DATABASE) await requireDurableDatabase(database.connection);
    progress.log('Migrating the database …');
    await migrate(database.connection);
    await requireTableRights(database.connection);
    if (isProduction) await refuseDemoAccounts(database.connection);
    if (database.embedded && (await isEmpty(database.connection))) {
      progress.log('Adding the demo data …');
      await seedDemoData(database.connection, saveDemoPicture(config));
    }
    // Most of the code is loaded here, after the database has been found suitable.
    progress.log('Loading the application …');
    const { createApp } = await import('./create-app.js');
    app = await createApp(config, database.connection, pino);
    await lookAtUploads(config);
    // This comes before it listens: a signal after that ends the database while later steps would use it.
    const hasDemoLogins = !isProduction && (await hasDemoData(database.connection));
    const host = env.HOST ?? (isProduction ? EVERY_ADDRESS : undefined);
    const port = await listen(app, env.PORT, host);
    stopOnSignals(app, database, output);
    started();
    const announcement = {
      version,
      address: listenAddress(listeningHost(app, host), port),
      hasDocs: config.servesDocs,
      hasWeb: servesWeb(app),
      hasDemoLogins,
      dataDir: database.embedded ? env.DATA_DIR : undefined,
    };
    announce(announcement, people);
  } catch (error) {
    await app?.close();
    await database.stop();
    throw error;
  }
}

function warnOfPlainConnections({ env }: AppConfig): void {
  for (const name of plainConnections(env)) {
    new Logger('Causerie').warn(
      `${name} leads to another host without TLS: the network in between can read it.`,
    );
  }
}

/** Chat works without uploads: a server that cannot store them serves everything else. */
async function lookAtUploads(config: AppConfig): Promise<void> {
  const folder = avatarFolder(config);
  const fault = await folder.writeFault();
  if (fault === undefined) return;
  new Logger('Causerie').warn(
    `UPLOAD_DIR ${folder.path} cannot be written to (${fault}): avatars are refused with 503 until it can.`,
  );
}

function adviseOnHeap(): void {
  const advice = heapAdvice([...process.execArgv, process.env['NODE_OPTIONS']].join(' '));
  if (advice !== undefined) new Logger('Causerie').warn(advice);
}

const servesWeb = (app: NestFastifyApplication): boolean =>
  app.getHttpAdapter().getInstance().hasRoute({ method: 'GET', url: '/login' });

function announce(announcement: Announcement, people: ReturnType<typeof watchers>): void {
  const logger = new Logger('Causerie');
  if (people) logger.log({ msg: banner(announcement, people.colours), plain: true });
  else for (const line of announcementLines(announcement)) logger.log(line);
}
