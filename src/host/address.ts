import { failed, ok, type Result } from '../core/base/result';

/** What somebody typed as the address of a server, checked; the error says what to write instead. */
export function checkAddress(text: string): Result<string> {
  const trimmed = text.trim();
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return failed('no-address', 'Write an address such as ws://server.example:7120/');
  }
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    return failed(
      'wrong-protocol',
      'The address begins with ws:// or wss://. Interaction Server’s native connection is not public and cannot be used.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    return failed(
      'secret',
      'Leave name and password out of the address: it is shown and recorded.',
    );
  }
  return url.hash === ''
    ? ok(trimmed)
    : failed('fragment', 'Leave out the part behind #: a WebSocket address has none.');
}
