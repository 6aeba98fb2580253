import { withLocalInstants } from '../time';

/**
 * What the backend wrote of a refusal, as people read it: its fields by their
 * labels, instants in the reader's zone, and nothing of how the API is called.
 *
 * @param options - `fields`: labels by the names that the API gives them
 */
export function refusalWords(options: {
  written: string;
  fields?: Partial<Record<string, string>>;
}): string {
  const { fields = {}, written } = options;
  const words = written
    .replace(/^The request is not what this route takes\. /, '')
    .replace(/\. The fields are described in \S+$/, '')
    .replace(
      /(^|; )(?:body|query|path)\.([\w.]+): /g,
      (_, before: string, name: string) => {
        const label = fields[name];
        return `${before}${label === undefined ? '' : `${label}: `}`;
      },
    );
  return withLocalInstants(words.charAt(0).toUpperCase() + words.slice(1));
}
