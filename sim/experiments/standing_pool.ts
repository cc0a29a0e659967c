// A pool that stays open: whoever asks for runs again and again finds its threads warm.

import { type PoolOptions, runPool, type Task, type TaskResult } from "#/sim/experiments/pool.ts";

interface Given extends Task {
  tell: (result: TaskResult) => void;
}

/**
 * Worker threads between one call and the next. They start at the first call; close it when done (`await using` does).
 *
 * Shapes: the options of `runPool`, but for what is told of results.
 */
export class StandingPool implements AsyncDisposable {
  readonly #options: Omit<PoolOptions<Given>, "onResult" | "onOpen" | "signal">;
  readonly #waiting: Given[] = [];
  readonly #stop = new AbortController();
  #look: () => void = () => {};
  #ended?: Promise<never>;

  constructor(options: Omit<PoolOptions<Given>, "onResult" | "onOpen" | "signal">) {
    this.#options = options;
  }

  #open(): Promise<never> {
    const waiting = this.#waiting;
    const source = function* () {
      for (;;) yield waiting.shift();
    };
    const pool = runPool(source(), {
      ...this.#options,
      signal: this.#stop.signal,
      onOpen: (look) => void (this.#look = look),
      onResult: ({ tell }, result) => tell(result),
    });
    const ended = pool.then((): never => {
      throw new Error("The workers were stopped");
    });
    // Whoever waits for a result is told; nobody else has to be.
    ended.catch(() => {});
    return ended;
  }

  /**
   * Does tasks and gives their results in the order of the tasks; `onResult` is told each as it comes.
   *
   * Errors: those of `runPool` where the threads cannot start; what `onResult` throws, which leaves the other tasks to run
   * unheard until the pool is closed.
   */
  async run<T extends Task>(
    tasks: readonly T[],
    onResult: (task: T, result: TaskResult) => void = () => {},
  ): Promise<TaskResult[]> {
    this.#ended ??= this.#open();
    const results = tasks.map((task) =>
      new Promise<TaskResult>((resolve, reject) => {
        const tell = (result: TaskResult) => {
          try {
            onResult(task, result);
            resolve(result);
          } catch (error) {
            reject(error);
          }
        };
        this.#waiting.push({ ...task, tell });
      })
    );
    this.#look();
    return await Promise.race([Promise.all(results), this.#ended]);
  }

  /** Ends the threads; what they have in work is dropped. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#ended?.catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
