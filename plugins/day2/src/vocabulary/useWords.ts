import { useEffect, useMemo, useState } from 'react';
import {
  storageApiRef,
  useApi,
  type StorageApi,
} from '@backstage/core-plugin-api';
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
  const kept = useKept(bucket);
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

/** What is kept now and from now on. */
function useKept(bucket: StorageApi): unknown {
  const [kept, setKept] = useState<unknown>(
    () => bucket.snapshot('words').value,
  );
  useEffect(() => {
    // A store in the backend has no snapshot: it tells what it holds later.
    const subscription = bucket.observe$('words').subscribe(told => {
      if (told.key === 'words') {
        setKept(told.value);
      }
    });
    return () => subscription.unsubscribe();
  }, [bucket]);
  return kept;
}

function isLanguage(word: unknown): word is Language {
  return word === 'gitops' || word === 'itil';
}
