/** The request form in an editor: answers its calls, tells it what the session knows. One at a time. */
import * as vscode from 'vscode';
import type {
  ChosenRequest,
  FilledRequest,
  FormOpening,
  FormState,
  RequestFormMethods,
  SendResult,
  SentView,
} from '../../bridge/requestForm';
import { createFormHostPeer, type FormHostPeer } from '../../bridge/requestFormLine';
import { ensure } from '../../core/base/assert';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { refused } from '../../core/base/result';
import { messageByName } from '../../core/protocol/catalogue';
import type { Message } from '../../core/protocol/message';
import { readForm } from '../../core/protocol/requestForm/readForm';
import type { RequestInput } from '../../core/protocol/requestForm/requestInput';
import { withoutSecrets } from '../../core/trace/secrets/inputSecrets';
import { hostTimer } from '../coalescer';
import type { Log } from '../log';
import { requestJson, type RequestDocuments } from './requestDocuments';
import type { RequestMemory } from './requestMemory';
import type { RequestSender, SentRequestInTrace } from './requestSender';
import { tellInformation } from '../tell';
import { webviewPage, pageRoots } from '../webviewPage';

/** Requests that the form still tells of. */
const MAX_SENT = 50;

export interface RequestPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly sender: RequestSender;
  readonly memory: RequestMemory;
  readonly documents: RequestDocuments;
  readonly log: Log;
  readonly state: () => Promise<FormState>;
  readonly connect: () => Promise<void>;
}

export class RequestPanel implements RequestFormMethods, Disposable {
  private readonly store = new DisposableStore();
  private readonly peer: FormHostPeer;
  private readonly sent = new Map<number, SentRequestInTrace>();
  private sentCount = 0;
  private draft: FilledRequest | undefined;
  /** The page has asked for its beginning, and is still there. */
  private hasPage = false;

  /** `chosen`: the one to begin with. `onEnd` is called when a person closes it. */
  constructor(
    private readonly panel: vscode.WebviewPanel,
    private chosen: ChosenRequest | undefined,
    private readonly parts: RequestPanelParts,
    onEnd: () => void,
  ) {
    const { webview } = panel;
    webview.options = {
      enableScripts: true,
      localResourceRoots: [...pageRoots(parts.extensionUri)],
    };
    this.peer = this.store.add(
      createFormHostPeer({
        channel: {
          post: (envelope) => void webview.postMessage(envelope),
          onMessage: (listener) => webview.onDidReceiveMessage(listener),
        },
        timer: hostTimer,
        methods: this,
        onProblem: (text) => parts.log.warn(`Request form: ${text}`),
      }),
    );
    this.store.add(
      panel.onDidDispose(() => {
        onEnd();
        this.dispose();
      }),
    );
    // What the session knows grows with its messages: who comes back to the form finds it up to date.
    this.store.add(
      panel.onDidChangeViewState(() => {
        this.hasPage = this.hasPage && panel.visible;
        if (panel.active) {
          void this.refresh();
        }
      }),
    );
    webview.html = webviewPage(webview, parts.extensionUri, {
      title: vscode.l10n.t('Send Request'),
      files: 'requestForm',
    });
  }

  /** Brings it to front, with a request where one is named. */
  show(chosen: ChosenRequest | undefined): void {
    this.panel.reveal();
    if (chosen !== undefined && this.hasPage) {
      this.peer.notify({ notify: 'choose', value: chosen });
    } else if (chosen !== undefined) {
      this.chosen = chosen;
    }
  }

  /** What the session knows has changed. */
  async refresh(): Promise<void> {
    // A hidden form has no page; it asks again when it is shown.
    if (this.panel.visible) {
      this.peer.notify({ notify: 'changed', value: await this.parts.state() });
    }
  }

  async open(): Promise<FormOpening> {
    const state = await this.parts.state();
    const { chosen, draft } = this;
    this.chosen = undefined;
    this.hasPage = true;
    const sent = [...this.sent].map(([number, each]) => sentView(number, each));
    return {
      state,
      sent,
      ...(chosen !== undefined && { chosen }),
      ...(draft !== undefined && { draft }),
    };
  }

  kept(request: string): Promise<RequestInput | undefined> {
    return Promise.resolve(this.parts.memory.get(request));
  }

  forget(request: string): Promise<void> {
    return this.parts.memory.forget(request);
  }

  async send(request: string, input: RequestInput): Promise<SendResult> {
    const { message, problems } = read(request, input);
    if (problems.length > 0) {
      return { kind: 'problems', problems };
    }
    const attempt = await this.parts.sender.send(message);
    switch (attempt.kind) {
      case 'cancelled':
        return attempt;
      case 'refused': {
        const { path, text } = attempt;
        return { kind: 'problems', problems: [{ path, text }] };
      }
      case 'sent':
        await this.parts.memory.keep(request, input);
        void this.refresh();
        return { kind: 'sent', sent: this.take(attempt.sent) };
    }
  }

  hold(request: string, input: RequestInput): Promise<void> {
    this.draft = { request, input };
    return Promise.resolve();
  }

  async copyJson(request: string, input: RequestInput): Promise<void> {
    await vscode.env.clipboard.writeText(requestJson(read(request, input).message));
  }

  /** VS Code keeps copies of a document that nobody has saved, so that none of it may be a secret. */
  async editJson(request: string, input: RequestInput): Promise<void> {
    const open = withoutSecrets(input);
    await this.parts.documents.open(read(request, open).message);
    if (JSON.stringify(open) !== JSON.stringify(input)) {
      void tellInformation(
        vscode.l10n.t(
          'Values under secret names, such as passwords, were left out: VS Code keeps copies of unsaved files. Type them again before you send, or send from the form.',
        ),
      );
    }
  }

  async showInTrace(number: number): Promise<void> {
    const sent = this.sent.get(number);
    if (sent === undefined) {
      throw refused(
        'forgotten',
        vscode.l10n.t('This request was sent too long ago. Look for it in the trace by its name.'),
      );
    }
    await this.parts.sender.showInTrace(sent);
  }

  connect(): Promise<void> {
    return this.parts.connect();
  }

  dispose(): void {
    this.store.dispose();
    this.panel.dispose();
  }

  private take(sent: SentRequestInTrace): SentView {
    const number = this.sentCount++;
    this.sent.set(number, sent);
    this.sent.delete(number - MAX_SENT);
    return sentView(number, sent);
  }
}

function sentView(number: number, sent: SentRequestInTrace): SentView {
  const { request, outcome, answer, tookMs, reference } = sent;
  return { number, request, outcome, answer, tookMs, reference: String(reference) };
}

function read(
  request: string,
  input: RequestInput,
): ReturnType<typeof readForm> & {
  readonly message: Message;
} {
  const type = ensure(messageByName(request), 'the line lets through requests of the catalogue');
  return readForm(type, input);
}
