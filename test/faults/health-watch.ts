import { setTimeout as delay } from 'node:timers/promises';
import { type ApiAnswer, callApi } from '../support/api.js';
import { rounds } from '../support/rounds.js';

/** Number of polls of each route, enough for about five minutes. */
const MOST = 30_000;

/** Polls the three health routes until it is stopped. */
export class HealthWatch {
  readonly ready: ApiAnswer[] = [];
  readonly alive: number[] = [];
  private stopping = false;
  private readonly watching: Promise<unknown>;

  constructor(url: string) {
    this.watching = Promise.all([
      this.watch(async () => this.ready.push(await callApi(url, 'GET', '/health/ready'))),
      this.watch(async () => this.alive.push((await callApi(url, 'GET', '/health')).status)),
      this.watch(async () => this.alive.push((await callApi(url, 'GET', '/health/live')).status)),
    ]);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.watching;
  }

  private async watch(request: () => Promise<unknown>): Promise<void> {
    for (const _ of rounds(MOST)) {
      if (this.stopping) break;
      await request();
      await delay(10);
    }
  }
}
