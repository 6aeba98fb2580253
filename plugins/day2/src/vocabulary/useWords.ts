import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import { useSearchParams } from 'react-router-dom';
import { useText } from '../translation';
import { type TermId } from './terms';

/** The language of labels: that of GitOps or that of ITIL. */
export type Language = 'gitops' | 'itil';

/**
 * The words of the chosen language. The choice is kept per user; `?words=`
 * in a link shows a colleague the same words without changing theirs.
 */
export function useWords() {
  const t = useText();
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket('day2'), [storage]);
  const kept = useSyncExternalStore(
    useCallback(
      changed => {
        const subscription = bucket.observe$('words').subscribe(changed);
        return () => subscription.unsubscribe();
      },
      [bucket],
    ),
    () => bucket.snapshot('words').value,
  );
  const [query, setQuery] = useSearchParams();
  const asked = query.get('words');
  const language: Language =
    (isLanguage(asked) && asked) || (isLanguage(kept) && kept) || 'gitops';
  const other: Language = language === 'gitops' ? 'itil' : 'gitops';

  return {
    language,
    choose: (chosen: Language) => {
      bucket.set('words', chosen);
      if (asked !== null) {
        setQuery(
          before => {
            const next = new URLSearchParams(before);
            next.set('words', chosen);
            return next;
          },
          { replace: true },
        );
      }
    },
    word: (id: TermId, options?: { plural?: boolean }): string =>
      t(`word.${language}.${options?.plural ? 'many' : 'one'}.${id}`),
    /** What the other language calls it, and what it is. */
    explain: (id: TermId): string =>
      t('word.explain', {
        language: t(`word.language.${other}`),
        word: t(`word.${other}.one.${id}`),
        meaning: t(`word.meaning.${id}`),
      }),
  };
}

function isLanguage(word: unknown): word is Language {
  return word === 'gitops' || word === 'itil';
}
