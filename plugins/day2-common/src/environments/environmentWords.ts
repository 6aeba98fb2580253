const words =
  'production|prod|prd|live|preproduction|pre-production|preprod|pre-prod|staging|stage|stg|acceptance|acc|uat|testing|test|tst|qa|integration|int|e2e|perf|performance|load|development|develop|devel|dev|sandbox|demo|preview|canary|hotfix|dr';
const exactWord = new RegExp(`^(?:${words})$`, 'i');
const wordFirst = new RegExp(`^(?<word>${words})[-_.](?<rest>.+)$`, 'i');
const wordLast = new RegExp(`^(?<rest>.+)[-_.](?<word>${words})$`, 'i');

/** Whether a word is commonly the name of an environment. @public */
export function isEnvironmentWord(text: string): boolean {
  return exactWord.test(text);
}

/**
 * Splits `production-eu-1` or `eu-1-production`; what has no such word is an
 * environment as a whole.
 *
 * @public
 */
export function splitEnvironment(segment: string): {
  environment: string;
  /** What stands beside the environment. */
  target?: string;
} {
  if (exactWord.test(segment)) {
    return { environment: segment };
  }
  const found = (wordFirst.exec(segment) ?? wordLast.exec(segment))?.groups;
  return found
    ? { environment: found.word, target: found.rest }
    : { environment: segment };
}
