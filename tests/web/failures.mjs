// What failed, in one line for each test, as tests/summary.py reads it; and a reporter of node:test that prints just that.

export const failureLine = (name, error) => `FAILED: ${name}: ${String(error?.message ?? error).replace(/\s+/g, ' ').slice(0, 300)}`;

export default async function* failures(events) {
  for await (const { type, data } of events) {
    if (type === 'test:fail') yield `${failureLine(data.name, data.details.error.cause ?? data.details.error)}\n`;
  }
}
