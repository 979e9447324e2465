/** Where a request would go, or that it can go nowhere and what to do. */
import type { FormState } from '../../bridge/requestForm';
import { element } from '../base/dom';
import { createIcon } from '../base/icons';

const DIALECTS = {
  'platform-sdk-json': 'Platform SDK JSON',
  'workspace-v3': 'Workspace API v3',
} as const;

export class ConnectionLine {
  readonly element = element('div', 'wi-request__connection', { role: 'status' });
  private shown = '';

  constructor(private readonly connect: () => void) {}

  show({ connection }: FormState): void {
    const key = JSON.stringify(connection ?? {});
    if (key === this.shown) {
      return;
    }
    this.shown = key;
    if (connection === undefined) {
      const connect = element('button', 'wi-link', { type: 'button' }, 'Connect…');
      connect.addEventListener('click', this.connect);
      const words = 'Not connected: a request can be written, and sent once you are. ';
      this.element.replaceChildren(
        createIcon('disconnect'),
        element('span', '', {}, words, connect),
      );
      return;
    }
    const { agent, server, dialect, isEmbedded } = connection;
    this.element.replaceChildren(
      createIcon('connect'),
      element(
        'span',
        '',
        {},
        'To ',
        element('strong', '', {}, isEmbedded ? 'the embedded server' : server),
        ` in the name of ${agent}`,
      ),
      element('span', 'wi-request__dialect', {}, DIALECTS[dialect]),
    );
  }
}
