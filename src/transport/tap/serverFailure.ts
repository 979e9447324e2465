import type { Answer } from './answers';
import type { Target } from './target';

const CERTIFICATE_CODES: ReadonlyMap<string, string> = new Map([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'it signed it itself'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'it comes from an authority that is not trusted here'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'it comes from an authority that is not known here'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'it comes from an authority that is not known here'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'it comes from an authority that is not known here'],
  ['CERT_HAS_EXPIRED', 'it has expired'],
  ['CERT_NOT_YET_VALID', 'it is not valid yet'],
  ['CERT_REVOKED', 'it has been revoked'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'it was issued to another name'],
]);

/** Why the server cannot be reached, in a sentence for whoever waits for its answer. */
export function unreachable(target: Target, error: Error): Answer {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { status: 502, sentence: `${sentenceOf(target, code, error)}${code && ` (${code})`}.` };
}

export function notAccepting(target: Target, waitedMs: number): Answer {
  return {
    status: 504,
    sentence: `The server ${target.origin} did not accept a connection within ${waitedMs / 1000} seconds.`,
  };
}

function sentenceOf(target: Target, code: string, error: Error): string {
  const certificate = CERTIFICATE_CODES.get(code);
  if (certificate !== undefined) {
    return `The certificate of the server ${target.origin} cannot be trusted: ${certificate}`;
  }
  switch (code) {
    case 'ECONNREFUSED':
      return `The server ${target.origin} refused the connection: nothing listens there`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name of the server ${target.host} could not be resolved`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `There is no way to the server ${target.origin} on this network`;
    case 'ETIMEDOUT':
      return `The server ${target.origin} did not answer`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `The server ${target.origin} broke the connection off`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return `The server ${target.origin} does not speak TLS that is understood here`;
    default:
      return `The server ${target.origin} cannot be reached: ${error.message.replace(/\.$/, '')}`;
  }
}
