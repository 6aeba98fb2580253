const repository = 'https://github.com/day2-backstage/day2/blob/main/';

/** The address of a page of the documentation, which the backend names by its path. */
export function docsHref(page: string): string {
  return /^docs\/[\w./#-]+$/.test(page) ? `${repository}${page}` : page;
}
