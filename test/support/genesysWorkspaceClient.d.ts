/** What our tests use of the published client, which has no types of its own; its modules are CommonJS. */
declare module 'genesys-workspace-client-js' {
  import type { EventEmitter } from 'node:events';
  import type { CometD } from 'cometd';

  export interface WorkspaceApi extends EventEmitter {
    initialize(options: {
      readonly code?: string;
      readonly redirectUri?: string;
      readonly token?: string;
    }): Promise<void>;
    activateChannels(agentId?: string, dn?: string, placeName?: string): Promise<unknown>;
    destroy(): Promise<void>;
    readonly initialized: boolean;
    readonly user: unknown;
    readonly configuration: unknown;
    /** The generated client, to which the generated interfaces are bound. */
    readonly agent: unknown;
    readonly _cometd: CometD;
  }

  const client: new (apiKey: string, baseUrl: string, debugEnabled?: string) => WorkspaceApi;
  export { client as default };
}

declare module 'genesys-workspace-client-js/src/internal/code-gen/workspace-api/index.js' {
  interface Answer {
    readonly response: { readonly status: number; readonly body: unknown };
  }
  type Interface = new (
    client: unknown,
  ) => Readonly<Record<string, (...parameters: readonly unknown[]) => Promise<Answer>>>;

  const generated: {
    readonly WorkbinsApi: Interface;
    readonly MediaApi: Interface;
    readonly MediaManagementApi: Interface;
  };
  export { generated as default };
}

declare module 'genesys-workspace-client-js/src/cometd-nodejs-client.js' {
  const node: { adapt(): void };
  export { node as default };
}
