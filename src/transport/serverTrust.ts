/** Which certificates of a server are accepted. */
import { X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { ExpectedError, messageOf } from '../core/base/result';

/** A file with every public authority of the world is a quarter of this. */
const MAX_CA_BYTES = 1024 * 1024;

/** What a person has set. */
export interface TrustSettings {
  /** False takes any certificate; true unless told. */
  readonly rejectUnauthorized?: boolean | undefined;
  /** Path of a PEM file with authorities that vouch for the server, besides the usual ones. */
  readonly caFile?: string | undefined;
}

/** What Node's TLS takes. */
export interface ServerTrust {
  readonly rejectUnauthorized: boolean;
  /** PEM, all that are trusted; absent: Node's own. */
  readonly ca?: string[];
}

/** Reads the file of authorities, if there is one. Rejects with an `ExpectedError`, `bad-ca-file`, that says what to do. */
export async function trustOf({
  rejectUnauthorized = true,
  caFile = '',
}: TrustSettings): Promise<ServerTrust> {
  // What is named here takes the place of Node's own authorities, so that those are named as well.
  return caFile === ''
    ? { rejectUnauthorized }
    : { rejectUnauthorized, ca: [...rootCertificates, ...(await readCaFile(caFile))] };
}

/** The certificates in a PEM file, each as PEM. Rejects as {@link trustOf} does. */
export async function readCaFile(path: string): Promise<readonly string[]> {
  const text = await readSmallFile(path);
  const found = text.match(
    /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END [^-]+-----/g,
  );
  if (found === null) {
    throw bad(
      path,
      text.includes('-----BEGIN ')
        ? 'There is no certificate in it, only something else in PEM form.'
        : 'It is no PEM file: there is no line "-----BEGIN CERTIFICATE-----" in it. A file in DER form can be converted: openssl x509 -inform der -in FILE -out FILE.pem',
    );
  }
  found.forEach((pem, index) => mustBeCertificate(path, pem, index + 1));
  return found;
}

async function readSmallFile(path: string): Promise<string> {
  let file;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw bad(path, unreadable(error));
  }
  try {
    const about = await file.stat();
    if (!about.isFile()) {
      throw bad(path, 'It is no file.');
    }
    if (about.size > MAX_CA_BYTES) {
      throw bad(path, 'It is larger than 1 MiB.');
    }
    return await file.readFile('latin1');
  } catch (error) {
    throw error instanceof ExpectedError ? error : bad(path, unreadable(error));
  } finally {
    await file.close();
  }
}

function mustBeCertificate(path: string, pem: string, number: number): void {
  try {
    new X509Certificate(pem);
  } catch {
    throw bad(path, `Certificate ${number} in it is damaged.`);
  }
}

function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'It does not exist.';
    case 'EACCES':
    case 'EPERM':
      return 'There is no permission to read it.';
    case 'EISDIR':
      return 'It is no file.';
    default:
      return messageOf(error);
  }
}

function bad(path: string, why: string): ExpectedError {
  return new ExpectedError(
    'bad-ca-file',
    `The CA file ${path} cannot be used. ${why} Choose another CA file in the server’s settings.`,
  );
}
