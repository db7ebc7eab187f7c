/** What is being fetched: a reader who waits for it is told. */

const listeners = new Set<(busy: boolean) => void>();
let count = 0;

function tell(by: number): void {
  const was = count > 0;
  count += by;
  if (was !== count > 0) for (const listener of listeners) listener(count > 0);
}

/** The same promise, counted until it is settled. */
export function waitedFor<T>(work: Promise<T>): Promise<T> {
  tell(1);
  const done = () => tell(-1);
  work.then(done, done);
  return work;
}

/** Calls back whenever a wait begins or ends. */
export function watchBusy(listener: (busy: boolean) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
