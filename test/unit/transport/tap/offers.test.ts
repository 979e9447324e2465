import assert from 'node:assert/strict';
import { readableCodings, readableExtensions } from '../../../../src/transport/tap/offers';

describe('Of the compressions that an application offers, a tap leaves what it can read', () => {
  for (const [offered, left] of [
    ['gzip, deflate, br', 'gzip, deflate, br'],
    ['GZIP;q=0.8,x-gzip , identity', 'GZIP;q=0.8,x-gzip , identity'],
    ['gzip, deflate, br, zstd', 'gzip, deflate, br'],
    ['gzip;q=0.5, dcb, *;q=0', 'gzip;q=0.5, *;q=0'],
    ['zstd;q=0, gzip', 'zstd;q=0, gzip'],
    ['zstd;q=0.5', 'identity'],
    ['*', 'identity'],
    ['', ''],
  ] as const) {
    it(`"${offered}" as Accept-Encoding becomes "${left}"`, () => {
      assert.equal(readableCodings(offered), left);
    });
  }

  for (const [offered, left] of [
    ['permessage-deflate; client_max_window_bits', 'permessage-deflate; client_max_window_bits'],
    [
      'Permessage-Deflate;server_no_context_takeover, x-odd',
      'Permessage-Deflate;server_no_context_takeover',
    ],
    ['x-odd; a="b, permessage-deflate", permessage-deflate', 'permessage-deflate'],
    ['permessage-deflate2', undefined],
    ['permessage-bzip2', undefined],
  ] as const) {
    it(`"${offered}" as Sec-WebSocket-Extensions becomes "${left ?? 'nothing'}"`, () => {
      assert.equal(readableExtensions(offered), left);
    });
  }
});
