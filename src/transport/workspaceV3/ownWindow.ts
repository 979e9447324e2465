/**
 * The `window` that the CometD client expects. The build gives it to that library's files alone, so that no global
 * of the process is made or changed: other extensions run in the same one.
 *
 * There is as little in it as the library needs. Timers, requests and sockets are given to each client by itself
 * (`cometdConnection.ts`); without `console`, `location` and `Worker` the library does without them.
 */
export const window = { WebSocket: openedBy };

/**
 * The library says `new window.WebSocket(url, protocol)`, with whatever a client has been configured with as its
 * protocol: ours is a function that opens the socket of that client.
 */
function openedBy(url: string, open: (url: string) => object): object {
  return open(url);
}
