/** What a pattern may be at most: it is written by whoever writes an entity. */
const MAX_LENGTH = 500;
const MAX_ALTERNATIVES = 200;
/** So many characters tell one name from most others. */
const MIN_SPELLED = 3;

interface Step {
  test: (character: string) => boolean;
  repeat: '' | '?' | '*' | '+';
  /** It is one character and no other. */
  spelled?: boolean;
}

/** What a pattern describes. */
export interface LabelPattern {
  /** Whether a whole text is so. */
  test: (text: string) => boolean;
  /**
   * Each alternative is a text in full, or begins with three characters that
   * are spelled out: `cart`, `cart-.*`, `a|b`; not `.+`, `[a-z].*`, `.*-api`.
   */
  names: boolean;
}

/**
 * A regular expression as alerts are matched by, anchored at both ends: letters,
 * `.`, `[a-z]`, `\d`, `\w`, `\s`, `a|b`, groups without a repetition, and `?`,
 * `*`, `+` after one character. Undefined where it is anything else, so that it
 * matches nothing.
 *
 * @remarks Each character of the text is looked at once a step: no pattern
 * takes longer than pattern × text, as RE2 promises and JavaScript does not.
 */
export function parseLabelPattern(pattern: string): LabelPattern | undefined {
  if (pattern.length > MAX_LENGTH) {
    return undefined;
  }
  const reader = { text: pattern, at: 0 };
  const alternatives = readAlternatives(reader);
  return alternatives && reader.at === pattern.length
    ? {
        test: text => alternatives.some(steps => matches(steps, text)),
        names: alternatives.every(isName),
      }
    : undefined;
}

function isName(steps: Step[]): boolean {
  const spelled = steps.findIndex(
    each => !each.spelled || each.repeat === '?' || each.repeat === '*',
  );
  return spelled < 0 || spelled >= MIN_SPELLED;
}

interface Reader {
  text: string;
  at: number;
}

/** Until the end or a closing parenthesis; groups are multiplied out. */
function readAlternatives(reader: Reader): Step[][] | undefined {
  const done: Step[][] = [];
  let current: Step[][] = [[]];
  while (reader.at < reader.text.length && reader.text[reader.at] !== ')') {
    if (reader.text[reader.at] === '|') {
      reader.at += 1;
      done.push(...current);
      current = [[]];
      continue;
    }
    const part = readPart(reader);
    if (
      !part ||
      done.length + current.length * part.length > MAX_ALTERNATIVES
    ) {
      return undefined;
    }
    current = current.flatMap(before =>
      part.map(after => [...before, ...after]),
    );
  }
  return [...done, ...current];
}

/** A group, or one character with its repetition. */
function readPart(reader: Reader): Step[][] | undefined {
  if (reader.text[reader.at] === '(') {
    reader.at += reader.text.startsWith('(?:', reader.at) ? 3 : 1;
    const inner = readAlternatives(reader);
    if (!inner || reader.text[reader.at] !== ')') {
      return undefined;
    }
    reader.at += 1;
    return readRepeat(reader) === '' ? inner : undefined;
  }
  const begins = reader.at;
  const test = readTest(reader);
  const read = reader.text.slice(begins, reader.at);
  return (
    test && [
      [
        {
          test,
          repeat: readRepeat(reader),
          spelled: /^(?:[^.[\\]|\\[^dws])$/.test(read),
        },
      ],
    ]
  );
}

function readRepeat(reader: Reader): Step['repeat'] {
  const character = reader.text[reader.at];
  if (character === '?' || character === '*' || character === '+') {
    reader.at += 1;
    return character;
  }
  return '';
}

function readTest(reader: Reader): Step['test'] | undefined {
  const character = reader.text[reader.at];
  reader.at += 1;
  switch (character) {
    case '.':
      return () => true;
    case '[':
      return readClass(reader);
    case '\\': {
      const escaped = reader.text[reader.at];
      reader.at += 1;
      return escaped === undefined ? undefined : escapedTest(escaped);
    }
    case '?':
    case '*':
    case '+':
    case '{':
    case '}':
    case '^':
    case '$':
      return undefined;
    default:
      return text => text === character;
  }
}

function escapedTest(escaped: string): Step['test'] | undefined {
  switch (escaped) {
    case 'd':
      return text => /^\d$/.test(text);
    case 'w':
      return text => /^\w$/.test(text);
    case 's':
      return text => /^\s$/.test(text);
    default:
      return /^[a-z\d]$/i.test(escaped) ? undefined : text => text === escaped;
  }
}

function readClass(reader: Reader): Step['test'] | undefined {
  const end = reader.text.indexOf(']', reader.at + 1);
  const body = reader.text.slice(reader.at, end);
  if (end < 0 || /[\\[]/.test(body)) {
    return undefined;
  }
  reader.at = end + 1;
  const negated = body.startsWith('^');
  const ranges = [
    ...(negated ? body.slice(1) : body).matchAll(/([^])-([^])|([^])/g),
  ].map(([, from, to, one]) => [from ?? one, to ?? one]);
  return text =>
    ranges.some(([from, to]) => text >= from && text <= to) !== negated;
}

/** By the set of steps that may come next. */
function matches(steps: Step[], text: string): boolean {
  const withSkipped = (places: Set<number>) => {
    for (const at of places) {
      if (steps[at]?.repeat === '?' || steps[at]?.repeat === '*') {
        places.add(at + 1);
      }
    }
    return places;
  };
  let places = withSkipped(new Set([0]));
  for (const character of text) {
    const next = new Set<number>();
    for (const at of places) {
      if (steps[at]?.test(character)) {
        next.add(at + 1);
        if (steps[at].repeat === '*' || steps[at].repeat === '+') {
          next.add(at);
        }
      }
    }
    places = withSkipped(next);
    if (places.size === 0) {
      return false;
    }
  }
  return places.has(steps.length);
}
