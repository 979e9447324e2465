import assert from 'node:assert/strict';
import { createAccessCheck } from '../../../../src/transport/tap/access';
import {
  headBytes,
  parseRequestHead,
  parseResponseHead,
  type RequestHead,
  type ResponseHead,
} from '../../../../src/transport/tap/httpHead';
import { mapRequestHead, mapResponseHead } from '../../../../src/transport/tap/headMapping';
import { parseTarget, tapAddress, type Target } from '../../../../src/transport/tap/target';

const TAP = { authority: 'localhost:9000', port: 9000 };

describe('A tap maps heads', () => {
  it('rewrites Host, Origin and Referer towards the server and leaves all else', () => {
    const target = targetOf('https://gws.example.com');
    const head = requestHead(
      'host: localhost:9000',
      'ORIGIN: http://localhost:9000',
      'Referer: http://127.0.0.1:9000/ui?at=http://localhost:9000',
      'X-Forwarded-Host: localhost:9000',
    );
    const { head: mapped, mapped: changes } = mapRequestHead(head, TAP, target);
    assert.equal(
      headBytes(mapped).toString(),
      'GET / HTTP/1.1\r\nhost: gws.example.com\r\nORIGIN: https://gws.example.com\r\n' +
        'Referer: https://gws.example.com/ui?at=http://localhost:9000\r\n' +
        'X-Forwarded-Host: localhost:9000\r\n\r\n',
    );
    assert.deepEqual(changes, [
      ['host', 'localhost:9000', 'gws.example.com'],
      ['ORIGIN', 'http://localhost:9000', 'https://gws.example.com'],
      [
        'Referer',
        'http://127.0.0.1:9000/ui?at=http://localhost:9000',
        'https://gws.example.com/ui?at=http://localhost:9000',
      ],
    ]);
  });

  it('leaves the origin of another application on this machine, which the server sees directly too', () => {
    const head = requestHead('Host: gws.example.com', 'Origin: http://localhost:3000');
    const result = mapRequestHead(head, TAP, targetOf('https://gws.example.com'));
    assert.deepEqual(result, { head, mapped: [] });
  });

  for (const [server, location, expected] of [
    ['http://gws:8080', 'http://gws:8080/ui?x=1#y', 'http://localhost:9000/ui?x=1#y'],
    ['http://gws:8080', 'http://gws:8080', 'http://localhost:9000'],
    ['http://gws:8080', '//gws:8080/ui', 'http://localhost:9000/ui'],
    ['https://gws', 'https://GWS:443/ui', 'http://localhost:9000/ui'],
    ['http://gws:8080', '/ui', '/ui'],
    ['http://gws:8080', 'http://gws:8081/ui', 'http://gws:8081/ui'],
    [
      'http://gws:8080',
      'https://sso.example.com/?to=http://gws:8080',
      'https://sso.example.com/?to=http://gws:8080',
    ],
    ['http://gws', 'http://gws.evil.example/', 'http://gws.evil.example/'],
    ['http://gws', 'http://gws@evil.example/', 'http://gws@evil.example/'],
  ] as const) {
    it(`maps the Location ${location} of ${server} to ${expected}`, () => {
      assert.equal(mappedField(server, `Location: ${location}`), `Location: ${expected}`);
    });
  }

  for (const [server, cookie, expected] of [
    ['https://gws.example.com', 'a=1; Domain=gws.example.com; Path=/', 'a=1; Path=/'],
    ['https://gws.example.com', 'a=1; domain=.Example.com; HttpOnly', 'a=1; HttpOnly'],
    ['https://gws.example.com', 'a=1; Domain=other.com', 'a=1; Domain=other.com'],
    ['https://gws.example.com', 'a=1; Domain=ample.com', 'a=1; Domain=ample.com'],
    ['https://gws.example.com', 'a=1; Path=/; Secure; SameSite=None; Partitioned', 'a=1; Path=/'],
    ['https://gws.example.com', 'a=1; Secure; SameSite=Lax', 'a=1; SameSite=Lax'],
    ['https://gws.example.com', '__Host-a=1; Path=/; Secure', '__Host-a=1; Path=/; Secure'],
    ['http://gws.example.com', 'a=1; Secure', 'a=1; Secure'],
    ['https://gws.example.com', 'a=secure; Path=/', 'a=secure; Path=/'],
  ] as const) {
    it(`maps the cookie "${cookie}" of ${server} to "${expected}"`, () => {
      assert.equal(mappedField(server, `Set-Cookie: ${cookie}`), `Set-Cookie: ${expected}`);
    });
  }

  it('tells both forms of each mapped cookie', () => {
    const head = responseHead('Set-Cookie: a=1; Domain=gws', 'Set-Cookie: b=2');
    assert.deepEqual(mapResponseHead(head, TAP, targetOf('http://gws')).mapped, [
      ['Set-Cookie', 'a=1', 'a=1; Domain=gws'],
    ]);
  });

  it('gives the application an address like the one that it had', () => {
    assert.deepEqual(
      ['http://gws:8080', 'https://gws/ui/', 'wss://gws/ixn?x=1'].map((url) =>
        tapAddress(targetOf(url), 9000),
      ),
      ['http://127.0.0.1:9000', 'http://127.0.0.1:9000/ui/', 'ws://127.0.0.1:9000/ixn?x=1'],
    );
  });

  it('refuses addresses that are none, in words', () => {
    assert.deepEqual(
      ['nonsense', 'ftp://gws', 'http://me:secret@gws'].map((address) => {
        const result = parseTarget(address);
        return result.ok ? '' : result.error.message;
      }),
      [
        '"nonsense" is not an address such as http://server:8080.',
        'The server address must begin with http, https, ws or wss.',
        'The server address must not contain a user name or password.',
      ],
    );
  });
});

describe('A tap checks who asks', () => {
  const check = createAccessCheck(targetOf('https://gws.example.com:8443'), [
    'https://desk.example.com',
    'intranet',
  ]);

  for (const host of [
    '127.0.0.1:9000',
    'localhost:9000',
    'LOCALHOST.',
    'desk.localhost',
    '[::1]:9000',
    '127.3.2.1',
    'gws.example.com:8443',
    'desk.example.com',
    'intranet:80',
  ]) {
    it(`lets the Host ${host} pass`, () => {
      assert.equal(check(host, undefined), undefined);
    });
  }

  for (const host of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost@evil.example',
    '127.0.0.1:9000@evil.example',
    '',
    '10.0.0.1',
    '128.0.0.1',
    '[::2]',
    ' ',
  ]) {
    it(`refuses the Host "${host}"`, () => {
      assert.match(check(host, undefined) ?? '', /refused this request: its Host/);
    });
  }

  for (const origin of [
    'http://localhost:9000',
    'http://127.0.0.1:3000',
    'https://gws.example.com:8443',
    'https://desk.example.com',
    'https://intranet:4430',
  ]) {
    it(`lets the Origin ${origin} pass`, () => {
      assert.equal(check('localhost', origin), undefined);
    });
  }

  for (const origin of [
    'null',
    'https://evil.example',
    'http://desk.example.com',
    'https://gws.example.com',
    'https://desk.example.com.evil.example',
    'file://',
    'http://localhost@evil.example',
  ]) {
    it(`refuses the Origin ${origin}`, () => {
      assert.match(check('localhost', origin) ?? '', /refused this request: its Origin/);
    });
  }
});

function mappedField(server: string, field: string): string | undefined {
  const { head } = mapResponseHead(responseHead(field), TAP, targetOf(server));
  return head.fields[0]?.raw;
}

function targetOf(url: string): Target {
  const target = parseTarget(url);
  assert.ok(target.ok);
  return target.value;
}

function requestHead(...fields: readonly string[]): RequestHead {
  const head = parseRequestHead(Buffer.from(['GET / HTTP/1.1', ...fields, '', ''].join('\r\n')));
  assert.ok(head.ok);
  return head.value;
}

function responseHead(...fields: readonly string[]): ResponseHead {
  const head = parseResponseHead(
    Buffer.from(['HTTP/1.1 302 Found', ...fields, '', ''].join('\r\n')),
  );
  assert.ok(head.ok);
  return head.value;
}
