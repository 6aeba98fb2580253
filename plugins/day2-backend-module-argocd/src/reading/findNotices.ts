/** What the Sources page should say while it holds. */
export function findNotices(options: {
  listed: number;
  refused: number;
  failed: number;
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
    ...(failed > 0
      ? [
          `${count(
            failed,
          )}: Argo CD answered with an error of its own (500). Asked for again each time; its log tells why.`,
        ]
      : []),
  ];
}
