import { failureWords } from './failureWords';

/** What the Sources page should say while it holds. */
export function findNotices(options: {
  listed: number;
  refused: number;
  /** Statuses of those that Argo CD fails at; undefined where none came. */
  failed: (number | undefined)[];
  narrowed: boolean;
}): string[] {
  const { listed, refused, failed, narrowed } = options;
  const count = (n: number) => `${n} application${n === 1 ? '' : 's'}`;
  return [
    ...(listed === 0
      ? [
          narrowed
            ? 'Argo CD lists no application for these projects and this selector.'
            : 'Argo CD lists no application to this account: it has none, or the account may read none. In argocd-rbac-cm: p, <account>, applications, get, */*, allow.',
        ]
      : []),
    ...(refused > 0
      ? [
          `${count(refused)}: Argo CD refuses to show ${
            refused === 1 ? 'it' : 'them'
          } (403). Kept as last read; let the account read them, or leave out their projects.`,
        ]
      : []),
    ...(failed.length > 0
      ? [
          `${count(failed.length)}: Argo CD ${[
            ...new Set(failed.map(failureWords)),
          ]
            .sort()
            .join(
              ' or ',
            )} when asked for it alone. Kept as last read; asked for again, a dozen each time. Its log tells why, or that of what stands before it.`,
        ]
      : []),
  ];
}
