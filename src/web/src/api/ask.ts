// Requests to the server, for client.ts.
import { base } from '../base';
import type { Problem } from './client';

/** What the server says is wrong, or that it cannot be reached. */
export class Failure extends Error {
  readonly status: number;
  readonly problem: Partial<Problem>;

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? '');
    this.status = status;
    this.problem = problem;
  }
}

/** A part of a path. A colon may stay as it is, so that addresses are easy to read. */
export const pathPart = (value: string | number): string => encodeURIComponent(value).replace(/%3A/g, ':');

type Value = string | number | boolean | readonly (string | number)[] | undefined;

/** "?name=value&...", without what is undefined or an empty list. */
export function parameters(values: Readonly<Record<string, Value>>): string {
  const pairs = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    return [`${name}=${encodeURIComponent(String(value)).replace(/%2C/g, ',').replace(/%3A/g, ':')}`];
  });
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

export async function ask<Answer>(address: string, signal?: AbortSignal, method = 'GET', body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const init: RequestInit = { method, headers: { Accept: 'application/json', ...headers } };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { Accept: 'application/json', 'Content-Type': 'application/json', ...headers };
  }
  let response: Response;
  try {
    response = await fetch(base + address, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure(0, {});
  }
  if (response.ok) return (await response.json()) as Answer;
  throw new Failure(response.status, (await response.json().catch(() => ({}))) as Partial<Problem>);
}
