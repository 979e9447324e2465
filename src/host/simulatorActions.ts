import * as vscode from 'vscode';
import { ExpectedError } from '../core/base/result';
import type { RunningSimulator } from '../session/platform';
import type { SessionActions } from './sessionActions';
import { EMBEDDED_SERVER } from './settings';
import type { SimulatorControl } from './simulatorControl';
import type { WorkbinActions } from './workbinActions';

/** What a person can do with the embedded server. */
export class SimulatorActions {
  constructor(
    private readonly simulator: SimulatorControl,
    private readonly session: SessionActions,
    private readonly workbins: WorkbinActions,
  ) {}

  /** Starts it and connects to it. */
  start(): Promise<void> {
    return this.session.connectToServer(EMBEDDED_SERVER);
  }

  /** Another agent lays an interaction in the given or selected workbin, or in one that somebody watches. */
  async placeAsOtherAgent(node: unknown): Promise<void> {
    tell(this.running().placeAsOtherAgent(await this.workbins.workbinOf(node)));
  }

  async pullAsOtherAgent(node: unknown): Promise<void> {
    tell(this.running().pullAsOtherAgent(await this.workbins.workbinOf(node)));
  }

  private running(): RunningSimulator {
    const { running } = this.simulator;
    if (running === undefined) {
      throw new ExpectedError(
        'not-running',
        vscode.l10n.t('The embedded Interaction Server does not run. Start it first.'),
      );
    }
    return running;
  }
}

function tell(words: string): void {
  vscode.window.setStatusBarMessage(words, 8000);
}
