/** What went wrong on the network, in words that say what to do. */
import { messageOf } from '../core/base/result';

const CHOOSE_CA = 'Choose the CA file of its authority in the server’s settings.';

const ADVICE: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'Nothing listens there. Check host and port, and that the server runs.'],
  ['ENOTFOUND', 'The host name is not known. Check the address.'],
  ['EAI_AGAIN', 'The host name cannot be looked up now. Check the network.'],
  ['ECONNRESET', 'The server cut the connection off.'],
  ['EPIPE', 'The server cut the connection off.'],
  ['ETIMEDOUT', 'The server cannot be reached. Check the network.'],
  ['EHOSTUNREACH', 'The server cannot be reached. Check the network.'],
  ['ENETUNREACH', 'The server cannot be reached. Check the network.'],
  ['EPROTO', 'The server does not speak TLS there. Is the address one without TLS (ws, http)?'],
  [
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'The server does not speak TLS there. Is the address one without TLS (ws, http)?',
  ],
  ['HPE_HEADER_OVERFLOW', 'The header of the response is larger than is read.'],
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    `Its certificate is self-signed. Choose it as CA file in the server’s settings, if it is the right one.`,
  ],
  [
    'SELF_SIGNED_CERT_IN_CHAIN',
    `The authority of its certificate is not trusted here. ${CHOOSE_CA}`,
  ],
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    `The authority of its certificate is not known here. ${CHOOSE_CA}`,
  ],
  ['UNABLE_TO_GET_ISSUER_CERT', `The authority of its certificate is not known here. ${CHOOSE_CA}`],
  [
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    `The authority of its certificate is not known here. ${CHOOSE_CA}`,
  ],
  [
    'CERT_SIGNATURE_FAILURE',
    `Its certificate was not signed by the authority that it names. ${CHOOSE_CA}`,
  ],
  ['CERT_HAS_EXPIRED', 'Its certificate has expired. Have a new one installed on the server.'],
  [
    'CERT_NOT_YET_VALID',
    'Its certificate is not valid yet. Check the clocks of server and machine.',
  ],
  ['CERT_REVOKED', 'Its certificate has been revoked. Have a new one installed on the server.'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'Its certificate is for another host name. Use a name that stands in the certificate as address.',
  ],
]);

/** Whether an error's code says that a certificate is not accepted. */
export function isCertificateCode(code: string): boolean {
  return /CERT|UNABLE_TO/.test(code);
}

/** Sentences for an error of a socket or of Node's HTTP parser, the error's code in brackets. */
export function networkWords(error: unknown): string {
  const code = codeOf(error);
  const words = ADVICE.get(code) ?? (code.startsWith('HPE_') ? NO_HTTP : messageOf(error));
  return code === '' ? words : `${words} (${code})`;
}

/** The stable code that Node gives an error; empty where it gives none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

/** What a code means and what to do; undefined where it has no words of its own. */
export function codeWords(code: string): string | undefined {
  return ADVICE.get(code);
}

const NO_HTTP = 'What came is no HTTP response.';
