import { assertNever } from '../../core/base/assert';
import type { MessageRole, Outcome } from '../../core/phases/model';
import type { IconName } from './icons';

/** In the order in which the toolbar counts them. */
export const OUTCOMES: readonly Outcome[] = [
  'completed',
  'failed',
  'unanswered',
  'interrupted',
  'open',
];

export interface OutcomeWords {
  readonly word: string;
  readonly icon: IconName;
}

/** An outcome as it is shown: never by colour alone. */
export function outcomeWords(outcome: Outcome): OutcomeWords {
  switch (outcome) {
    case 'completed':
      return { word: 'Completed', icon: 'pass' };
    case 'failed':
      return { word: 'Failed', icon: 'error' };
    case 'unanswered':
      return { word: 'Unanswered', icon: 'question' };
    case 'interrupted':
      return { word: 'Interrupted', icon: 'interrupted' };
    case 'open':
      return { word: 'Open', icon: 'open' };
    default:
      return assertNever(outcome);
  }
}

/** Of a request that no documented phase begins with, short and in full. */
export const UNDOCUMENTED = {
  mark: 'No phase model',
  words:
    'No documented phase begins with this request. An event with its reference is taken for its answer: our reading.',
} as const;

/** What a message is in its phase, in words. */
export function roleWords(role: MessageRole): string {
  switch (role) {
    case 'request':
      return 'Request';
    case 'accepted':
      return 'Accepted, not yet done';
    case 'answer':
      return 'Answer';
    case 'duplicate':
      return 'Duplicate answer';
    case 'notification':
      return 'Notification';
    case 'unmatched':
      return 'Unmatched: belongs to no request or subscription in this trace';
    case 'none':
      return 'Belongs to no documented phase';
    default:
      return assertNever(role);
  }
}
