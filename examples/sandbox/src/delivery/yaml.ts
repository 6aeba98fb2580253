import { dump } from 'js-yaml';

/** Documents as one YAML file; strings that look like numbers are quoted. */
export function yaml(...documents: object[]): string {
  return documents
    .map(document => dump(document, { lineWidth: -1, noRefs: true }))
    .join('---\n');
}
