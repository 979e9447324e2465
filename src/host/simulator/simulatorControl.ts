import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import type { Platform, RunningSimulator, SimulatorStart } from '../../session/platform';

/** The embedded server, started once and shared until it is stopped. */
export class SimulatorControl implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private starting: Promise<RunningSimulator> | undefined;
  private current: RunningSimulator | undefined;
  private how: SimulatorStart = {};

  /** It was started or stopped. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly platform: Platform) {}

  get running(): RunningSimulator | undefined {
    return this.current;
  }

  /** The running server, started if need be. Rejects when it cannot listen. */
  start(): Promise<RunningSimulator> {
    this.starting ??= this.begin();
    return this.starting;
  }

  /** Ends a running server, and starts it as said from now on, whoever starts it. */
  async startAnew(how: SimulatorStart): Promise<RunningSimulator> {
    await this.stop();
    this.how = how;
    return this.start();
  }

  /** Ends its connections in order; resolves when nothing listens any more. */
  async stop(): Promise<void> {
    const { starting } = this;
    this.starting = undefined;
    this.current = undefined;
    this.changed.fire();
    await (await starting)?.stop();
  }

  dispose(): void {
    this.current?.dispose();
    this.store.dispose();
  }

  private async begin(): Promise<RunningSimulator> {
    try {
      this.current = await this.platform.startSimulator(this.how);
      this.changed.fire();
      return this.current;
    } catch (error) {
      this.starting = undefined;
      throw error;
    }
  }
}
