/** The page of the request form: which request, its fields, what to do with it, what came back. */
import { createFormViewPeer, type FormViewPeer } from '../../bridge/requestFormLine';
import type {
  ChosenRequest,
  FilledRequest,
  FormState,
  RequestFormNotification,
  SendResult,
} from '../../bridge/requestForm';
import { assertNever } from '../../core/base/assert';
import { messageOf } from '../../core/base/result';
import type { Dialect } from '../../core/protocol/decoder';
import { messageByName } from '../../core/protocol/catalogue';
import { likelyMissing } from '../../core/protocol/requestForm/missing';
import { readForm, type FormProblem } from '../../core/protocol/requestForm/readForm';
import type { RequestInput } from '../../core/protocol/requestForm/requestInput';
import { sendingOf } from '../../core/protocol/requestForm/sending';
import { withoutSecrets } from '../../core/trace/secrets/inputSecrets';
import { element, iconButton } from '../base/dom';
import type { PageEnvironment } from '../vscodeApi';
import { Combobox } from './combobox';
import { ConnectionLine } from './connectionLine';
import { mergeShown } from './filledInput';
import type { ShownProblem } from './fieldView';
import { FormFields } from './formFields';
import { FIRST_REQUEST, requestChoices } from './requestChoice';
import { SentList } from './sentList';

export class RequestFormPage {
  private readonly peer: FormViewPeer;
  private readonly connection: ConnectionLine;
  private readonly picker: Combobox;
  private readonly fields: FormFields;
  private readonly sent: SentList;
  private readonly trouble = element('div', 'wi-request__trouble', { role: 'alert' });
  private readonly sendButton: HTMLButtonElement;
  private state: FormState | undefined;
  private request = FIRST_REQUEST;
  /** All that was filled in, also what the connection in front does not carry. */
  private filled: RequestInput = {};
  /** Of the connection in front, or of the last: what comes back after a while is most often the same. */
  private dialect: Dialect = 'platform-sdk-json';
  private sending = false;
  /** Everything that is wrong is shown from the first attempt to send on. */
  private tried = false;
  /** What is missing in what is filled in was told: sending it as it is was chosen by who sends. */
  private isWarned = false;

  constructor(
    root: HTMLElement,
    private readonly environment: PageEnvironment<FilledRequest>,
  ) {
    const { channel, timer } = environment;
    this.peer = createFormViewPeer({
      channel,
      timer,
      onNotification: (notification) => this.told(notification),
    });
    const { methods } = this.peer;
    this.connection = new ConnectionLine(() => this.attempt(() => methods.connect()));
    this.picker = new Combobox({
      id: 'request',
      isClosed: true,
      placeholder: 'type a part of its name',
      choices: () => requestChoices(this.dialect),
      onChoose: (request) => void this.choose({ request }),
    });
    this.fields = new FormFields({
      state: () => this.state,
      onChange: () => this.changed(),
    });
    this.sent = new SentList((number) => this.attempt(() => methods.showInTrace(number)));
    this.sendButton = iconButton('wi-button--primary', 'send', 'Send', () => void this.send());
    this.sendButton.title = 'Ctrl+Enter';
    root.append(...this.layOut());
    root.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        void this.send();
      }
    });
  }

  async start(): Promise<void> {
    try {
      const { state, chosen, draft, sent } = await this.peer.methods.open();
      this.take(state);
      sent.forEach((each) => this.sent.add(each));
      // After the window was loaded anew, the page alone knows what was filled in.
      const before = draft ?? this.environment.loadState();
      const isBefore = chosen === undefined || chosen.request === before?.request;
      if (before !== undefined && chosen?.input === undefined && isBefore) {
        this.show(before.request, before.input);
      } else {
        await this.choose(chosen ?? { request: FIRST_REQUEST });
      }
      this.picker.input.focus();
    } catch (error) {
      this.tell(messageOf(error));
    }
  }

  private layOut(): readonly HTMLElement[] {
    const { methods } = this.peer;
    const pickerField = element(
      'div',
      'wi-field wi-field--request',
      {},
      element(
        'label',
        'wi-field__label',
        { for: 'request' },
        element('span', 'wi-field__name wi-field__name--ours', {}, 'Request'),
      ),
      element('div', 'wi-field__control', {}, this.picker.element),
    );
    const form = element(
      'form',
      'wi-request__form',
      { 'aria-label': 'Request', novalidate: '' },
      pickerField,
      this.fields.element,
    );
    form.addEventListener('submit', (event) => event.preventDefault());
    const title = element('h1', 'wi-hidden', {}, 'Send Request');
    const main = element('main', 'wi-request__main', {}, title, form, this.sent.element);
    const button = (word: string, run: () => void): HTMLButtonElement => {
      const made = element('button', 'wi-button wi-button--secondary', { type: 'button' }, word);
      made.addEventListener('click', run);
      return made;
    };
    const footer = element(
      'footer',
      'wi-request__actions',
      {},
      this.trouble,
      this.sendButton,
      button('Reset', () => void this.reset()),
      button('Copy as JSON', () =>
        this.attempt(() => methods.copyJson(this.request, this.fields.read())),
      ),
      button('Edit as JSON', () =>
        this.attempt(() => methods.editJson(this.request, this.fields.read())),
      ),
    );
    this.trouble.hidden = true;
    return [this.connection.element, main, footer];
  }

  private told(notification: RequestFormNotification): void {
    switch (notification.notify) {
      case 'changed':
        this.take(notification.value);
        break;
      case 'choose':
        void this.choose(notification.value);
        break;
      default:
        assertNever(notification);
    }
  }

  private take(state: FormState): void {
    const before = this.dialect;
    const hadState = this.state !== undefined;
    this.state = state;
    this.dialect = state.connection?.dialect ?? before;
    this.connection.show(state);
    this.enable();
    if (hadState && this.dialect !== before) {
      // Another dialect carries other attributes.
      this.show(this.request, this.filled);
    }
  }

  /** Shows a request with what is given or was last sent for it. */
  private async choose({ request, input }: ChosenRequest): Promise<void> {
    try {
      this.show(request, input ?? (await this.peer.methods.kept(request)) ?? {});
    } catch (error) {
      this.tell(messageOf(error));
    }
  }

  private show(request: string, input: RequestInput): void {
    const type = messageByName(request);
    if (type === undefined) {
      return;
    }
    this.request = request;
    this.filled = input;
    this.tried = false;
    this.isWarned = false;
    this.picker.value = request;
    this.tell(undefined);
    this.fields.show(type, this.dialect, input);
    this.enable();
    this.save();
  }

  private changed(): void {
    const before = JSON.stringify(this.filled);
    this.save();
    if (JSON.stringify(this.filled) !== before) {
      this.isWarned = false;
      this.enable();
    }
    this.tell(undefined);
    const missing = this.tried ? this.missing() : [];
    this.fields.showProblems([...this.problems(), ...missing], this.tried);
  }

  private problems(): readonly FormProblem[] {
    const type = messageByName(this.request);
    return type === undefined ? [] : readForm(type, this.fields.read()).problems;
  }

  private async send(): Promise<void> {
    if (this.sendButton.getAttribute('aria-disabled') === 'true') {
      return;
    }
    this.tried = true;
    const problems = this.problems();
    this.showProblems(problems);
    if (problems.length > 0 || this.warns()) {
      return;
    }
    this.sending = true;
    this.enable();
    try {
      this.done(await this.peer.methods.send(this.request, this.fields.read()));
    } catch (error) {
      this.tell(messageOf(error));
    } finally {
      this.sending = false;
      this.enable();
    }
  }

  /** Tells once of what most likely is missing; what is pressed again then sends it as it is. */
  private warns(): boolean {
    const missing = this.isWarned ? [] : this.missing();
    this.isWarned ||= missing.length > 0;
    if (missing.length > 0) {
      this.fields.showProblems(missing, true);
      const what = missing.map(({ text }) => text).join(' ');
      this.tell(`${what} That it is needed is our reading: it can be sent as it is.`, true);
      this.enable();
    }
    return missing.length > 0;
  }

  /** Over Workspace API v3 what is missing keeps an operation from being made. */
  private missing(): readonly ShownProblem[] {
    const type = messageByName(this.request);
    return type === undefined || sendingOf(this.dialect, this.request).kind !== 'message'
      ? []
      : likelyMissing(type, this.fields.read()).map((each) => ({ ...each, isWarning: true }));
  }

  private done(result: SendResult): void {
    switch (result.kind) {
      case 'sent':
        this.tell(undefined);
        this.sent.add(result.sent);
        break;
      case 'problems':
        this.showProblems(result.problems);
        break;
      case 'cancelled':
        this.tell('Nothing was sent.');
        break;
      default:
        assertNever(result);
    }
  }

  private showProblems(problems: readonly FormProblem[]): void {
    this.tell(problems.find(({ path }) => path === '$')?.text);
    this.fields.showProblems(problems, true);
    this.fields.focusProblem();
  }

  private async reset(): Promise<void> {
    try {
      await this.peer.methods.forget(this.request);
      this.show(this.request, {});
      this.picker.input.focus();
    } catch (error) {
      this.tell(messageOf(error));
    }
  }

  private attempt(act: () => Promise<unknown>): void {
    this.tell(undefined);
    act().catch((error: unknown) => this.tell(messageOf(error)));
  }

  private enable(): void {
    const isPossible = this.state?.connection !== undefined && this.fields.isSendable;
    // Stays in the order of focus, so that who uses a keyboard learns of it.
    this.sendButton.setAttribute('aria-disabled', String(!isPossible || this.sending));
    const label = this.sendButton.querySelector('.wi-button__label');
    if (label !== null) {
      label.textContent = this.sending ? 'Sending…' : this.isWarned ? 'Send Anyway' : 'Send';
    }
  }

  private tell(words: string | undefined, isWarning = false): void {
    this.trouble.textContent = words ?? '';
    this.trouble.classList.toggle('wi-request__trouble--warning', isWarning);
    this.trouble.hidden = words === undefined;
  }

  /** What the page keeps may reach a disk; the extension host holds the rest while it lives. */
  private save(): void {
    const { request } = this;
    const input = mergeShown(this.filled, this.fields.names, this.fields.read());
    this.filled = input;
    this.environment.saveState({ request, input: withoutSecrets(input) });
    this.peer.methods.hold(request, input).catch((error: unknown) => this.tell(messageOf(error)));
  }
}
