import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { workbinId } from '../../../../src/simulator/workspace/workbinDirectory';
import type { WorkspaceOptions } from '../../../../src/simulator/simulator';
import { CometdDesktop, type Event, type Json } from '../../../support/cometdDesktop';
import { Stage } from '../support';

export const DRAFTS = workbinId('email-draft');
export const IN_PROGRESS = workbinId('email-in-progress');
export const TEAM = workbinId('team-email');
export const CLAIMS_DESK = workbinId('claims-desk');

/** An embedded server with both ports, its desktops and its Platform SDK clients; time stands still. */
export class WorkspaceStage {
  readonly sdk = new Stage();
  private readonly desktops: CometdDesktop[] = [];

  async start(workspace: boolean | WorkspaceOptions = true): Promise<void> {
    await this.sdk.start({ workspace });
  }

  get address(): string {
    return this.sdk.simulator.workspaceAddress ?? '';
  }

  get server() {
    return this.sdk.simulator.server;
  }

  /** A desktop that has signed in and listens. */
  async desktop(user: string): Promise<CometdDesktop> {
    const desktop = await CometdDesktop.open(this.address, { user, signIn: 'token' });
    this.desktops.push(desktop);
    await desktop.drained();
    return desktop;
  }

  /** A desktop that has done nothing yet. */
  stranger(): CometdDesktop {
    const desktop = new CometdDesktop(this.address);
    this.desktops.push(desktop);
    return desktop;
  }

  /** Ids of what lies in a workbin. */
  lying(type: string, owner: string): readonly string[] {
    return this.server.interactions
      .inWorkbin({ type, ownerKind: 'Agent', owner })
      .map(({ id }) => id);
  }

  /** What lies first in a workbin. */
  first(type: string, owner: string): string {
    return this.lying(type, owner)[0] ?? '';
  }

  async dispose(): Promise<void> {
    // The last one has the window.
    for (const desktop of this.desktops.splice(0).reverse()) {
      await desktop.close();
    }
    await this.sdk.dispose();
  }
}

/** An event in one line: what it is and which interaction and workbin it is about. */
export function line({ channel, data }: Event): string {
  const workbin = data['workbin'] as Json | undefined;
  const interaction = data['interaction'] as Json | undefined;
  const parts = [
    channel.replace('/workspace/v3/', ''),
    data['name'] ?? data['notificationType'],
    data['operation'],
    data['workbinContentOperation'],
    workbin === undefined ? undefined : `${String(workbin['id'])}@${String(workbin['owner'])}`,
    interaction?.['id'],
    interaction?.['state'],
    data['errorCode'],
  ];
  return parts.flatMap((part) => (part === undefined ? [] : [String(part as unknown)])).join(' ');
}

/** A poll that the server is known to hold, on a bare socket, so that every byte of its answer shows. */
export class HeldPoll {
  private readonly chunks: Buffer[] = [];
  private readonly closed: Promise<unknown>;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.chunks.push(chunk));
    socket.on('error', () => undefined);
    this.closed = once(socket, 'close');
  }

  /** Begins it for a desktop that has signed in. */
  static async begin(desktop: CometdDesktop): Promise<HeldPoll> {
    const path = '/workspace/v3/notifications';
    const handshake = '[{"channel":"/meta/handshake"}]';
    const { body } = await desktop.fetch('POST', path, handshake);
    const [{ clientId } = {}] = body as Json[];
    const poll = JSON.stringify([{ id: '9', channel: '/meta/connect', clientId }]);
    const cookie = await desktop.cookies.getCookieString(`${desktop.baseUrl}${path}`);
    const socket = connect(Number(new URL(desktop.baseUrl).port), '127.0.0.1');
    const held = new HeldPoll(socket);
    const request =
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\n` +
      `Content-Length: ${poll.length}\r\n\r\n${poll}`;
    // The first brings the initialization events, the second is held.
    socket.write(request);
    await once(socket, 'data');
    held.chunks.length = 0;
    socket.write(request);
    // What the server answers now it answers after it has taken the poll.
    for (let trips = 0; trips < 3; trips += 1) {
      await desktop.fetch('GET', '/workspace/v3/version');
    }
    return held;
  }

  /** The messages of its answer. */
  async answer(): Promise<unknown> {
    if (this.chunks.length === 0) {
      await once(this.socket, 'data');
    }
    this.socket.destroy();
    return JSON.parse(this.text().split('\r\n\r\n')[1] ?? '') as unknown;
  }

  /** Everything that came until the connection ended. */
  async remains(): Promise<string> {
    await this.closed;
    return this.text();
  }

  private text(): string {
    return Buffer.concat(this.chunks).toString();
  }
}
