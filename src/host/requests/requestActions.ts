/** The commands of the request form, and what it and its documents share. */
import * as vscode from 'vscode';
import type { ChosenRequest, FormState } from '../../bridge/requestForm';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { messageOf } from '../../core/base/result';
import { knownNames } from '../../session/knownThings';
import { Coalescer } from '../coalescer';
import { liveConnection } from '../sessions/liveConnection';
import type { LiveSessions } from '../sessions/liveSessions';
import type { Log } from '../log';
import type { RequestConsent } from './requestConsent';
import { RequestDocuments } from './requestDocuments';
import { RequestMemory } from './requestMemory';
import { RequestPanel } from './requestPanel';
import { RequestSender } from './requestSender';
import type { SimulatorControl } from '../simulator/simulatorControl';
import { createSendingAgain } from './sendAgain';
import type { SendingAgain } from '../trace/sendingAgain';
import type { TraceInFront } from '../trace/traceInFront';
import { REQUEST_FORM } from '../views';
import type { WorkbinsTree } from '../workbins/workbinsTree';

export interface RequestActionParts {
  readonly context: vscode.ExtensionContext;
  readonly sessions: LiveSessions;
  readonly simulator: SimulatorControl;
  readonly front: TraceInFront;
  readonly consent: RequestConsent;
  readonly workbins: WorkbinsTree;
  readonly log: Log;
  readonly connect: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

const NOTHING_KNOWN: Omit<FormState, 'connection'> = {
  known: {
    interaction: [],
    workbinType: [],
    agent: [],
    agentGroup: [],
    place: [],
    placeGroup: [],
    view: [],
  },
  workbins: [],
};

/** Workbins whose contents are offered, and interactions altogether. */
const MAX_WORKBINS = 30;
const MAX_INTERACTIONS = 200;

export class RequestActions implements Disposable {
  private readonly store = new DisposableStore();
  private readonly sender: RequestSender;
  private readonly memory: RequestMemory;
  private readonly documents: RequestDocuments;
  private panel: RequestPanel | undefined;
  /** For the trace views. */
  readonly again: SendingAgain;

  constructor(private readonly parts: RequestActionParts) {
    const { context, sessions, simulator, front, consent, onError } = parts;
    const connection = () => liveConnection(sessions, simulator);
    this.sender = new RequestSender(connection, consent, front);
    this.memory = new RequestMemory(context.globalState);
    const folder = vscode.Uri.joinPath(context.globalStorageUri, 'requests');
    this.documents = this.store.add(new RequestDocuments(this.sender, folder));
    this.again = createSendingAgain({
      connection,
      documents: this.documents,
      openForm: (filled) => this.show(filled),
    });
    this.store.add(
      vscode.window.registerWebviewPanelSerializer(REQUEST_FORM, {
        deserializeWebviewPanel: (panel) => {
          this.takeBack(panel);
          return Promise.resolve();
        },
      }),
    );
    const refresh = this.store.add(new Coalescer(() => void this.panel?.refresh().catch(onError)));
    this.store.add(sessions.onDidChange(() => refresh.ask()));
  }

  /** Shows the form, with a request where one is named. */
  open(request?: unknown): void {
    this.show(typeof request === 'string' ? { request } : undefined);
  }

  /** Shows the request of the JSON editor in front in the form. */
  async editAsForm(): Promise<void> {
    const filled = await this.documents.filled();
    if (filled !== undefined) {
      this.show(filled);
    }
  }

  /** Sends the request of the JSON editor in front. */
  sendDocument(): Promise<void> {
    return this.documents.send();
  }

  dispose(): void {
    this.panel?.dispose();
    this.store.dispose();
  }

  private show(chosen: ChosenRequest | undefined): void {
    if (this.panel !== undefined) {
      this.panel.show(chosen);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      REQUEST_FORM,
      vscode.l10n.t('Send Request'),
      vscode.ViewColumn.Active,
    );
    this.panel = this.fill(panel, chosen);
  }

  /** The window was loaded anew, and with it the form: its page knows what was filled in. */
  private takeBack(panel: vscode.WebviewPanel): void {
    if (this.panel === undefined) {
      this.panel = this.fill(panel, undefined);
    } else {
      panel.dispose();
    }
  }

  private fill(panel: vscode.WebviewPanel, chosen: ChosenRequest | undefined): RequestPanel {
    const { context, log, connect } = this.parts;
    return new RequestPanel(
      panel,
      chosen,
      {
        extensionUri: context.extensionUri,
        sender: this.sender,
        memory: this.memory,
        documents: this.documents,
        log,
        state: () => this.state(),
        connect,
      },
      () => (this.panel = undefined),
    );
  }

  private async state(): Promise<FormState> {
    const { sessions, simulator } = this.parts;
    const connection = liveConnection(sessions, simulator);
    if (connection === undefined) {
      return NOTHING_KNOWN;
    }
    const { session, profile, workbins, isEmbedded } = connection;
    const { server, agent, dialect, tenant } = profile;
    const known = knownNames(session.trace, workbins, profile);
    const held = await this.heldInteractions().catch((error: unknown) => {
      // They are only offered: a form without them is better than none.
      this.parts.log.warn(`Interactions in workbins: ${messageOf(error)}`);
      return [];
    });
    const interaction = [...new Set([...known.interaction, ...held])].slice(0, MAX_INTERACTIONS);
    return {
      connection: { server, agent, dialect, isEmbedded },
      known: { ...known, interaction },
      workbins: workbins.slice(0, MAX_INTERACTIONS),
      tenant,
    };
  }

  /** Interactions in the workbins that somebody has looked into. */
  private async heldInteractions(): Promise<readonly string[]> {
    const { model } = this.parts.workbins;
    if (model === undefined || model.trace !== this.parts.sessions.session?.trace) {
      return [];
    }
    const ids: string[] = [];
    for (const { key } of model.workbins().slice(0, MAX_WORKBINS)) {
      const { interactions } = await model.contents(key);
      ids.push(...interactions.keys());
    }
    return ids;
  }
}
