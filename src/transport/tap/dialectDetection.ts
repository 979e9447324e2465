/** True for text that is a batch of Bayeux messages (CometD 5, "The Bayeux Protocol": an array of messages with channels). */
export function looksLikeBayeux(text: string): boolean {
  // The first message's channel is near the beginning or the batch is large: parsing decides only small ones.
  if (!/^\s*\[?\s*\{/.test(text)) {
    return false;
  }
  if (text.length > 64 * 1024) {
    return (
      /"channel"\s*:\s*"\//.test(text.slice(0, 4096)) ||
      /"channel"\s*:\s*"\//.test(text.slice(-4096))
    );
  }
  try {
    const value: unknown = JSON.parse(text);
    const messages: readonly unknown[] = Array.isArray(value) ? value : [value];
    return messages.some(
      (message) =>
        typeof message === 'object' &&
        message !== null &&
        'channel' in message &&
        typeof message.channel === 'string' &&
        message.channel.startsWith('/'),
    );
  } catch {
    return false; // No JSON, no Bayeux.
  }
}

/** Where servers usually put CometD; judges a WebSocket on which nothing was said. */
export function pathLooksLikeBayeux(url: string): boolean {
  return /\/(?:cometd|notifications|workspace\/v3)(?:[/?#]|$)/i.test(url);
}
