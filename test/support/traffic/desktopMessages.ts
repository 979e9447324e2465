/** What desktops ask, and what they are answered. */
import type { MessageHint } from '../../../src/core/protocol/message';
import { interactionId, type TrafficWorkbin } from './bodies';
import type { Day } from './day';

type Subject = 'workbin' | 'interaction' | 'both' | 'nothing';

/** A request that desktops make, and what answers it. */
export interface RequestKind {
  readonly name: string;
  /** Of what is asked at work. */
  readonly share: number;
  readonly about: Subject;
  readonly answer: 'acknowledgement' | 'content' | 'pulled' | 'properties';
}

export const WORK: readonly RequestKind[] = [
  { name: 'RequestGetWorkbinContent', share: 0.26, about: 'workbin', answer: 'content' },
  { name: 'RequestPlaceInWorkbin', share: 0.42, about: 'both', answer: 'acknowledgement' },
  { name: 'RequestPull', share: 0.06, about: 'interaction', answer: 'pulled' },
  {
    name: 'RequestGetInteractionProperties',
    share: 0.1,
    about: 'interaction',
    answer: 'properties',
  },
  { name: 'RequestChangeProperties', share: 0.08, about: 'interaction', answer: 'acknowledgement' },
];
export const SUBSCRIBE = opening('RequestWorkbinNotifications', 'workbin');
export const CANCEL = opening('RequestCancelWorkbinNotifications', 'workbin');
export const SIGN_IN = [
  opening('RequestRegisterClient', 'nothing'),
  opening('RequestAgentLogin', 'nothing'),
];
export const SIGN_OUT = opening('RequestAgentLogout', 'nothing');

export interface Answer {
  readonly hint: MessageHint;
  readonly text: string;
}

/** The answer to a request, or its refusal. */
export function answerTo(
  { bodies, random }: Day,
  kind: RequestKind,
  reference: number,
  proxy: number,
  workbin: TrafficWorkbin,
  fails: boolean,
): Answer {
  const common = { reference, proxyClientId: proxy };
  if (fails) {
    const errorCode = random.pick([34, 41, 42]);
    const hint = { name: 'EventError', ...common, errorCode };
    return { hint, text: bodies.error(reference, proxy, errorCode) };
  }
  switch (kind.answer) {
    case 'acknowledgement':
      return {
        hint: { name: 'EventAck', ...common },
        text: bodies.acknowledgement(reference, proxy),
      };
    case 'content':
    case 'pulled': {
      const name = kind.answer === 'pulled' ? 'EventPulledInteractions' : 'EventWorkbinContent';
      const count = kind.answer === 'pulled' ? 1 : 10 + random.below(20);
      const text = bodies.interactions(name, reference, proxy, workbin, count);
      return { hint: { name, ...common }, text };
    }
    case 'properties': {
      const id = bodies.interaction();
      const name = 'EventInteractionProperties';
      const about = { workbin: workbin.label, interactionId: interactionId(id) };
      return {
        hint: { name, ...common, ...about },
        text: bodies.properties(reference, proxy, workbin, id),
      };
    }
  }
}

function opening(name: string, about: Subject): RequestKind {
  return { name, share: 0, about, answer: 'acknowledgement' };
}
