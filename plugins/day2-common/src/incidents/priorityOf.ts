import type { Reason } from '../deployments/deployment';
import { compareText } from './compareText';
import type {
  IncidentObservation,
  IncidentOverride,
  SeverityWord,
} from './incident';
import { lastWordFirst } from './incidentReference';
import {
  PRIORITY_MATRIX,
  SEVERITY_MEANINGS,
  type Level,
  type PriorityMatrix,
  type PriorityVerdict,
  type SeverityMeanings,
  type WordMeaning,
} from './priority';

const HIGHEST_FIRST: readonly Level[] = ['high', 'medium', 'low'];
// A priority says both; an urgency is often the same for all of a service.
const FIELDS = ['priority', 'severity', 'urgency'] as const;

/** How a priority is found. @public */
export interface PriorityRules {
  matrix?: PriorityMatrix;
  /** Before what `SEVERITY_MEANINGS` says. */
  meanings?: SeverityMeanings;
  /** Of the impact where no word tells it: by the tier of the service, say. */
  assumedImpact?: Level;
}

/**
 * Impact × urgency, each by the highest word of its references, unless a person
 * says otherwise. Where one of the two is not known it is taken as medium; where
 * neither is, there is no priority.
 *
 * @remarks Of one reference its priority counts before its severity, and that
 * before its urgency.
 *
 * @public
 */
export function priorityOf(options: {
  references: readonly Pick<IncidentObservation, 'tool' | 'words'>[];
  overrides?: readonly IncidentOverride[];
  rules?: PriorityRules;
}): PriorityVerdict {
  const { rules = {} } = options;
  const said = [...(options.overrides ?? [])].sort(lastWordFirst);
  const words = options.references.flatMap(({ tool, words: all }) =>
    meaningsIn({ tool, words: all, rules }),
  );
  const byHand = said.find(({ field }) => field === 'priority');
  const axes = (['impact', 'urgency'] as const).map(axis =>
    axisOf({ axis, words, said, rules }),
  );
  const unknown = words
    .filter(({ meaning }) => !meaning)
    .map(({ tool, field, word }) => ({
      code: 'word-unknown',
      text: `What ${toldWord({ tool, field, word })} means is not configured`,
    }));
  const [impact, urgency] = axes.map(({ level }) => level);
  const reasons = distinct([...axes.flatMap(each => each.reasons), ...unknown]);
  if (byHand?.field === 'priority') {
    return {
      priority: byHand.value,
      ...(impact && { impact }),
      ...(urgency && { urgency }),
      reasons: [
        {
          code: 'priority-by-hand',
          text: `${byHand.by} says that it is P${byHand.value}`,
        },
        ...reasons,
      ],
    };
  }
  if (!impact && !urgency) {
    return {
      reasons: [
        ...reasons,
        {
          code: 'nothing-known',
          text: 'Nothing tells its impact or its urgency',
        },
      ],
    };
  }
  return withMatrix({ impact, urgency, reasons, rules });
}

/** How reasons name a word that a tool told: whoever may not see it knows them by that. @public */
export function toldWord(options: {
  tool: string;
  field: string;
  word: string;
}): string {
  return `${options.field} ${options.word} of ${options.tool}`;
}

function withMatrix(options: {
  impact?: Level;
  urgency?: Level;
  reasons: Reason[];
  rules: PriorityRules;
}): PriorityVerdict {
  const { impact = 'medium', urgency = 'medium', rules } = options;
  const assumed = (['impact', 'urgency'] as const)
    .filter(axis => options[axis] === undefined)
    .map(axis => ({
      code: `${axis}-assumed`,
      text: `Nothing tells its ${axis}: taken as medium`,
    }));
  const priority = (rules.matrix ?? PRIORITY_MATRIX)[impact][urgency];
  return {
    priority,
    impact,
    urgency,
    reasons: [
      {
        code: 'matrix',
        text: `Impact ${impact} and urgency ${urgency} make P${priority}`,
      },
      ...options.reasons,
      ...assumed,
    ],
  };
}

interface ToldWord extends SeverityWord {
  tool: string;
  meaning?: WordMeaning;
}

/** The words of one reference that count, and those that nobody understands. */
function meaningsIn(options: {
  tool: string;
  words: readonly SeverityWord[];
  rules: PriorityRules;
}): ToldWord[] {
  const { tool, words, rules } = options;
  const told = words.map(({ field, word }): ToldWord => {
    const name = word.trim().toLowerCase();
    const meaning = [rules.meanings, SEVERITY_MEANINGS]
      .flatMap(table => [table?.[tool], table?.['*']])
      .map(each => each?.[field]?.[name])
      .find(each => each !== undefined);
    return { tool, field, word, ...(meaning && { meaning }) };
  });
  const settled: WordMeaning = {};
  const counting = FIELDS.flatMap(field =>
    told.filter(each => each.field === field && each.meaning),
  ).flatMap(each => {
    const own: WordMeaning = {};
    for (const axis of ['impact', 'urgency'] as const) {
      if (each.meaning?.[axis] && !settled[axis]) {
        own[axis] = each.meaning[axis];
      }
    }
    Object.assign(settled, own);
    return own.impact || own.urgency ? [{ ...each, meaning: own }] : [];
  });
  return [...counting, ...told.filter(({ meaning }) => !meaning)];
}

function axisOf(options: {
  axis: 'impact' | 'urgency';
  words: readonly ToldWord[];
  said: readonly IncidentOverride[];
  rules: PriorityRules;
}): { level?: Level; reasons: Reason[] } {
  const { axis, said, rules } = options;
  const byHand = said.find(({ field }) => field === axis);
  if (byHand?.field === 'impact' || byHand?.field === 'urgency') {
    return {
      level: byHand.value,
      reasons: [
        {
          code: `${axis}-by-hand`,
          text: `${byHand.by} says that its ${axis} is ${byHand.value}`,
        },
      ],
    };
  }
  const level = HIGHEST_FIRST.find(each =>
    options.words.some(({ meaning }) => meaning?.[axis] === each),
  );
  if (level) {
    const reasons = options.words
      .filter(({ meaning }) => meaning?.[axis] === level)
      .map(({ tool, field, word }) => ({
        code: `${axis}-by-${field}`,
        text: `${axis} ${level}: ${toldWord({ tool, field, word })}`,
      }))
      .sort((a, b) => compareText(a.text, b.text));
    return { level, reasons: distinct(reasons) };
  }
  return axis === 'impact' && rules.assumedImpact
    ? {
        level: rules.assumedImpact,
        reasons: [
          {
            code: 'impact-by-rule',
            text: `Nothing tells its impact: taken as ${rules.assumedImpact}, as is configured for the service`,
          },
        ],
      }
    : { reasons: [] };
}

function distinct(reasons: Reason[]): Reason[] {
  return [...new Map(reasons.map(each => [each.text, each])).values()];
}
