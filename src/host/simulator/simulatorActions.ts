import * as vscode from 'vscode';
import { refused } from '../../core/base/result';
import type { RunningSimulator } from '../../session/platform';
import { askFaults } from './faultInput';
import type { ScenarioInput } from './scenarioInput';
import type { SessionActions } from '../sessions/sessionActions';
import { EMBEDDED_SERVER } from '../settings';
import type { SimulatorControl } from './simulatorControl';
import type { WorkbinActions } from '../workbins/workbinActions';

/** What a link, a keybinding or another extension may pass to start without being asked. */
export interface StartArgument {
  /** Id of a scenario that ships. */
  readonly scenario: string;
  /** True: nothing happens by itself. */
  readonly isStill: boolean;
}

/** What a person can do with the embedded server. */
export class SimulatorActions {
  constructor(
    private readonly simulator: SimulatorControl,
    private readonly session: SessionActions,
    private readonly workbins: WorkbinActions,
    private readonly scenarios: ScenarioInput,
  ) {}

  /** Starts it with a scenario, which is asked for unless `argument` names it, and connects to it. */
  async start(argument?: unknown): Promise<void> {
    const asked = startArgument(argument);
    const source =
      asked === undefined
        ? await this.scenarios.ask()
        : await this.scenarios.shippedSource(asked.scenario);
    // A server that is started anew ends whoever is connected to it.
    if (source !== undefined && (await this.session.endEmbedded())) {
      await this.simulator.startAnew({ source, isStill: asked?.isStill ?? false });
      await this.session.connectToServer(EMBEDDED_SERVER);
    }
  }

  /** Leaves it first: a session with it would look for it in vain from then on. */
  async stop(): Promise<void> {
    const { running } = this.simulator;
    const addresses = running && [running.address, running.workspaceAddress];
    if (addresses !== undefined && (await this.session.leave(addresses))) {
      await this.simulator.stop();
    }
  }

  /** Another agent lays an interaction in the given or selected workbin, or in one that somebody watches. */
  async placeAsOtherAgent(node: unknown): Promise<void> {
    tell(this.running().placeAsOtherAgent(await this.workbins.workbinOf(node)));
  }

  async pullAsOtherAgent(node: unknown): Promise<void> {
    tell(this.running().pullAsOtherAgent(await this.workbins.workbinOf(node)));
  }

  /** Shows what goes wrong on purpose, and lets the person change it. */
  changeFaults(): Promise<void> {
    return askFaults(this.running().faults);
  }

  /** Asks how fast what happens by itself is to happen. */
  async changeSpeed(): Promise<void> {
    const running = this.running();
    const picked = await vscode.window.showQuickPick(
      [0, 0.2, 1, 5, 20].map((speed) => ({
        label: speedWords(speed),
        ...(speed === running.speed && { description: vscode.l10n.t('now') }),
        speed,
      })),
      {
        title: vscode.l10n.t('Embedded Server Speed'),
        placeHolder: vscode.l10n.t('How fast things happen by themselves'),
      },
    );
    if (picked !== undefined) {
      running.setSpeed(picked.speed);
    }
  }

  private running(): RunningSimulator {
    const { running } = this.simulator;
    if (running === undefined) {
      throw refused(
        'not-running',
        vscode.l10n.t('The embedded Interaction Server does not run. Start it first.'),
      );
    }
    return running;
  }
}

/** Menus pass what they like; only an object that names a scenario is an argument. */
function startArgument(argument: unknown): StartArgument | undefined {
  if (typeof argument !== 'object' || argument === null || !('scenario' in argument)) {
    return undefined;
  }
  const { scenario } = argument;
  return typeof scenario === 'string'
    ? { scenario, isStill: 'isStill' in argument && argument.isStill === true }
    : undefined;
}

function speedWords(speed: number): string {
  return speed === 0 ? vscode.l10n.t('Nothing happens by itself') : `× ${speed}`;
}

function tell(words: string): void {
  vscode.window.setStatusBarMessage(words, 8000);
}
