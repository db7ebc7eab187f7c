/** One state, changed in one place, rendered by subscribers. */

export class Store<State extends object> {
  private readonly listeners = new Set<(state: State) => void>();

  constructor(private current: State) {}

  get state(): State {
    return this.current;
  }

  /** Replaces the given fields and tells every subscriber, before returning. */
  update(change: Partial<State>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener(this.current);
  }

  subscribe(listener: (state: State) => void): () => void {
    this.listeners.add(listener);
    listener(this.current);
    return () => this.listeners.delete(listener);
  }
}

/** Wraps a render function so that it runs only when one of the values it reads has changed. */
export function whenChanged<State>(
  read: (state: State) => readonly unknown[],
  render: (state: State) => void,
): (state: State) => void {
  let last: readonly unknown[] | undefined;
  return (state) => {
    const now = read(state);
    if (last && now.length === last.length && now.every((value, at) => Object.is(value, last?.[at]))) return;
    last = now;
    render(state);
  };
}

/** What was there before, where the new is no different: views that show it then need not look. */
export function kept<Value>(before: Value, now: Value): Value {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
