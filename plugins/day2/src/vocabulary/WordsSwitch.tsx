import { useText } from '../translation';
import { ToggleField } from '../ui/fields';
import { useWords, type Language } from './useWords';

/** Chooses whose words the labels speak. Nothing else changes. */
export function WordsSwitch() {
  const t = useText();
  const { language, choose } = useWords();
  return (
    <ToggleField
      label={t('word.label')}
      value={language}
      options={[
        { value: 'gitops', label: t('word.language.gitops') },
        { value: 'itil', label: t('word.language.itil') },
      ]}
      onChange={value => choose(value as Language)}
    />
  );
}
