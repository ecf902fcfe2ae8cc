import { HttpConnection } from '../generator/http-connection.js';
import { concatSamples } from '../generator/samples.js';
import { progress } from '../progress.js';
import { medianWithInterval, type Estimate } from '../statistics/median-interval.js';
import { percentiles } from '../statistics/quantile.js';
import type { Context, Detail } from './workload.js';

/** A GET request and its expected answer. */
export interface Request {
  readonly name: string;
  readonly path: string;
  readonly token: string;
  /** Number of rows that `data` must have. */
  readonly rows: number;
}

export interface Comparison {
  /** Ratios of each request's median latency to that of the first request; the first has none. */
  readonly ratios: readonly Estimate[];
  readonly details: readonly Detail[];
}

/** Calls of each request per round. */
const CALLS = 50;
const QUICK_CALLS = 5;

/**
 * Measures the latencies of requests to one server. They take turns on one connection, one at a time: first, second …,
 * first, second …. The medians of each round are compared. The first round is not counted.
 * @throws Error when an answer is not the expected one
 */
export async function compareRequests(
  { options, contestants }: Context,
  requests: readonly Request[],
): Promise<Comparison> {
  const [{ server }] = contestants;
  const connection = await HttpConnection.open(server.url);
  const rounds: Float64Array[][] = [];
  for (let round = 0; round <= options.rounds; round += 1) {
    const times = await measureRound(connection, requests, options.quick ? QUICK_CALLS : CALLS);
    const medians = times.map((samples) => percentiles(samples).p50);
    const line = requests.map(({ name }, index) => `${name} ${medians[index]?.toFixed(2)} ms`).join(' · ');
    progress(`  ${round === 0 ? 'warm-up' : `${round}/${options.rounds}`}: ${line}`);
    if (round > 0) rounds.push(times);
  }
  connection.close();
  return {
    ratios: requests
      .slice(1)
      .map((_, index) =>
        medianWithInterval(rounds.map((times) => median(times, index + 1) / median(times, 0))),
      ),
    details: requests.map(({ name }, index) =>
      describeRequest(
        name,
        rounds.map((times) => times[index] ?? new Float64Array()),
      ),
    ),
  };
}

async function measureRound(
  connection: HttpConnection,
  requests: readonly Request[],
  times: number,
): Promise<Float64Array[]> {
  const samples = requests.map(() => new Float64Array(times));
  for (let time = 0; time < times; time += 1) {
    for (const [index, { path, token, rows }] of requests.entries()) {
      const start = performance.now();
      const { status, body } = await connection.get(path, token);
      const elapsed = performance.now() - start;
      const found = status === 200 ? (JSON.parse(body) as { data: unknown[] }).data.length : -1;
      if (found !== rows)
        throw new Error(`${path} was answered ${status} with ${found} rows instead of ${rows}.`);
      const own = samples[index];
      if (own) own[time] = elapsed;
    }
  }
  return samples;
}

function describeRequest(of: string, rounds: readonly Float64Array[]): Detail {
  const { p50, p95, p99, samples } = percentiles(concatSamples(rounds));
  return { of, measures: { 'p50 ms': p50, 'p95 ms': p95, 'p99 ms': p99, requests: samples } };
}

const median = (times: readonly Float64Array[], index: number) => percentiles(times[index] ?? []).p50;
