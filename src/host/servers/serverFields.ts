/** What can be said of a server, field by field: how it is asked for, checked and shown. */
import * as vscode from 'vscode';
import { dialectOf, checkAddress } from '../sessions/address';
import { usualName, type SavedServer } from './savedServers';
import { askPick, askText, type StepAnswer, type StepPlace } from '../steps';

/** A server while it is being described. */
export type ServerDraft = SavedServer;

export interface ServerField {
  readonly key: Exclude<keyof SavedServer, 'id'>;
  /** Its name; what an agent is called depends on what the server speaks. */
  label(draft: ServerDraft): string;
  /** Whether it means anything for this server. */
  applies(draft: ServerDraft): boolean;
  /** Its value, for people. */
  text(draft: ServerDraft): string;
  /** Asks for it; `title` names the whole dialogue, such as *Add Server*. */
  ask(title: string, draft: ServerDraft, place: StepPlace): Promise<StepAnswer<ServerDraft>>;
}

const MAX_TENANT = 2 ** 31 - 1;
const MAX_NAME = 255;
const MAX_PATH = 2000;

const isWeb = ({ server }: ServerDraft): boolean =>
  server !== '' && dialectOf(server) === 'workspace-v3';
const isSecure = ({ server }: ServerDraft): boolean => /^(https|wss):/i.test(server);

/** All fields, in the order in which they are shown. */
export function serverFields(): readonly ServerField[] {
  return [
    addressField(),
    agentField(),
    placeField(),
    nameField(),
    tenantField(),
    clientNameField(),
    signInField(),
    caFileField(),
    certificateField(),
  ];
}

export function fieldOf(key: ServerField['key']): ServerField {
  const field = serverFields().find((each) => each.key === key);
  if (field === undefined) {
    throw new Error(`There is no field ${key}`);
  }
  return field;
}

function addressField(): ServerField {
  return textField('server', vscode.l10n.t('Address'), {
    prompt: () =>
      vscode.l10n.t(
        'Workspace API v3: http:// or https://. The JSON form of Platform SDK’s messages over WebSocket: ws:// or wss://',
      ),
    placeHolder: () => 'https://server.example/',
    check: (text) => {
      const checked = checkAddress(text);
      return checked.ok ? undefined : checked.error.message;
    },
  });
}

function agentField(): ServerField {
  return textField(
    'agent',
    (draft) => (isWeb(draft) ? vscode.l10n.t('User') : vscode.l10n.t('Agent')),
    {
      prompt: (draft) =>
        isWeb(draft)
          ? vscode.l10n.t(
              'Name with which the agent signs in, after tenant and \\ where there are tenants',
            )
          : vscode.l10n.t('Employee id of the agent to log in'),
      placeHolder: (draft) => (isWeb(draft) ? 'TENANT\\AnnaBerger' : 'A1001'),
      check: notEmpty,
    },
  );
}

function placeField(): ServerField {
  return textField('place', vscode.l10n.t('Place'), {
    prompt: (draft) =>
      isWeb(draft)
        ? vscode.l10n.t('Place whose channels are activated. Empty: none.')
        : vscode.l10n.t('Name of the place where the agent logs in'),
    placeHolder: () => 'P1001',
    check: (text, draft) => (isWeb(draft) ? tooLong(text) : notEmpty(text)),
  });
}

function nameField(): ServerField {
  return textField('name', vscode.l10n.t('Name'), {
    prompt: () => vscode.l10n.t('Name of the server in the Servers view'),
    placeHolder: (draft) => (draft.server === '' ? '' : usualName(draft.server, draft.agent, [])),
    check: notEmpty,
  });
}

function tenantField(): ServerField {
  const field = textField('tenant', vscode.l10n.t('Tenant'), {
    prompt: () => vscode.l10n.t('Number of the tenant; 1 in a single-tenant installation'),
    placeHolder: () => '1',
    check: (text) =>
      /^\d{1,10}$/.test(text) && Number(text) <= MAX_TENANT
        ? undefined
        : vscode.l10n.t('Write a whole number from 0 to {0}.', MAX_TENANT),
  });
  return { ...field, applies: (draft) => !isWeb(draft) };
}

function clientNameField(): ServerField {
  const field = textField('clientName', vscode.l10n.t('Client name'), {
    prompt: () => vscode.l10n.t('Name under which Workbin Inspector registers with the server'),
    placeHolder: () => 'Workbin Inspector',
    check: notEmpty,
  });
  return { ...field, applies: (draft) => !isWeb(draft) };
}

function signInField(): ServerField {
  const words = {
    form: vscode.l10n.t('By the sign-in form'),
    token: vscode.l10n.t('By a token'),
  };
  return {
    key: 'signIn',
    label: () => vscode.l10n.t('Sign-in'),
    applies: isWeb,
    text: ({ signIn }) => words[signIn],
    ask: (title, draft, place) =>
      askChoice(`${title}: ${vscode.l10n.t('Sign-in')}`, place, draft.signIn, [
        {
          label: words.form,
          detail: vscode.l10n.t('As a browser does'),
          value: 'form',
          made: { ...draft, signIn: 'form' },
        },
        {
          label: words.token,
          detail: vscode.l10n.t('With user name and password, as other applications do'),
          value: 'token',
          made: { ...draft, signIn: 'token' },
        },
      ]),
  };
}

function caFileField(): ServerField {
  const field = textField('caFile', vscode.l10n.t('CA file'), {
    prompt: () =>
      vscode.l10n.t(
        'PEM file with the certificate authority of your own that vouches for the server. Empty: none.',
      ),
    placeHolder: () => '/etc/ssl/certs/own-ca.pem',
    check: (text) => tooLong(text, MAX_PATH),
    browse: chooseCaFile,
  });
  return { ...field, applies: isSecure };
}

function certificateField(): ServerField {
  const yes = vscode.l10n.t('Yes');
  const no = vscode.l10n.t('No, take any');
  return {
    key: 'rejectUnauthorized',
    label: () => vscode.l10n.t('Check certificate'),
    applies: isSecure,
    text: ({ rejectUnauthorized }) => (rejectUnauthorized ? yes : no),
    ask: (title, draft, place) =>
      askChoice(
        `${title}: ${vscode.l10n.t('Check certificate')}`,
        place,
        draft.rejectUnauthorized,
        [
          { label: yes, value: true, made: { ...draft, rejectUnauthorized: true } },
          {
            label: `$(warning) ${no}`,
            detail: vscode.l10n.t(
              'Only for a server that you trust on a network that you trust: everything, passwords too, could then go to somebody else.',
            ),
            value: false,
            made: { ...draft, rejectUnauthorized: false },
          },
        ],
      ),
  };
}

interface TextWords {
  readonly prompt: (draft: ServerDraft) => string;
  readonly placeHolder: (draft: ServerDraft) => string;
  readonly check: (text: string, draft: ServerDraft) => string | undefined;
  readonly browse?: () => Thenable<string | undefined>;
}

function textField(
  key: 'server' | 'agent' | 'place' | 'name' | 'tenant' | 'clientName' | 'caFile',
  name: string | ((draft: ServerDraft) => string),
  { prompt, placeHolder, check, browse }: TextWords,
): ServerField {
  const label = typeof name === 'string' ? () => name : name;
  return {
    key,
    label,
    applies: () => true,
    text: (draft) => String(draft[key]),
    async ask(title, draft, place) {
      const answer = await askText(
        {
          title: `${title}: ${label(draft)}`,
          prompt: prompt(draft),
          placeHolder: placeHolder(draft),
          value: String(draft[key]),
          check: (text) => check(text, draft),
          ...(browse !== undefined && { browse }),
        },
        place,
      );
      if (answer.kind !== 'answer') {
        return answer;
      }
      const value = key === 'tenant' ? Number(answer.value) : answer.value;
      return { kind: 'answer', value: { ...draft, [key]: value } };
    },
  };
}

interface Choice extends vscode.QuickPickItem {
  readonly value: unknown;
  readonly made: ServerDraft;
}

async function askChoice(
  title: string,
  place: StepPlace,
  present: unknown,
  items: readonly Choice[],
): Promise<StepAnswer<ServerDraft>> {
  const active = items.find(({ value }) => value === present);
  const answer = await askPick({ title, placeHolder: '', items, active }, place);
  return answer.kind === 'answer' ? { kind: 'answer', value: answer.value.made } : answer;
}

async function chooseCaFile(): Promise<string | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose CA File'),
    filters: {
      [vscode.l10n.t('Certificates')]: ['pem', 'crt', 'cer'],
      [vscode.l10n.t('All files')]: ['*'],
    },
  });
  return picked?.[0]?.fsPath;
}

function notEmpty(text: string): string | undefined {
  return text === '' ? vscode.l10n.t('This cannot be empty.') : tooLong(text);
}

function tooLong(text: string, most = MAX_NAME): string | undefined {
  return text.length > most ? vscode.l10n.t('Write at most {0} characters.', most) : undefined;
}
