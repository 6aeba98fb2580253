import {
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { day2TranslationRef } from './day2TranslationRef';

/** The function that gives the plugin's texts in the reader's language. */
export function useText(): Text {
  return useTranslationRef(day2TranslationRef).t;
}

/** What {@link useText} gives. */
export type Text = TranslationFunction<(typeof day2TranslationRef)['T']>;
