const MIN_LENGTH = 3;
const MIN_SHA = 7;
const SHA = /^[0-9a-f]{7,64}$/;

/**
 * Whether a text names something by one of its names: a version, a commit (by
 * seven digits or more of it), an address.
 *
 * @remarks A name needs three characters and a digit, so that `main`, `latest`
 * and `V1` say nothing; and it is a whole word: 1.2 is not in 1.2.3.
 *
 * @returns the name as it is in the text
 */
export function nameIn(
  text: string,
  names: readonly string[],
): string | undefined {
  const words = wordsOf(text);
  for (const each of names) {
    const name = plain(each);
    if (name.length < MIN_LENGTH || !/\d/.test(name)) {
      continue;
    }
    const word = words.find(said => isName(said, name));
    if (word !== undefined) {
      return word;
    }
  }
  return undefined;
}

/** Whether a cause field's value is one of the names, whatever their length. */
export function isNamed(value: string, names: readonly string[]): boolean {
  const said = plain(value);
  return said !== '' && names.some(each => isName(said, plain(each)));
}

function isName(said: string, name: string): boolean {
  if (SHA.test(name) && said.length >= MIN_SHA && SHA.test(said)) {
    return name.startsWith(said) || said.startsWith(name);
  }
  return said === name;
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,;()[\]{}<>"'`]+/).map(plain);
}

/** Without the sentence's own dots, and without the v of a version. */
function plain(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[.:!?]+$/, '')
    .replace(/^[#@:]+/, '')
    .replace(/^v(?=\d)/, '');
}
