import { ExpectedError } from '../core/base/result';
import { networkWords } from './networkWords';

export function cancelled(): ExpectedError {
  return new ExpectedError('cancelled', 'Connecting was cancelled.');
}

/** Why a WebSocket was not opened, and what to do. `status`: what the server answered instead of 101. */
export function cannotConnect(
  url: string,
  status: number | undefined,
  error: Error | undefined,
): ExpectedError {
  const words =
    status !== undefined
      ? `The server answered HTTP ${status} instead of a WebSocket. ${adviceFor(status)}`
      : error === undefined
        ? 'The connection was closed before it opened.'
        : networkWords(error);
  return new ExpectedError('cannot-connect', `Cannot connect to ${url}. ${words}`, {
    cause: error,
  });
}

function adviceFor(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return 'Something refuses the request, a gateway perhaps. Ask whoever runs it for access.';
    case 404:
      return 'Check the path of the address.';
    case 502:
    case 503:
    case 504:
      return 'A gateway answers, and the server behind it is not there. Check that it runs.';
    default:
      if (status >= 300 && status < 400) {
        return 'It sends clients elsewhere. Check the address.';
      }
      return status >= 500
        ? 'It fails by itself. Look at its log.'
        : 'Check host, port and path: is it the server’s WebSocket address?';
  }
}
