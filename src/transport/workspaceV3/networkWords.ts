/** What went wrong on the network, in words that say what to do. */
import { messageOf } from '../../core/base/result';

const ADVICE: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'Nothing listens there. Check host and port, and that the server runs.'],
  ['ENOTFOUND', 'The host name is not known. Check the address.'],
  ['EAI_AGAIN', 'The host name cannot be looked up now. Check the network.'],
  ['ECONNRESET', 'The server cut the connection off.'],
  ['EPIPE', 'The server cut the connection off.'],
  ['ETIMEDOUT', 'The server cannot be reached. Check the network.'],
  ['EHOSTUNREACH', 'The server cannot be reached. Check the network.'],
  ['EPROTO', 'The server does not speak TLS there. Is it http rather than https?'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'The server does not speak TLS there. Is it http?'],
  ['HPE_HEADER_OVERFLOW', 'The header of the response is larger than is read.'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'Its certificate is self-signed and not trusted here.'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'Its certificate has an issuer that is not trusted here.'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'Its certificate has an issuer that is not known here.'],
  ['CERT_HAS_EXPIRED', 'Its certificate has expired.'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Its certificate is for another host name.'],
]);

/** One sentence for an error of a socket or of Node's HTTP parser, the error's code in brackets. */
export function networkWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = ADVICE.get(code) ?? (code.startsWith('HPE_') ? NO_HTTP : messageOf(error));
  return code === '' ? words : `${words} (${code})`;
}

const NO_HTTP = 'What came is no HTTP response.';
