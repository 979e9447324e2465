/** Asks for everything that is to be known of a server: step by step for a new one, field by field for one that is kept. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { checkAddress } from '../sessions/address';
import type { RecentConnection } from '../sessions/recentConnections';
import { usualName, type SavedServer, type SavedServers } from './savedServers';
import { fieldOf, serverFields, type ServerField } from './serverFields';
import { connectionSettings, connectionSettingsThatAreSet } from '../settings';
import { askPick, askSteps, type StepAnswer, type StepPlace } from '../steps';

/** A server that somebody has described, and whether it is to be connected at once. */
export interface DescribedServer {
  readonly server: SavedServer;
  readonly connect: boolean;
}

type Step = (draft: SavedServer, place: StepPlace) => Promise<StepAnswer<SavedServer>>;

interface FieldItem extends vscode.QuickPickItem {
  readonly does: 'connect' | 'save' | ServerField;
}

const ALONE: StepPlace = { canGoBack: false };
const BELOW: StepPlace = { canGoBack: true };

export class ServerInput {
  constructor(private readonly servers: SavedServers) {}

  /** A server as somebody is likely to want it: what is set, then as the one that was added last. */
  draft(server = ''): SavedServer {
    const { agent, place, tenant, clientName, signIn, rejectUnauthorized } = connectionSettings();
    const last = this.servers.all.at(-1);
    const set = connectionSettingsThatAreSet();
    return {
      agent: set.agent ?? last?.agent ?? agent,
      place: set.place ?? last?.place ?? place,
      tenant: set.tenant ?? last?.tenant ?? tenant,
      clientName: set.clientName ?? last?.clientName ?? clientName,
      signIn: set.signIn ?? last?.signIn ?? signIn,
      caFile: last?.caFile ?? '',
      // That certificates are not checked is never taken over from another server.
      rejectUnauthorized,
      id: randomUUID(),
      name: '',
      server,
    };
  }

  /** Keeps what somebody connected to before servers were kept, once. */
  async adopt(recent: readonly RecentConnection[]): Promise<void> {
    const usable = recent.filter(({ server }) => checkAddress(server).ok);
    if (this.servers.begun || usable.length === 0) {
      return;
    }
    const adopted: SavedServer[] = [];
    for (const { server, agent, place } of usable) {
      const name = usualName(server, agent, adopted);
      adopted.push({ ...this.draft(server), agent, place, name });
    }
    await this.servers.begin(adopted);
  }

  /** Asks for address, agent and place: what is needed to connect. */
  askForConnect(server: string): Promise<SavedServer | undefined> {
    const title = vscode.l10n.t('Connect');
    const named = (draft: SavedServer): SavedServer => this.named(draft);
    return askSteps(this.draft(server), [
      stepOf(title, 'server'),
      stepOf(title, 'agent'),
      andThen(stepOf(title, 'place'), named),
    ]);
  }

  /** Asks only for what is not known yet. */
  async complete(draft: SavedServer): Promise<SavedServer | undefined> {
    const title = vscode.l10n.t('Connect');
    const isWeb = /^http/i.test(draft.server);
    const missing = [
      ...(draft.agent === '' ? [stepOf(title, 'agent')] : []),
      ...(draft.place === '' && !isWeb ? [stepOf(title, 'place')] : []),
    ];
    const complete = await askSteps(draft, missing);
    return complete && this.named(complete);
  }

  /** Asks step by step, then shows everything for a last look and change. */
  async add(): Promise<DescribedServer | undefined> {
    const title = vscode.l10n.t('Add Server');
    let connect = false;
    const lookAtAll: Step = async (draft, place) => {
      let looked = draft;
      for (;;) {
        const answer = await this.pickField(title, looked, place, true);
        if (answer.kind !== 'answer') {
          return answer;
        }
        const { does } = answer.value;
        if (does === 'connect' || does === 'save') {
          connect = does === 'connect';
          return { kind: 'answer', value: looked };
        }
        const changed = await does.ask(title, looked, BELOW);
        if (changed.kind === 'cancelled') {
          return changed;
        }
        looked = changed.kind === 'answer' ? changed.value : looked;
      }
    };
    const server = await askSteps(this.draft(), [
      stepOf(title, 'server'),
      stepOf(title, 'agent'),
      andThen(stepOf(title, 'place'), (draft) => this.named(draft)),
      stepOf(title, 'name'),
      lookAtAll,
    ]);
    return server && { server, connect };
  }

  /** Lets somebody change one field after the other; `save` is given each change at once. */
  async edit(server: SavedServer, save: (server: SavedServer) => Promise<void>): Promise<void> {
    const title = vscode.l10n.t('Edit {0}', server.name);
    let present = server;
    let last: ServerField | undefined;
    for (;;) {
      const answer = await this.pickField(title, present, ALONE, false, last);
      const does = answer.kind === 'answer' ? answer.value.does : 'save';
      if (does === 'save' || does === 'connect') {
        return;
      }
      last = does;
      const changed = await does.ask(title, present, BELOW);
      if (changed.kind === 'cancelled') {
        return;
      }
      if (changed.kind === 'answer') {
        present = changed.value;
        await save(present);
      }
    }
  }

  private named(draft: SavedServer): SavedServer {
    return draft.name === ''
      ? { ...draft, name: usualName(draft.server, draft.agent, this.servers.all) }
      : draft;
  }

  private pickField(
    title: string,
    draft: SavedServer,
    place: StepPlace,
    isNew: boolean,
    last?: ServerField,
  ): Promise<StepAnswer<FieldItem>> {
    const fields = serverFields()
      .filter((field) => field.applies(draft))
      .map((field): FieldItem => {
        const text = field.text(draft);
        return {
          label: `$(edit) ${field.label(draft)}`,
          description: text === '' ? vscode.l10n.t('none') : text,
          does: field,
        };
      });
    const ends: readonly FieldItem[] = isNew
      ? [
          { label: vscode.l10n.t('$(plug) Save and Connect'), does: 'connect' },
          { label: vscode.l10n.t('$(save) Save'), does: 'save' },
        ]
      : [{ label: vscode.l10n.t('$(check) Done'), does: 'save' }];
    const separator: FieldItem = {
      label: vscode.l10n.t('change'),
      kind: vscode.QuickPickItemKind.Separator,
      does: 'save',
    };
    const placeHolder = isNew
      ? vscode.l10n.t('Save it, or choose what to change')
      : vscode.l10n.t('What to change; each change is kept at once');
    const items = isNew ? [...ends, separator, ...fields] : [...fields, ...ends];
    const active = fields.find(({ does }) => typeof does === 'object' && does.key === last?.key);
    return askPick({ title, placeHolder, items, active }, place);
  }
}

function stepOf(title: string, key: ServerField['key']): Step {
  return (draft, place) => fieldOf(key).ask(title, draft, place);
}

function andThen(step: Step, then: (draft: SavedServer) => SavedServer): Step {
  return async (draft, place) => {
    const answer = await step(draft, place);
    return answer.kind === 'answer' ? { kind: 'answer', value: then(answer.value) } : answer;
  };
}
