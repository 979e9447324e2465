import type { KeptInterest } from './keptInterest';
import type { PlatformSdkRequests } from '../platformSdkRequests';
import type { Logger } from '../ports';

/** Requests on their way at once: a server that has just come up is not flooded. */
const AT_ONCE = 8;

/**
 * Requests again, on a new connection, what was granted on the one before. What the server now refuses is forgotten,
 * and the log says so. Resolves when all is answered or the connection is lost; never rejects.
 */
export async function restoreInterest(
  interest: KeptInterest,
  requests: PlatformSdkRequests,
  logger: Logger,
): Promise<void> {
  const waiting = [...interest.requests()];
  while (waiting.length > 0) {
    const batch = waiting.splice(0, AT_ONCE);
    const results = await Promise.all(
      batch.map(async (request) => {
        const { name, attributes } = request;
        return { request, result: await requests.request(name, attributes) };
      }),
    );
    for (const { request, result } of results) {
      if (result.ok) {
        continue;
      }
      const { code, message } = result.error;
      if (code === 'connection-lost' || code === 'not-connected' || code === 'cancelled') {
        return;
      }
      logger.warn(`${request.name} could not be repeated: ${message}`);
      if (code === 'event-error') {
        interest.refused(request);
      }
    }
  }
}
