/**
 * A look over a text for three letters in a row that every trigger of a secret has: most texts have none of
 * them, and this loop is quicker than a regular expression with twenty alternatives.
 */

/** `0` stands for any digit, `*` for anything. Every match of a trigger contains one of these. */
const TRIGGER_LETTERS = [
  'pas', // pass
  'pwd',
  'cre', // secret
  'tok', // token
  'api', // api key
  'acc', // access key
  'vat', // private key
  'riz', // authorization
  'ook', // cookie
  'bea', // bearer
  'jse', // jsessionid
  'ass', // assertion
  'rif', // code verifier
  'aml', // samlresponse
  't_t', // grant_type
  't_u', // redirect_uri
  'de=', // code=
  'de%', // code%3d
  '="c', // ="code"
  '\\u0', // an escape in JSON
  '%0*', // an escape in a URL
  '://', // user and password of a URL
  ':/\\',
  ':/%',
  ':\\/',
];
/** Bits of a letter's class: the classes must be fewer than 32. */
const BITS = 5;
const KEYS = 1 << (3 * BITS);

/** Class of each letter that occurs in a trigger, without case; 0 is the class of all others. */
const CLASSES = classes();
/** 1 for every three classes that a trigger has. */
const TRIGGERS = triggers();

/** False only where no trigger can match. */
export function hasTriggerLetters(text: string): boolean {
  let key = 0;
  for (let at = 0; at < text.length; at++) {
    key = ((key << BITS) | (CLASSES[text.charCodeAt(at)] ?? 0)) & (KEYS - 1);
    if (TRIGGERS[key] === 1) {
      return true;
    }
  }
  return false;
}

function classes(): Uint8Array {
  const made = new Uint8Array(0x10000);
  const letters = [...new Set(TRIGGER_LETTERS.join('').replaceAll('*', ''))];
  letters.forEach((letter, index) => {
    const all = letter === '0' ? '0123456789' : letter + letter.toUpperCase();
    for (const one of all) {
      made[one.charCodeAt(0)] = index + 1;
    }
  });
  return made;
}

function triggers(): Uint8Array {
  const made = new Uint8Array(KEYS);
  const classOf = (letter: string): number => CLASSES[letter.charCodeAt(0)] ?? 0;
  for (const three of TRIGGER_LETTERS) {
    const [first = '', second = '', third = ''] = Array.from(three);
    const start = (classOf(first) << (2 * BITS)) | (classOf(second) << BITS);
    if (third === '*') {
      made.fill(1, start, start + (1 << BITS));
    } else {
      made[start | classOf(third)] = 1;
    }
  }
  return made;
}
