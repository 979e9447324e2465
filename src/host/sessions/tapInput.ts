/** Asks what to tap and where to listen, with VS Code's own inputs. Undefined when somebody thinks better of it. */
import * as vscode from 'vscode';
import type { TapRequest } from '../../session/platform';
import { checkAddress, checkOrigins, checkPort } from './address';
import { recentConnections } from './recentConnections';
import { recentTaps } from './recentTaps';
import {
  connectionSettings,
  EMBEDDED_SERVER,
  EMBEDDED_WORKSPACE,
  isEmbedded,
  rejectUnauthorized,
} from '../settings';
import type { SimulatorControl } from '../simulator/simulatorControl';

/** What is asked for, and the server as it was chosen: an address, or a word for the embedded one. */
export interface ChosenTap {
  readonly server: string;
  readonly request: TapRequest;
}

export class TapInput {
  constructor(
    private readonly memory: vscode.Memento,
    private readonly simulator: SimulatorControl,
  ) {}

  async ask(): Promise<ChosenTap | undefined> {
    const server = await this.askServer();
    if (server === undefined) {
      return undefined;
    }
    const before = recentTaps(this.memory).find((tap) => tap.server === server);
    const port = await ask(checkPort, before === undefined ? '' : String(before.port), {
      title: vscode.l10n.t('Start Tap: Port'),
      prompt: vscode.l10n.t(
        'Port of this machine on which the application finds the tap. Empty: any free one.',
      ),
      placeHolder: vscode.l10n.t('any free port'),
    });
    if (port === undefined) {
      return undefined;
    }
    const allowedOrigins = await ask(checkOrigins, before?.allowedOrigins.join(', ') ?? '', {
      title: vscode.l10n.t('Start Tap: Further Origins'),
      prompt: vscode.l10n.t(
        'Origins or hosts of web applications that may use the tap, besides this machine and the server. Usually none: just confirm.',
      ),
      placeHolder: 'https://desk.example',
    });
    return (
      allowedOrigins && {
        server,
        request: {
          server: await this.addressOf(server),
          port,
          allowedOrigins,
          rejectUnauthorized: rejectUnauthorized(),
        },
      }
    );
  }

  private async askServer(): Promise<string | undefined> {
    const { server: configured } = connectionSettings();
    const known = new Set(
      [
        ...recentTaps(this.memory).map(({ server }) => server),
        ...recentConnections(this.memory).map(({ server }) => server),
        configured,
      ].filter((server) => server !== '' && !isEmbedded(server)),
    );
    const picked = await vscode.window.showQuickPick(
      [
        ...[...known].map((server) => ({ label: `$(radio-tower) ${server}`, server })),
        { label: vscode.l10n.t('$(add) Enter Address…'), server: undefined },
        {
          label: vscode.l10n.t('$(server-process) Embedded Server, Workspace API v3'),
          description: vscode.l10n.t('part of Workbin Inspector'),
          server: EMBEDDED_WORKSPACE,
        },
        {
          label: vscode.l10n.t('$(server-process) Embedded Interaction Server'),
          description: vscode.l10n.t('Platform SDK JSON over WebSocket'),
          server: EMBEDDED_SERVER,
        },
      ],
      {
        title: vscode.l10n.t('Start Tap: Server'),
        placeHolder: vscode.l10n.t('Server to which the tap passes everything on'),
      },
    );
    return picked === undefined ? undefined : (picked.server ?? this.askAddress());
  }

  private askAddress(): Promise<string | undefined> {
    return ask(checkAddress, '', {
      title: vscode.l10n.t('Start Tap: Address'),
      prompt: vscode.l10n.t(
        'The server that the application uses now: Workspace API v3 over HTTP, or Platform SDK JSON over WebSocket',
      ),
      placeHolder: 'https://server.example/',
    });
  }

  private async addressOf(server: string): Promise<string> {
    if (!isEmbedded(server)) {
      return server;
    }
    const { address, workspaceAddress } = await this.simulator.start();
    return server === EMBEDDED_WORKSPACE ? workspaceAddress : address;
  }
}

type Check<T> = (
  text: string,
) =>
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly message: string } };

async function ask<T>(
  check: Check<T>,
  value: string,
  words: { readonly title: string; readonly prompt: string; readonly placeHolder: string },
): Promise<T | undefined> {
  const typed = await vscode.window.showInputBox({
    ...words,
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const checked = check(text);
      return checked.ok ? undefined : checked.error.message;
    },
  });
  const checked = typed === undefined ? undefined : check(typed);
  return checked?.ok === true ? checked.value : undefined;
}
