/** What a tap answers itself, in the server's place. */
const STATUS_TEXTS = {
  400: 'Bad Request',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  431: 'Request Header Fields Too Large',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
} as const;

export type AnswerStatus = keyof typeof STATUS_TEXTS;

/** A response that says one thing to a person and ends the connection. */
export interface Answer {
  readonly status: AnswerStatus;
  readonly sentence: string;
}

export function answerBytes({ status, sentence }: Answer): Buffer {
  const body = Buffer.from(`${sentence}\n`);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_TEXTS[status]}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${body.length}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}
