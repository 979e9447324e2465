/** The requests that one can choose from, and what is known of the chosen one. */
import { CATALOGUE, messageByName, type MessageType } from '../../core/protocol/catalogue';
import type { Dialect } from '../../core/protocol/decoder';
import { sendingOf, type Sending } from '../../core/protocol/requestForm/sending';
import type { PhaseModel } from '../../core/phases/model';
import { PHASE_MODELS } from '../../core/phases/models';
import type { Choice } from './combobox';

/** The request that a form begins with. */
export const FIRST_REQUEST = 'RequestGetWorkbinContent';

/** The requests of a connection; those that it cannot carry stand last and say why. */
export function requestChoices(dialect: Dialect): readonly Choice[] {
  const choices = CATALOGUE.filter(({ kind }) => kind === 'request').map(
    ({ id, name, group }): Choice => {
      const sending = sendingOf(dialect, name);
      const note = `${id} · ${group.replace(/^Requests\.?/, '') || 'General'}`;
      return sending.kind === 'impossible'
        ? { value: name, note, refused: sending.reason }
        : { value: name, note };
    },
  );
  return [
    ...choices.filter(({ refused }) => refused === undefined),
    ...choices.filter(({ refused }) => refused !== undefined),
  ];
}

/** What there is to know before a request is sent, in sentences. */
export function aboutRequest(
  { id, name, group }: MessageType,
  sending: Sending,
): readonly string[] {
  const models = PHASE_MODELS.filter(({ request }) => request === name);
  const [model] = models;
  const about = [`Message ${id}, ${group}.`];
  if (model !== undefined) {
    // Models name the events of all dialects; those of the catalogue are Interaction Server's own.
    const success = model.success
      .filter((event) => sending.kind !== 'message' || messageByName(event) !== undefined)
      .map((event) => withReading(model, event))
      .join(' or ');
    const failure = [...new Set(models.flatMap((each) => each.failure.map(({ event }) => event)))]
      .filter((event) => (sending.kind === 'message') !== (event === 'HttpError'))
      .map((event) => withReading(model, event))
      .join(' or ');
    const ends = [
      ...(success === '' ? [] : [`completed by ${success}`]),
      ...(failure === '' ? [] : [`failed by ${failure}`]),
    ].join(', ');
    about.push(`Begins the phase “${model.title}”${ends === '' ? '' : `: ${ends}`}.`);
  } else {
    about.push('No documented phase begins with it; its answer is found by the reference id.');
  }
  if (sending.kind === 'operation') {
    about.push(`Sent as ${sending.operation}. That it stands for this request is our reading.`);
  }
  if (BY_ITSELF.has(name)) {
    about.push(
      'This client sends it by itself when it connects or leaves; sending it here may end what the session stands on.',
    );
  }
  return about;
}

/** A model says which of its events its source does not name. */
function withReading({ readings }: PhaseModel, event: string): string {
  return readings?.[event] === undefined ? event : `${event} (our reading)`;
}

/** Requests on which the session itself stands. */
const BY_ITSELF: ReadonlySet<string> = new Set([
  'RequestRegisterClient',
  'RequestUnregisterClient',
  'RequestAgentLogin',
  'RequestAgentLogout',
]);
