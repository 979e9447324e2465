import assert from 'node:assert/strict';
import v8 from 'node:v8';
import vm from 'node:vm';
import fc from 'fast-check';
import { createRedactor } from '../../../src/core/trace/redaction';

/** What becomes of each text, all in one recording. */
function redacted(...texts: readonly string[]): readonly string[] {
  const redactor = createRedactor();
  return texts.map((text) => redactor.redactText(text).text);
}

function redactedUrls(...urls: readonly string[]): readonly string[] {
  const redactor = createRedactor();
  return urls.map((url) => redactor.redactUrl(url).text);
}

describe('redaction of JSON', () => {
  it('replaces the values of secret names, however these are written', () => {
    const names = [
      'password',
      'newPassword',
      'PASSWD',
      'pwd',
      'client_secret',
      'token',
      'access_token',
      'refreshToken',
      'id_token',
      'api_key',
      'x-api-key',
      'apikey',
      'pass\\u0077ord',
      '\\u0070wd',
    ];
    const texts = names.map((name) => `{"a":1,"${name}" : "s3cret","b":2}`);
    assert.deepEqual(
      redacted(...texts),
      names.map((name) => `{"a":1,"${name}" : "~secret-1~","b":2}`),
    );
  });

  it('leaves everything else as it is', () => {
    const texts = [
      '{"status":{"code":1},"code":"text","codes":["a"]}',
      '{"clientId":"b4ef","channel":"/meta/connect"}',
      '{"messageName":"EventError","errorCode":41,"errorDescription":"No token for pass"}',
      '{"passwordExpired":true,"tokenType":"bearer","keyboard":"de"}',
      '{"password":null,"token":true,"secret":""}',
      '{"username":"\\\\JohnSmith","subject":"Password forgotten: where do I find the code?"}',
      '{"note":"bearer of good news, basic information"}',
      '"token"',
      '["password","secret"]',
    ];
    const redactor = createRedactor();
    assert.deepEqual(
      texts.map((text) => redactor.redactText(text)),
      texts.map((text) => ({ text, count: 0 })),
    );
  });

  it('reads values with escapes as what they mean, and no quote within one as its end', () => {
    assert.deepEqual(
      redacted(
        '{"password":"a\\"b\\\\","x":"\\\\"}',
        '{"password":"\\u0061\\"b\\\\"}',
        '{"x":"\\"password\\":\\"","y":"kept"}',
      ),
      [
        '{"password":"~secret-1~","x":"\\\\"}',
        '{"password":"~secret-1~"}',
        '{"x":"\\"password\\":\\"","y":"kept"}',
      ],
    );
  });

  it('makes a string of a number, so that JSON stays JSON', () => {
    assert.deepEqual(redacted('{"pwd":-12.50,"token":"-12.50"}'), [
      '{"pwd":"~secret-1~","token":"~secret-1~"}',
    ]);
  });

  it('replaces every string and number of a secret list or object', () => {
    assert.deepEqual(redacted('{"token":{"n":"a","l":[1,null,true,{"x":"b"}]},"n":"a"}'), [
      '{"token":{"n":"~secret-1~","l":["~secret-2~",null,true,{"x":"~secret-3~"}]},"n":"a"}',
    ]);
  });

  it('knows the entries of a key-value list, in either order', () => {
    assert.deepEqual(
      redacted(
        '[{"key":"password","type":"str","value":"a"},{"key":"other","value":"a"}]',
        '[{"value":"a","type":"str","key":"pass\\u0077ord"}]',
        '[{"value":[{"key":"x","value":"a"}],"key":"secret"}]',
        '{"headers":[{"name":"Cookie","value":"A=a; B=b"}]}',
      ),
      [
        '[{"key":"password","type":"str","value":"~secret-1~"},{"key":"other","value":"a"}]',
        '[{"value":"~secret-1~","type":"str","key":"pass\\u0077ord"}]',
        '[{"value":[{"key":"~secret-2~","value":"~secret-1~"}],"key":"secret"}]',
        '{"headers":[{"name":"Cookie","value":"A=~secret-1~; B=~secret-3~"}]}',
      ],
    );
  });

  it('takes a code for a secret beside what asks for a token', () => {
    assert.deepEqual(
      redacted(
        '{"code":"a226","grant_type":"authorization_code"}',
        '{"redirect_uri":"/","inner":{"code":"a226"}}',
      ),
      [
        '{"code":"~secret-1~","grant_type":"authorization_code"}',
        '{"redirect_uri":"/","inner":{"code":"a226"}}',
      ],
    );
  });

  it('looks into strings that hold JSON, a form or an address', () => {
    assert.deepEqual(
      redacted(
        JSON.stringify({ body: JSON.stringify({ password: 7, deep: JSON.stringify({ pwd: 7 }) }) }),
        '{"url":"http:\\/\\/me:7@host\\/?code=8&x=1"}',
        '{"log":"login with password=7 failed"}',
      ),
      [
        JSON.stringify({
          body: JSON.stringify({
            password: '~secret-1~',
            deep: JSON.stringify({ pwd: '~secret-1~' }),
          }),
        }),
        '{"url":"http:\\/\\/me:~secret-1~@host\\/?code=~secret-2~&x=1"}',
        '{"log":"login with password=~secret-1~ failed"}',
      ],
    );
  });

  it('lets no part of a secret stay where the body is cut off or is broken', () => {
    assert.deepEqual(
      redacted(
        '{"password":"abc',
        '{"password":["abc","d',
        '{"value":"abc","key":"password"',
        '{"password":"ab\\',
        '{"x":"{\\"password\\":\\"abc',
        '{oops "password": "abc", \'pwd\': \'d\'}',
        '[2026-11-22] password=abc',
        '[INFO] {\\"password\\":\\"abc\\"}',
      ),
      [
        '{"password":"~secret-1~',
        '{"password":["~secret-1~","~secret-2~',
        '{"value":"~secret-1~","key":"password"',
        '{"password":"~secret-3~',
        '{"x":"{\\"password\\":\\"~secret-1~',
        '{oops "password": "~secret-1~", \'pwd\': \'~secret-2~\'}',
        '[2026-11-22] password=~secret-1~',
        '[INFO] {\\"password\\":\\"~secret-1~\\"}',
      ],
    );
  });

  it('alters the values of secret names in any JSON, and nothing but these', () => {
    const secretName = fc.constantFrom('password', 'apiKey', 'access_token', 'Client-Secret');
    const secretValue = fc
      .tuple(fc.string({ unit: 'grapheme' }), fc.constantFrom('"', '\\', 'ü', ''))
      .map(([text, odd]) => `<<${odd}${text.replaceAll(/[&#;<>\s]/g, '')}>>`);
    const plainKey = fc.string().map((text) => `k${text.replaceAll(/[^a-jA-J"\\\n]/g, '')}`);
    const plainLeaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        plainLeaf.filter((leaf) => typeof leaf !== 'string' || !/[<=:]|bearer/i.test(leaf)),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc
          .array(fc.oneof(fc.tuple(plainKey, tie('tree')), fc.tuple(secretName, secretValue)), {
            maxLength: 5,
          })
          .map((entries) => Object.fromEntries(entries)),
        fc.record(
          { type: fc.constant('str'), value: secretValue, key: secretName },
          { noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.boolean(), (value, pretty) => {
        const text = JSON.stringify(value, undefined, pretty ? 2 : undefined);
        const secrets: unknown[] = [];
        const expected = withoutSecrets(JSON.parse(text), secrets);
        const result = createRedactor().redactText(text);
        assert.deepEqual(maskPseudonyms(JSON.parse(result.text)), expected);
        assert.equal(result.count, secrets.length);
        assert.ok(!result.text.includes('<<'));
      }),
      { numRuns: 500 },
    );
  });

  it('takes time in proportion to the body, whatever it is', () => {
    const hostile = [
      '['.repeat(1_000_000) + '"password"',
      '{"value":'.repeat(30_000) + '1' + ',"key":"password"}'.repeat(30_000),
      'password ' + 'a='.repeat(500_000) + '%41',
      'password=1' + '&'.repeat(1_000_000),
      'token' + '/%3D%253D%25253D'.repeat(50_000),
      'token' + 'a=/%3D%253D%25253D'.repeat(50_000),
      'password ' + '\\'.repeat(1_000_000),
      ' token=token='.repeat(100_000),
      'password <a '.repeat(100_000),
      'password://a:'.repeat(100_000),
      'password name="a"'.repeat(100_000),
      `password\n${'a'.repeat(100)}${' '.repeat(1_000_000)}`,
    ];
    const began = performance.now();
    redacted(...hostile);
    // Half a second on a slow machine; a quadratic rule takes minutes.
    assert.ok(performance.now() - began < 20_000);
  });
});

describe('redaction of other text', () => {
  it('replaces fields of forms and keeps their neighbours', () => {
    assert.deepEqual(
      redacted(
        'username=%5CJohnSmith&password=p%C3%A4ss+word&tenant=',
        'grant_type=authorization_code&code=a226&client_id=desk&client_secret=x;y,z\r\n',
        'pass%77ord=a226',
        '{"password":"päss word"}',
        'message=%7B%22password%22%3A12%2C%22x%22%3A%22%25%22%7D&next=%2Fp%3Fcode%3Da226',
        'message={"password":"a226"}&x=1',
      ),
      [
        'username=%5CJohnSmith&password=~secret-1~&tenant=',
        'grant_type=authorization_code&code=~secret-2~&client_id=desk&client_secret=~secret-3~\r\n',
        'pass%77ord=~secret-2~',
        '{"password":"~secret-1~"}',
        'message=%7B%22password%22%3A%22~secret-4~%22%2C%22x%22%3A%22%25%22%7D&next=%2Fp%3Fcode%3D~secret-2~',
        'message={"password":"~secret-2~"}&x=1',
      ],
    );
  });

  it('replaces what XML, multipart bodies, raw HTTP and scripts hold', () => {
    assert.deepEqual(
      redacted(
        '<a:login user="me"><a:Password enc="no">abc</a:Password></a:login>',
        '<login password="abc" user=\'me\'/>',
        '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\nabc\r\n--b--',
        'GET / HTTP/1.1\r\nHost: h\r\nCookie: A=abc\r\nAuthorization: Bearer abc\r\nX-Api-Key: abc\r\n\r\n',
        'config = { apiKey: 1, "token": "abc", \'secret\' : 12 }',
        'sent with Bearer abcdefgh.12345678 today',
      ),
      [
        '<a:login user="me"><a:Password enc="no">~secret-1~</a:Password></a:login>',
        '<login password="~secret-1~" user=\'me\'/>',
        '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n~secret-1~\r\n--b--',
        'GET / HTTP/1.1\r\nHost: h\r\nCookie: A=~secret-1~\r\nAuthorization: Bearer ~secret-1~\r\nX-Api-Key: ~secret-1~\r\n\r\n',
        'config = { apiKey: 1, "token": "~secret-1~", \'secret\' : ~secret-2~ }',
        'sent with Bearer ~secret-3~ today',
      ],
    );
  });

  it('looks into bytes as well, and gives back the same ones where nothing is secret', () => {
    const redactor = createRedactor();
    const plain = new Uint8Array([0, 200, 255]);
    const result = redactor.redactBytes(
      Buffer.from('\xff\x00{"password":"abc","x":"\xfc"}', 'latin1'),
    );
    assert.equal(redactor.redactBytes(plain).bytes, plain);
    assert.equal(result.count, 1);
    assert.equal(
      Buffer.from(result.bytes).toString('latin1'),
      '\xff\x00{"password":"~secret-1~","x":"\xfc"}',
    );
  });
});

describe('redaction of addresses and header fields', () => {
  it('replaces secret parameters, also of an address within the address', () => {
    assert.deepEqual(
      redactedUrls(
        'http://h/start?code=a226&redirect_uri=http%3A%2F%2Fh%2F%3Fcode%3Da226%26state%3D1#top',
        'https://me:p%40ss@h:80/a;jsessionid=a226?access_token=x&statusCode=3',
        'https://h/cb#code=a226&token_type=bearer',
        'wss://h/path?errorcode=1',
        'https://h/a/token%3Da226/b%3bpassword%3Da226;c=1/d%253Dtoken%253Da226?x=%3D1&e%3Dpwd%3Da226',
      ),
      [
        'http://h/start?code=~secret-1~&redirect_uri=http%3A%2F%2Fh%2F%3Fcode%3D~secret-1~%26state%3D1#top',
        'https://me:~secret-2~@h:80/a;jsessionid=~secret-1~?access_token=~secret-3~&statusCode=3',
        'https://h/cb#code=~secret-1~&token_type=bearer',
        'wss://h/path?errorcode=1',
        'https://h/a/token%3D~secret-1~/b%3bpassword%3D~secret-1~;c=1/d%253Dtoken%253D~secret-1~?x=%3D1&e%3Dpwd%3D~secret-1~',
      ],
    );
  });

  it('keeps names and attributes of cookies and the scheme of credentials', () => {
    const redactor = createRedactor();
    assert.deepEqual(
      redactor.redactHeaders([
        ['Set-Cookie', 'BAYEUX_BROWSER=8fq; Path=/; HttpOnly'],
        ['cookie', 'WWE_URI=http%3A%2F%2Fh; BAYEUX_BROWSER="8fq";empty='],
        ['Authorization', 'Bearer abc'],
        ['Proxy-Authorization', 'abc'],
        ['X-CSRF-Token', 'abc'],
        ['Location', '/peer.html?code=8fq'],
        ['Content-Type', 'text/html; charset=UTF-8'],
      ]),
      {
        headers: [
          ['Set-Cookie', 'BAYEUX_BROWSER=~secret-1~; Path=/; HttpOnly'],
          ['cookie', 'WWE_URI=~secret-2~; BAYEUX_BROWSER="~secret-1~";empty='],
          ['Authorization', 'Bearer ~secret-3~'],
          ['Proxy-Authorization', '~secret-3~'],
          ['X-CSRF-Token', '~secret-3~'],
          ['Location', '/peer.html?code=~secret-1~'],
          ['Content-Type', 'text/html; charset=UTF-8'],
        ],
        count: 7,
      },
    );
  });
});

describe('pseudonyms', () => {
  it('are the same for a secret wherever it stands, and begin anew with each recording', () => {
    const redactor = createRedactor();
    const places = [
      redactor.redactUrl('/start?code=a226').text,
      redactor.redactHeaders([['Cookie', 'WWE_CODE=a22%36']]).headers[0]?.[1],
      redactor.redactText('{"token":"a\\u0032\\u00326"}').text,
      redactor.redactText('password=other').text,
      createRedactor().redactText('password=other').text,
    ];
    assert.deepEqual(places, [
      '/start?code=~secret-1~',
      'WWE_CODE=~secret-1~',
      '{"token":"~secret-1~"}',
      'password=~secret-2~',
      'password=~secret-1~',
    ]);
  });
});

describe('what a redactor remembers', () => {
  it('is the secrets, not the bodies that they stood in', () => {
    v8.setFlagsFromString('--expose-gc');
    const collect = vm.runInNewContext('gc') as () => void;
    const redactor = createRedactor();
    const redact = (index: number): number =>
      redactor.redactText(`{"token":"secret number ${index}","x":"${'y'.repeat(1_000_000)}"}`)
        .count;
    collect();
    const before = process.memoryUsage().heapUsed;
    let count = 0;
    for (let index = 0; index < 100; index++) {
      count += redact(index);
    }
    collect();
    const megabytes = (process.memoryUsage().heapUsed - before) / 1e6;
    assert.ok(count === 100 && megabytes < 20, `${count} secrets, ${megabytes} MB`);
  });

  it('is bounded: what is beyond is replaced all the same, by one name for all', () => {
    const redactor = createRedactor();
    const huge = 'x'.repeat(17 * 1024 * 1024);
    assert.deepEqual(
      [huge, 'small', huge].map((secret) => redactor.redactText(`{"token":"${secret}"}`).text),
      ['{"token":"~secret~"}', '{"token":"~secret-1~"}', '{"token":"~secret~"}'],
    );
  });
});

const MASK = '~secret~';

/** The value with a mask in each place of a secret; the secrets are added to `found`. */
function withoutSecrets(value: unknown, found: unknown[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withoutSecrets(item, found));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const isSecretEntry = 'key' in value && isSecretName(value.key);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (isSecretName(key) || (isSecretEntry && key === 'value')) {
        found.push(member);
        return [key, MASK];
      }
      return [key, withoutSecrets(member, found)];
    }),
  );
}

function isSecretName(name: unknown): boolean {
  return ['password', 'apiKey', 'access_token', 'Client-Secret'].includes(String(name));
}

function maskPseudonyms(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/~secret-\d+~/g, MASK));
}
