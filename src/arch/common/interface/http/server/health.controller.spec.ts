import { beforeEach, expect, it } from 'vitest';
import { DatabaseHealthFake } from '../../../../../../test/fakes/database-health.fake.js';
import { InFlightWork } from '../../../application/in-flight-work.js';
import { HealthController } from './health.controller.js';

let database: DatabaseHealthFake;
let work: InFlightWork;
let health: HealthController;

beforeEach(() => {
  database = new DatabaseHealthFake();
  work = new InFlightWork();
  health = new HealthController(database, work);
});

it('is ready while the database answers', async () => {
  expect(await health.ready()).toMatchObject({ status: 'ok' });
  database.state = 'away';
  await expect(health.ready()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(health.live()).toMatchObject({ status: 'ok' });
});

it.each(['there', 'away'] as const)(
  'is SHUTTING_DOWN from then on, and no longer asks the database, which is %s',
  async (state) => {
    database.state = state;
    await work.drainWork();
    await expect(health.ready()).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    expect([database.asked, health.live()]).toEqual([0, expect.objectContaining({ status: 'ok' })]);
  },
);
