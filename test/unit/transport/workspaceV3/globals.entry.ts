/** Loads and uses the client in a process of its own, and writes what changed of its globals as JSON. */
// The first look makes those globals that Node makes when they are first read.
snapshot();
const before = snapshot();

void (async () => {
  const { NEVER_CANCELLED } = await import('../../../../src/core/base/cancellation');
  const { startScripted } = await import('./scriptedServer');
  const { createClient, OWN_DRAFTS } = await import('./support');
  const server = await startScripted({ webSocket: 'offered' });
  const { client } = createClient(server.address);
  const { kind } = await client.connect(NEVER_CANCELLED);
  const during = snapshot();
  const { ok } = await client.getContent(OWN_DRAFTS);
  await client.disconnect();
  await server.stop();
  const changed = [before, during, snapshot()].flatMap((each, index, all) =>
    index === 0 ? [] : changes(all[index - 1]!, each),
  );
  process.stdout.write(JSON.stringify({ kind, ok, changed }));
})();

export type Snapshot = ReadonlyMap<PropertyKey, unknown>;

/** Every global and what it is. Each is read before: Node makes some of its own when they are first read. */
function snapshot(): Snapshot {
  const keys = Reflect.ownKeys(globalThis);
  for (const key of keys) {
    Reflect.get(globalThis, key);
  }
  return new Map(
    keys.map((key) => {
      const found: { readonly value?: unknown; readonly get?: unknown } =
        Object.getOwnPropertyDescriptor(globalThis, key) ?? {};
      return [key, found.value ?? found.get];
    }),
  );
}

function changes(one: Snapshot, other: Snapshot): readonly string[] {
  const keys = new Set([...one.keys(), ...other.keys()]);
  return [...keys].filter((key) => !Object.is(one.get(key), other.get(key))).map(String);
}
